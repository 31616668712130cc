package org.trabecula.localstack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A running service: a process with a log file of its own and a readiness check over HTTP.
public final class ServiceProcess {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private final ServiceSpec spec;
  private final Map<String, String> environment;
  private final Path log;
  private final DataFolder folder;
  private volatile Process process;

  private ServiceProcess(
      ServiceSpec spec, Map<String, String> environment, Path log, DataFolder folder)
      throws IOException {
    this.spec = spec;
    this.environment = environment;
    this.log = log;
    this.folder = folder;
    this.process = launch();
  }

  /// Starts it; it is not ready yet.
  static ServiceProcess start(ServiceSpec spec, Map<String, String> environment, DataFolder folder)
      throws IOException {
    requireJar(spec);
    var log = folder.logs().resolve(spec.name() + ".log");
    Files.deleteIfExists(log);
    return new ServiceProcess(spec, environment, log, folder);
  }

  private static void requireJar(ServiceSpec spec) {
    int flag = spec.java().indexOf("-jar");
    if (flag >= 0 && !Files.exists(Path.of(spec.java().get(flag + 1)))) {
      throw new StackFailure(
          "%s is not built (there is no %s); run mvn package."
              .formatted(spec.name(), spec.java().get(flag + 1)));
    }
  }

  private Process launch() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new ArrayList<>(List.of(java));
    command.addAll(spec.java());
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var launched = builder.start();
    folder.record(Recorded.of(spec.name(), launched.toHandle()));
    return launched;
  }

  public String name() {
    return spec.name();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + spec.port());
  }

  public long pid() {
    return process.pid();
  }

  public Path log() {
    return log;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Ends it with SIGKILL, as a crash would, and waits until it is gone.
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Ends it with SIGTERM, and with SIGKILL after six seconds.
  public void stop() {
    Leftovers.end(List.of(process.toHandle()));
  }

  /// Starts it again after [#kill] or [#stop] and waits until it is ready; the log goes on.
  public void restart(Duration within) throws IOException {
    process = launch();
    awaitReady(within);
  }

  /// @throws StackFailure with the end of its log, when it dies or takes too long
  public void awaitReady(Duration within) {
    var deadline = Instant.now().plus(within);
    while (!isReady()) {
      requireAlive();
      if (Instant.now().isAfter(deadline)) {
        throw failure("was not ready after %d s".formatted(within.toSeconds()));
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StackFailure("Interrupted.", e);
      }
    }
  }

  private void requireAlive() {
    var current = process;
    if (!current.isAlive()) {
      throw failure("ended with exit code %d before it was ready".formatted(current.exitValue()));
    }
  }

  private StackFailure failure(String what) {
    return new StackFailure(
        "%s %s. Its log %s ends:%n  %s"
            .formatted(name(), what, log, String.join("\n  ", LastLines.list(log, 8))));
  }

  private boolean isReady() {
    var request =
        HttpRequest.newBuilder(uri().resolve("/q/health/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  CompletableFuture<ServiceProcess> onExit() {
    return process.onExit().thenApply(ended -> this);
  }
}
