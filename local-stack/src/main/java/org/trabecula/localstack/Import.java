package org.trabecula.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trabecula.localstack.bulk.BulkImport;

/// `./trabecula import DIR`: sends a folder of FHIR Bundles to a running stack, or to another
/// patient-service.
public final class Import {
  private static final String USAGE =
      """
      Usage: ./trabecula import DIR [--clinic demo] [--rejects FILE] [--parallel 4]
                                    [--url http://127.0.0.1:8081] [--token-file FILE]""";

  private static final int TAKEN = 0;
  private static final int BROKEN = 1;
  private static final int SOME_REJECTED = 2;

  private static final int MOST_PARALLEL = 64;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PROBE = Duration.ofSeconds(5);

  /// Half of the time that a demo token is good for.
  private static final Duration RENEWAL = Duration.ofMinutes(30);

  private final Path root;
  private final Map<String, String> environment;
  private @Nullable Path folder;
  private @Nullable String clinic;
  private @Nullable Path rejects;
  private @Nullable URI url;
  private @Nullable Path tokenFile;
  private int parallel = 4;

  private Import(Path root, Map<String, String> environment) {
    this.root = root;
    this.environment = environment;
  }

  /// Arguments: the project's root, then the folder and the options.
  public static void main(String[] arguments) {
    System.exit(run(Path.of(arguments[0]), System.getenv(), arguments));
  }

  /// @param arguments the first is skipped: it is the project's root
  static int run(Path root, Map<String, String> environment, String... arguments) {
    Logging.off();
    try {
      var asked = new Import(root, environment);
      asked.read(arguments);
      return asked.run();
    } catch (StackFailure e) {
      System.err.println(e.getMessage());
    } catch (IOException e) {
      System.err.println("The import broke: " + e);
    }
    return BROKEN;
  }

  private void read(String... arguments) {
    for (int i = 1; i < arguments.length; i++) {
      var word = arguments[i];
      if (!word.startsWith("--")) {
        folder = folder(word);
      } else if (i + 1 == arguments.length) {
        throw new StackFailure("%s needs a value. %s".formatted(word, USAGE));
      } else {
        set(word, arguments[++i]);
      }
    }
    if (folder == null) {
      throw new StackFailure(USAGE);
    }
    if (tokenFile != null && clinic != null) {
      throw new StackFailure(
          "--clinic goes with the demo's tokens: --token-file names the clinic.");
    }
  }

  private Path folder(String word) {
    if (folder != null) {
      throw new StackFailure("import takes one folder. " + USAGE);
    }
    var path = Path.of(word);
    if (!Files.isDirectory(path)) {
      throw new StackFailure("%s is no folder.".formatted(path.toAbsolutePath()));
    }
    return path;
  }

  private void set(String option, String value) {
    switch (option) {
      case "--clinic" -> clinic = value;
      case "--rejects" -> rejects = Path.of(value);
      case "--parallel" -> parallel = parallel(value);
      case "--url" -> url = url(value);
      case "--token-file" -> tokenFile = Path.of(value);
      default -> throw new StackFailure("import does not know '%s'. %s".formatted(option, USAGE));
    }
  }

  private static int parallel(String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= MOST_PARALLEL) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new StackFailure("--parallel is '%s'; give 1 to %d.".formatted(value, MOST_PARALLEL));
  }

  private static URI url(String value) {
    try {
      var given = URI.create(value);
      if (("http".equals(given.getScheme()) || "https".equals(given.getScheme()))
          && given.getHost() != null) {
        return given;
      }
    } catch (IllegalArgumentException e) {
      // Said below, as for an address of another kind.
    }
    throw new StackFailure("--url is '%s'; give one like http://127.0.0.1:8081.".formatted(value));
  }

  private int run() throws IOException {
    var service =
        url != null ? url : URI.create("http://127.0.0.1:" + Ports.from(environment).patient());
    requireAnswer(service);
    var from = Objects.requireNonNull(folder).toRealPath();
    var home = StackOptions.dataFolder(root, environment).toAbsolutePath().resolve("import");
    var name = name(from, service);
    var order =
        new BulkImport.Order(
            from,
            service,
            home.resolve(name + ".journal"),
            rejects != null ? rejects.toAbsolutePath() : home.resolve(name + "-rejects.ndjson"),
            parallel,
            PATIENCE);
    System.out.printf("Importing %s into %s%n", from, service);
    var interrupted = new Thread(() -> System.out.printf("%nStopped; the same command goes on.%n"));
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      var progress = Progress.onStandardOutput();
      int rejected = new BulkImport(order, tokens(), progress, System.out).run();
      return rejected == 0 ? TAKEN : SOME_REJECTED;
    } finally {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    }
  }

  /// The same for the same command, so that it finds what it has done.
  private String name(Path from, URI service) {
    var whose = tokenFile != null ? "token " + tokenFile.toAbsolutePath() : clinic();
    var identity = "%s|%s|%s|%s".formatted(from, service, whose, rejects);
    return UUID.nameUUIDFromBytes(identity.getBytes(UTF_8)).toString();
  }

  private String clinic() {
    return clinic == null ? DemoClinic.CLINIC : clinic;
  }

  private void requireAnswer(URI service) {
    var ready = service.resolve("/q/health/ready");
    try (var http = HttpClient.newBuilder().connectTimeout(PROBE).build()) {
      var request = HttpRequest.newBuilder(ready).timeout(PROBE).build();
      if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
        return;
      }
      throw new StackFailure("patient-service at %s is not ready.".formatted(service));
    } catch (IOException e) {
      throw new StackFailure(
          "No patient-service answers at %s; start one with ./trabecula up, or name another with --url."
              .formatted(service),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  private Supplier<String> tokens() {
    var file = tokenFile;
    return file != null ? () -> read(file) : new DemoTokens();
  }

  /// Every time anew: whoever renews the token writes the file.
  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StackFailure("The token cannot be read: " + e, e);
    }
  }

  private final class DemoTokens implements Supplier<String> {
    private String token = "";
    private Instant renewal = Instant.MIN;

    @Override
    public synchronized String get() {
      if (Instant.now().isAfter(renewal)) {
        token = sign();
        renewal = Instant.now().plus(RENEWAL);
      }
      return token;
    }

    private String sign() {
      try {
        return Token.of(root, environment, "", "--role", "integration", "--clinic", clinic());
      } catch (IOException e) {
        throw new StackFailure("The key that signs tokens cannot be read: " + e.getMessage(), e);
      }
    }
  }
}
