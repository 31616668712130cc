package org.trabecula.localstack;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The stack that `./trabecula up` runs in another process, or else one that is started here and
/// stopped with [#close].
public final class RunningStack implements Closeable {
  private static final Duration PROBE = Duration.ofSeconds(2);

  private final Path root;
  private final Map<String, String> environment;
  private final Ports ports;
  private final @Nullable Stack own;

  private RunningStack(
      Path root, Map<String, String> environment, Ports ports, @Nullable Stack own) {
    this.root = root;
    this.environment = environment;
    this.ports = ports;
    this.own = own;
  }

  /// @throws StackFailure with one sentence when there is none and none can be started
  public static RunningStack findOrStart(Path root, Map<String, String> environment) {
    Logging.off();
    var ports = Ports.from(environment);
    if (answers(ports.projection())) {
      return new RunningStack(root, environment, ports, null);
    }
    System.out.println("No stack runs on these ports; starting one for the time being.");
    var own = Stack.start(StackOptions.forUp(root, environment));
    // On Ctrl-C nobody closes it.
    Runtime.getRuntime().addShutdownHook(new Thread(own::close, "stop"));
    return new RunningStack(root, environment, ports, own);
  }

  private static boolean answers(int port) {
    var ready = URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port));
    try (var http = HttpClient.newBuilder().connectTimeout(PROBE).build()) {
      var request = HttpRequest.newBuilder(ready).timeout(PROBE).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + ports.kafka();
  }

  public URI service(String name) {
    int port =
        switch (name) {
          case ClinicApi.PATIENT -> ports.patient();
          case ClinicApi.PROTOCOL -> ports.protocol();
          case ClinicApi.PROJECTION -> ports.projection();
          default -> throw new IllegalArgumentException("No service named " + name);
        };
    return URI.create("http://127.0.0.1:" + port);
  }

  /// The services for a clinician of a clinic.
  public ClinicApi api(String clinic) {
    return new ClinicApi(this::service, token(Role.CLINICIAN.word(), clinic)::toString);
  }

  /// @param database `patient`, `protocol` or `projection`; user and password are the same word
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(ports.postgres(), database);
  }

  public String token(String role, String clinic) {
    try {
      return Token.of(root, environment, "", "--role", role, "--clinic", clinic);
    } catch (IOException e) {
      throw new StackFailure("The key that signs tokens cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
