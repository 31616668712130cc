package org.trabecula.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.endtoend.SharedStack.ROOT;
import static org.trabecula.endtoend.SharedStack.STACK;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./trabecula` where nothing has to be built: in a copy of the project that links to what this
/// build has packaged.
class LauncherIT {
  @TempDir Path project;

  private record Ended(int exitCode, String out, String err) {}

  @BeforeEach
  void linkWhatIsBuilt() throws IOException {
    Files.copy(ROOT.resolve("trabecula"), project.resolve("trabecula"));
    project.resolve("trabecula").toFile().setExecutable(true);
    Files.createFile(project.resolve("pom.xml"));
    for (String service : List.of("patient-service", "protocol-service", "projection-service")) {
      link(service + "/target/quarkus-app");
      Files.createDirectories(project.resolve(service).resolve("src"));
      Files.createFile(project.resolve(service).resolve("pom.xml"));
    }
    link("local-stack/target/classes");
    link("local-stack/target/lib");
    Files.createDirectories(project.resolve("target"));
    Files.createFile(project.resolve("target/built"));
  }

  private void link(String path) throws IOException {
    Files.createDirectories(project.resolve(path).getParent());
    Files.createSymbolicLink(project.resolve(path), ROOT.resolve(path));
  }

  @Test
  void anUnknownCommandIsNamed() throws Exception {
    var ended = run(Map.of(), "frobnicate");
    assertThat(ended.exitCode()).isNotZero();
    assertThat(ended.err()).contains("There is no command 'frobnicate'.").contains("Usage:");
  }

  @Test
  void withoutAJdkThatIsNewEnoughItSaysWhatToInstall() throws Exception {
    var script = project.resolve("trabecula");
    Files.writeString(script, Files.readString(script).replace("least_java=25", "least_java=999"));
    var ended = run(Map.of("JAVA_HOME", "/nowhere"), "up");
    assertThat(ended.exitCode()).isNotZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines().toList()).singleElement().asString().contains("needs a JDK 999");
  }

  @Test
  void aTokenIsAllThatReachesStandardOutputAndItOpensTheServices() throws Exception {
    var data = Map.of("TRABECULA_DATA", SharedStack.DATA.resolve("data").toString());
    var ended = run(data, "token", "--role", "viewer", "--clinic", "nobodys");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    RestAssured.given()
        .auth()
        .oauth2(ended.out().strip())
        .get(STACK.service("patient-service") + "/v1/patients")
        .then()
        .statusCode(200);
  }

  @Test
  void withoutAStackThereIsNoToken() throws Exception {
    var ended =
        run(
            Map.of("TRABECULA_DATA", project.resolve("none").toString()),
            "token",
            "--role",
            "viewer");
    assertThat(ended.exitCode()).isNotZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("./trabecula up");
  }

  @Test
  void aTakenPortIsNamedWithTheSettingThatMovesIt() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(taken.getLocalPort());
      var ended =
          run(Map.of("TRABECULA_KAFKA_PORT", port, "TRABECULA_POSTGRES_PORT", free()), "up");
      assertThat(ended.exitCode()).isNotZero();
      assertThat(ended.err().lines().toList())
          .singleElement()
          .asString()
          .contains(port, "TRABECULA_KAFKA_PORT");
    }
  }

  private static String free() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(project.resolve("trabecula").toString()));
    command.addAll(List.of(arguments));
    var out = project.resolve("out");
    var err = project.resolve("err");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    var settings = new HashMap<>(environment);
    settings.putIfAbsent("TRABECULA_DATA", project.resolve("data").toString());
    builder.environment().putAll(settings);
    int exitCode = builder.start().waitFor();
    return new Ended(exitCode, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
