package org.trabecula.localstack;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real PostgreSQL on loopback, every file of it below one folder. The data stay when it stops.
///
/// PostgreSQL refuses to run as root. There it runs inside a user namespace in which nobody is
// root;
/// outside, its files still belong to root.
///
/// Commits are flushed to disk (`fsync` on): what a restart finds is what was acknowledged.
public final class Postgres implements Closeable {
  /// Three services with a pool of 16 each and a relay's listening connection, and room for people.
  private static final int MAX_CONNECTIONS = 100;

  private static final int COMMAND_SECONDS = 60;
  static final String SUPERUSER = "postgres";

  private final Path folder;
  private final Path programs;
  private final int port;
  private final String password;

  private Postgres(Path folder, Path programs, int port, String password) {
    this.folder = folder;
    this.programs = programs;
    this.port = port;
    this.password = password;
  }

  /// @param folder where the programs, the data and the log go
  /// @param sessionZone time zone of sessions that set none (JDBC drivers do set one)
  /// @throws StackFailure with PostgreSQL's own last words
  public static Postgres start(Path folder, int port, ZoneId sessionZone) throws IOException {
    var home = folder.toAbsolutePath();
    Files.createDirectories(home);
    var programs = Programs.unpacked(home.resolve("programs"));
    var postgres = new Postgres(home, programs, port, superuserPassword(home));
    if (!Files.exists(postgres.initialized())) {
      postgres.initialize();
    }
    postgres.forgetDeadPostmaster();
    postgres.launch(sessionZone);
    return postgres;
  }

  /// The postmaster that runs on this folder's data, if one does, whoever started it.
  static Optional<ProcessHandle> runningOn(Path folder) {
    var pidFile = folder.toAbsolutePath().resolve("data/postmaster.pid");
    try (Stream<String> lines = Files.lines(pidFile)) {
      var words = lines.map(String::strip).limit(3).toList();
      return Recorded.alive(Long.parseLong(words.get(0)), Long.parseLong(words.get(2)) * 1000);
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// Makes sure that a login role and a database, both of this name, exist. The password is the
  // name
  /// too: it keeps services apart on loopback, it protects nothing.
  public void createDatabase(String name) throws SQLException {
    createDatabase(name, name);
  }

  void createDatabase(String name, String owner) throws SQLException {
    try (var connection = connect("postgres")) {
      Databases.create(connection, name, owner);
    }
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /// A superuser's connection.
  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, password);
  }

  String superuserPassword() {
    return password;
  }

  Optional<ProcessHandle> postmaster() {
    return runningOn(folder);
  }

  /// Ends all sessions and stops within seconds; committed data are safe.
  @Override
  public void close() {
    try {
      run(pgCtl("stop", "-m", "fast", "-t", "4", "-w"));
    } catch (StackFailure | IOException e) {
      postmaster().ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path log() {
    return folder.resolve("postgresql.log");
  }

  private Path initialized() {
    return folder.resolve("initialized");
  }

  private static Path passwordFile(Path folder) {
    return folder.resolve("superuser-password");
  }

  /// The superuser can run programs on this machine, so the password is nobody else's to know.
  private static String superuserPassword(Path folder) throws IOException {
    var file = passwordFile(folder);
    if (!Files.exists(file)) {
      var bytes = new byte[24];
      new SecureRandom().nextBytes(bytes);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(bytes));
    }
    return Files.readString(file).strip();
  }

  private void initialize() throws IOException {
    deleteRecursively(data());
    run(
        List.of(
            programs.resolve("bin/initdb").toString(),
            "--pgdata=" + data(),
            "--username=" + SUPERUSER,
            "--pwfile=" + passwordFile(folder),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8"));
    Files.createFile(initialized());
  }

  /// After a crash another program may run under the process id that PostgreSQL left behind, and
  /// PostgreSQL would refuse to start.
  private void forgetDeadPostmaster() throws IOException {
    if (postmaster().isEmpty()) {
      Files.deleteIfExists(data().resolve("postmaster.pid"));
    }
  }

  private void launch(ZoneId sessionZone) throws IOException {
    Files.deleteIfExists(log());
    var settings =
        List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=" + MAX_CONNECTIONS,
            "shared_buffers=64MB",
            "fsync=on",
            "timezone=" + sessionZone.getId(),
            "log_timezone=UTC");
    var options = "-p " + port + " -c " + String.join(" -c ", settings);
    try {
      run(pgCtl("start", "-w", "-t", "30", "-l", log().toString(), "-o", options));
    } catch (StackFailure e) {
      postmaster().ifPresent(ProcessHandle::destroyForcibly);
      throw new StackFailure(
          "PostgreSQL did not start: %s (%s)".formatted(LastLines.of(log(), 6), log()), e);
    }
  }

  private List<String> pgCtl(String... arguments) {
    var command = new ArrayList<>(List.of(programs.resolve("bin/pg_ctl").toString()));
    command.addAll(List.of("-D", data().toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private void run(List<String> command) throws IOException {
    var output = folder.resolve("command.log");
    var builder = new ProcessBuilder(withoutRoot(command));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    var process = builder.start();
    try {
      if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new StackFailure("%s hangs.".formatted(command.getFirst()));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
    if (process.exitValue() != 0) {
      throw new StackFailure(
          "%s failed: %s".formatted(command.getFirst(), LastLines.of(output, 4)));
    }
  }

  private static List<String> withoutRoot(List<String> command) throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return command;
    }
    if (!namespacesWork()) {
      throw new StackFailure(
          "PostgreSQL refuses to run as root and this machine allows no user namespaces (unshare -U); "
              + "run ./trabecula as an ordinary user.");
    }
    return Stream.concat(Stream.of("unshare", "-U"), command.stream()).toList();
  }

  private static boolean namespacesWork() throws IOException {
    try {
      return new ProcessBuilder("unshare", "-U", "true").start().waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static void deleteRecursively(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
