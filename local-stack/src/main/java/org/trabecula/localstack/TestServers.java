package org.trabecula.localstack;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;

/// The process behind [TestStack]: PostgreSQL, Kafka and the issuer for one JVM of tests. It says
// on
/// standard output where they are, and ends when its standard input does, that is, when the JVM of
/// tests ends in whatever way. In a process of its own the broker does not depend on the class
/// loaders that Quarkus opens and closes in the JVM of tests.
final class TestServers {
  private TestServers() {}

  /// The two ways to run PostgreSQL and Kafka for tests.
  interface Servers extends Closeable {
    String bootstrapServers();

    /// A JDBC URL that lacks the database's name.
    String jdbcUrl();

    String superuser();

    String password();
  }

  /// Arguments: an empty folder, `embedded` or `containers`, and the zone of database sessions.
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]);
    var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      Logging.warningsTo(folder.resolve("servers.log"));
      serve(folder, arguments[1], ZoneId.of(arguments[2]), answers);
      Postgres.deleteRecursively(folder);
      System.exit(0);
    } catch (IOException | RuntimeException e) {
      answers.println("failure=" + e.toString().replace('\n', ' '));
      Postgres.deleteRecursively(folder);
      System.exit(1);
    }
  }

  private static void serve(Path folder, String kind, ZoneId zone, PrintStream answers)
      throws IOException {
    try (var servers =
            kind.equals("containers") ? Containers.start(zone) : Embedded.start(folder, zone);
        var issuer =
            Issuer.start(InetAddress.getLoopbackAddress(), 0, DataFolder.signingKey(folder))) {
      Kafka.createTopics(servers.bootstrapServers(), Topics.ofTheProduct());
      answers.println("kafka=" + servers.bootstrapServers());
      answers.println("jdbc=" + servers.jdbcUrl());
      answers.println("superuser=" + servers.superuser());
      answers.println("password=" + servers.password());
      answers.println("issuer=" + issuer.uri());
      answers.println("ready");
      while (System.in.read() >= 0) {
        // Nothing is ever said; only the end counts.
      }
    }
  }

  private record Embedded(Postgres postgres, Kafka kafka) implements Servers {
    static Embedded start(Path folder, ZoneId zone) throws IOException {
      var postgres = Postgres.start(folder.resolve("postgres"), Ports.free(), zone);
      try {
        return new Embedded(postgres, Kafka.start(folder.resolve("kafka"), Ports.free()));
      } catch (IOException | RuntimeException e) {
        postgres.close();
        throw e;
      }
    }

    @Override
    public String bootstrapServers() {
      return kafka.bootstrapServers();
    }

    @Override
    public String jdbcUrl() {
      return postgres.jdbcUrl("");
    }

    @Override
    public String superuser() {
      return Postgres.SUPERUSER;
    }

    @Override
    public String password() {
      return postgres.superuserPassword();
    }

    @Override
    public void close() {
      kafka.close();
      postgres.close();
    }
  }
}
