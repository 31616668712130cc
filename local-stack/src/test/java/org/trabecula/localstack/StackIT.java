package org.trabecula.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.trabecula.localstack.FakeService.Manner.DIES;
import static org.trabecula.localstack.FakeService.Manner.NEVER_READY;
import static org.trabecula.localstack.FakeService.Manner.READY;
import static org.trabecula.localstack.FakeService.Manner.STUBBORN;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trabecula.contracts.Topic;

class StackIT {
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

  @TempDir Path home;

  @AfterEach
  void leavesNothingRunning() {
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(Postgres.runningOn(home.resolve("data/postgres"))).isEmpty();
  }

  @Test
  void bringsUpWhatTheServicesNeedAndStopsIt() throws Exception {
    var data = home.resolve("data");
    try (var stack = Stack.start(Fakes.options(data, READY, READY))) {
      try (var connection =
          DriverManager.getConnection(stack.jdbcUrl("patient"), "patient", "patient")) {
        assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
      }
      try (var admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
        assertThat(admin.listTopics().names().get()).contains(Topic.PATIENT_PROFILE.address());
      }
      assertThat(stack.process("patient-service").isAlive()).isTrue();
      assertThat(stack.kibibytes()).isGreaterThan(100 * 1024);
      assertThat(Token.of(home, Map.of("TRABECULA_DATA", data.toString()), "", "--role", "viewer"))
          .contains(".");
    }
    assertThat(data.resolve("run")).doesNotExist();
  }

  @Test
  void startsAKilledServiceAgain() throws Exception {
    try (var stack = Stack.start(Fakes.options(home.resolve("data"), READY, READY))) {
      var service = stack.process("patient-service");
      long before = service.pid();
      service.kill();
      assertThat(service.isAlive()).isFalse();
      service.restart(Duration.ofSeconds(10));
      assertThat(service.pid()).isNotEqualTo(before);
    }
  }

  @Test
  void namesTheServiceThatDiesAndQuotesItsLog() throws Exception {
    var options = Fakes.options(home.resolve("data"), READY, DIES);
    assertThatThrownBy(() -> Stack.start(options))
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("protocol-service ended with exit code 3")
        .hasMessageContaining("The migration of table bone failed");
  }

  @Test
  void namesTheServiceThatIsNeverReadyAndStopsAStubbornOne() throws Exception {
    var options = Fakes.options(home.resolve("data"), STUBBORN, NEVER_READY);
    assertThatThrownBy(() -> Stack.start(options))
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("protocol-service was not ready after 6 s");
  }

  @Test
  void stopsEverythingWithinTenSecondsOfASignalEvenAStubbornService() throws Exception {
    var output = home.resolve("output");
    var up = FakeUp.launch(home.resolve("data"), output, STUBBORN, READY);
    var children = runningChildren(up, output);
    long began = System.nanoTime();
    up.destroy();
    up.waitFor();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(STOPS_WITHIN);
    assertThat(children.values()).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void stopsWhatAKilledLauncherLeftBehindAndThenStartsAgain() throws Exception {
    var output = home.resolve("output");
    var up = FakeUp.launch(home.resolve("data"), output, READY, READY);
    var children = runningChildren(up, output);
    up.destroyForcibly().waitFor();
    assertThat(children.values()).allMatch(ProcessHandle::isAlive);
    var options = Fakes.options(home.resolve("data"), READY, READY);
    assertThatThrownBy(() -> Stack.start(options))
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("patient-service (process %d)", children.get("patient-service").pid())
        .hasMessageContaining("PostgreSQL (process %d)", children.get("PostgreSQL").pid())
        .hasMessageContaining("run the same command again");
    assertThat(children.values()).noneMatch(ProcessHandle::isAlive);
    Stack.start(options).close();
  }

  @Test
  void refusesAFolderThatAnotherLauncherUsesAndNamesIt() throws Exception {
    var output = home.resolve("output");
    var up = FakeUp.launch(home.resolve("data"), output, READY, READY);
    try {
      runningChildren(up, output);
      var options = Fakes.options(home.resolve("data"), READY, READY);
      assertThatThrownBy(() -> Stack.start(options))
          .isInstanceOf(StackFailure.class)
          .hasMessageContaining("(process %d)", up.pid());
      assertThat(up.isAlive()).isTrue();
    } finally {
      up.destroy();
      up.waitFor();
    }
  }

  @Test
  void endsWithAFailureWhenAServiceDiesLater() throws Exception {
    var output = home.resolve("output");
    var up = FakeUp.launch(home.resolve("data"), output, READY, READY);
    var children = runningChildren(up, output);
    children.get("protocol-service").destroyForcibly();
    assertThat(up.waitFor()).isEqualTo(1);
    assertThat(output).content().contains("protocol-service has ended");
    assertThat(children.values()).noneMatch(ProcessHandle::isAlive);
  }

  /// Waits until `up` has printed where everything is.
  private Map<String, ProcessHandle> runningChildren(Process up, Path output) throws Exception {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !up.isAlive() || Files.readString(output).contains("Ctrl-C"));
    assertThat(up.isAlive()).as(Files.readString(output)).isTrue();
    var children = new HashMap<String, ProcessHandle>();
    for (var line : Files.readAllLines(home.resolve("data/run"))) {
      var recorded = Recorded.parse(line);
      if (!recorded.name().equals(DataFolder.LAUNCHER)) {
        children.put(recorded.name(), recorded.alive().orElseThrow());
      }
    }
    children.put("PostgreSQL", Postgres.runningOn(home.resolve("data/postgres")).orElseThrow());
    return children;
  }
}
