package org.trabecula.localstack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// PostgreSQL, Kafka with the product's topics, and the token issuer for integration tests: one set
/// per JVM, on random ports, gone when the JVM ends.
///
/// `TRABECULA_STACK=containers` (or the system property `trabecula.stack`) runs PostgreSQL and
// Kafka
/// by Testcontainers instead of the embedded ones; everything else stays the same.
///
/// Tests of one JVM share the broker and its topics, so each takes a clinic or patient of its own.
/// Database sessions run in a zone that is neither UTC nor the JVM's.
public final class TestStack {
  private static final String SHARED = "org.trabecula.localstack.TestStack.";
  private static final String SESSION_ZONE = "America/St_Johns";
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(60);

  private TestStack() {}

  /// The one stack of this JVM, started at the first call.
  ///
  /// Quarkus loads this class anew for every application it starts, so what is shared lies where
  // all
  /// class loaders see it: among the system properties. Texts only: others read all of these
  // properties and expect texts.
  public static TestStack shared() {
    synchronized (System.getProperties()) {
      if (System.getProperty(SHARED + "folder") == null) {
        launch().forEach((key, value) -> System.setProperty(SHARED + key, (String) value));
      }
      return new TestStack();
    }
  }

  /// A new empty database that belongs to a role named after the service.
  ///
  /// @return the database's name
  public String freshDatabase(String service) {
    var name = service + "_" + nextNumber();
    try (var connection =
        DriverManager.getConnection(jdbcUrl("postgres"), at("superuser"), at("password"))) {
      Databases.create(connection, name, service);
      return name;
    } catch (SQLException e) {
      throw new StackFailure("No database for %s: %s".formatted(service, e.getMessage()), e);
    }
  }

  public String jdbcUrl(String database) {
    return at("jdbc") + database;
  }

  public String bootstrapServers() {
    return at("kafka");
  }

  public URI issuer() {
    return URI.create(at("issuer"));
  }

  /// A bearer token that is good for an hour.
  ///
  /// @param role `clinician`, `integration` or `viewer`
  public String token(String role, String clinic) {
    try {
      return SigningKey.load(DataFolder.signingKey(Path.of(at("folder"))))
          .token(at("issuer"), Role.of(role), clinic, TOKEN_LIFETIME);
    } catch (IOException e) {
      throw new StackFailure("No key to sign with: " + e.getMessage(), e);
    }
  }

  /// What a Quarkus service needs to run on this stack, with a fresh database.
  ///
  /// The driver sets the session's zone to the JVM's when it connects, hence the statement that
  /// moves it away again.
  public Map<String, String> quarkusConfig(String service) {
    var configuration = new HashMap<String, String>();
    configuration.put("quarkus.http.test-port", "0");
    configuration.put("quarkus.datasource.jdbc.url", jdbcUrl(freshDatabase(service)));
    configuration.put("quarkus.datasource.username", service);
    configuration.put("quarkus.datasource.password", service);
    configuration.put(
        "quarkus.datasource.jdbc.new-connection-sql", "SET TIME ZONE '" + SESSION_ZONE + "'");
    configuration.put("kafka.bootstrap.servers", bootstrapServers());
    configuration.put("quarkus.kafka.devservices.enabled", "false");
    configuration.put("mp.jwt.verify.issuer", at("issuer"));
    configuration.put(
        "mp.jwt.verify.publickey.location", issuer().resolve(Issuer.JWKS_PATH).toString());
    configuration.put("mp.jwt.verify.audiences", SigningKey.AUDIENCE);
    configuration.put("quarkus.log.category.\"org.apache.kafka\".level", "WARN");
    return configuration;
  }

  /// Not a plain static counter: see [#shared].
  private int nextNumber() {
    synchronized (System.getProperties()) {
      int next = Integer.getInteger(SHARED + "databases", 0) + 1;
      System.setProperty(SHARED + "databases", Integer.toString(next));
      return next;
    }
  }

  private String at(String key) {
    var value = System.getProperty(SHARED + key);
    if (value == null) {
      throw new IllegalStateException("The servers did not say " + key);
    }
    return value;
  }

  private static Properties launch() {
    try {
      var folder = Files.createTempDirectory("trabecula-test");
      var log = folder.resolve("output.log");
      var builder = new ProcessBuilder(command(folder));
      builder.redirectError(log.toFile());
      // The pipe to its standard input stays open as long as this JVM lives, and no longer.
      var process = builder.start();
      var whereabouts = read(process, log);
      whereabouts.setProperty("folder", folder.toString());
      // The hook also keeps the process, and with it the pipe, from the garbage collector.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
      return whereabouts;
    } catch (IOException e) {
      throw new StackFailure("The servers for tests did not start: " + e.getMessage(), e);
    }
  }

  private static List<String> command(Path folder) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx384m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
        "-cp",
        System.getProperty("java.class.path"),
        TestServers.class.getName(),
        folder.toString(),
        kind(),
        SESSION_ZONE);
  }

  private static String kind() {
    var chosen =
        System.getProperty(
            "trabecula.stack", System.getenv().getOrDefault("TRABECULA_STACK", "embedded"));
    if (!chosen.equals("embedded") && !chosen.equals("containers")) {
      throw new StackFailure(
          "TRABECULA_STACK is '%s'; it is embedded or containers.".formatted(chosen));
    }
    return chosen;
  }

  private static Properties read(Process process, Path log) throws IOException {
    var answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var whereabouts = new Properties();
    for (var line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.equals("ready")) {
        return whereabouts;
      }
      int equals = line.indexOf('=');
      if (equals > 0) {
        whereabouts.setProperty(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    throw new StackFailure(
        "The servers for tests did not start: %s %s"
            .formatted(whereabouts.getProperty("failure", ""), LastLines.of(log, 5)));
  }

  private static void stop(Process process) {
    try {
      process.getOutputStream().close();
      process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    } catch (IOException | CompletionException e) {
      process.destroyForcibly();
    }
  }
}
