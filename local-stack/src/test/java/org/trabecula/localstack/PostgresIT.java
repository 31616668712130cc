package org.trabecula.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresIT {
  @TempDir Path folder;

  @Test
  void keepsItsDataAcrossAStopACrashAndATakenProcessId() throws Exception {
    try (var postgres = start()) {
      postgres.createDatabase("patient");
      execute(postgres, "CREATE TABLE note (text text)");
      execute(postgres, "INSERT INTO note VALUES ('kept')");
    }
    try (var postgres = start()) {
      postgres.createDatabase("patient");
      assertThat(value(postgres, "SELECT text FROM note")).isEqualTo("kept");
      assertThat(value(postgres, "SHOW fsync")).isEqualTo("on");
      var postmaster = postgres.postmaster().orElseThrow();
      postmaster.destroyForcibly();
      postmaster.onExit().join();
    }
    pretendThatAnotherProgramTookTheId();
    try (var postgres = start()) {
      assertThat(value(postgres, "SELECT text FROM note")).isEqualTo("kept");
    }
    assertThat(Postgres.runningOn(folder)).isEmpty();
  }

  @Test
  void quotesPostgresqlWhenItDoesNotStart() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> Postgres.start(folder, taken.getLocalPort(), ZoneId.of("Europe/Oslo")))
          .isInstanceOf(StackFailure.class)
          .hasMessageContaining("PostgreSQL did not start")
          .hasMessageContaining("Address already in use");
    }
    assertThat(Postgres.runningOn(folder)).isEmpty();
  }

  private void pretendThatAnotherProgramTookTheId() throws IOException {
    var pidFile = folder.resolve("data/postmaster.pid");
    var lines = Files.readAllLines(pidFile);
    lines.set(0, Long.toString(ProcessHandle.current().pid()));
    Files.write(pidFile, lines);
  }

  private Postgres start() throws IOException {
    return Postgres.start(folder, Ports.free(), ZoneId.of("Europe/Oslo"));
  }

  private static void execute(Postgres postgres, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl("patient"), "patient", "patient");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(Postgres postgres, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl("patient"), "patient", "patient");
        var rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
