package org.trabecula.localstack.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trabecula.localstack.Progress;
import org.trabecula.localstack.StackFailure;

/// The import against an HTTP server whose answers a test chooses.
class BulkImportTest {
  private static final String TAKEN =
      """
      {"resourceType": "Bundle", "type": "transaction-response", "entry": [
        {"response": {"status": "201 Created", "location": "Patient/1"}},
        {"response": {"status": "200 OK", "location": "Observation/2"}},
        {"response": {"status": "200 OK", "outcome": {"issue": [{"diagnostics": "Not stored: no code."}]}}}]}""";
  private static final String REFUSED =
      """
      {"resourceType": "OperationOutcome", "issue": [
        {"expression": ["Bundle.entry[3].resource.value"], "diagnostics": "Is in the future."}]}""";

  private record Said(int status, String body, String retryAfter) {
    static Said of(int status, String body) {
      return new Said(status, body, "");
    }
  }

  @TempDir Path home;
  private Path folder;
  private HttpServer server;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Function<String, Said> answer = body -> Said.of(200, TAKEN);

  @BeforeEach
  void listen() throws IOException {
    folder = Files.createDirectory(home.resolve("bundles"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/fhir",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          received.add(body);
          var said = answer.apply(body);
          if (!said.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", said.retryAfter());
          }
          var bytes = said.body().getBytes(UTF_8);
          exchange.sendResponseHeaders(said.status(), bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void sendsEveryBundleOfTheFolderAndOfThoseInItOnce() throws IOException {
    Files.writeString(folder.resolve("a.json"), "A");
    Files.writeString(Files.createDirectories(folder.resolve("x/y")).resolve("b.json"), "B");
    Files.writeString(folder.resolve("README.md"), "no Bundle");
    assertThat(run()).isZero();
    assertThat(received).containsExactlyInAnyOrder("A", "B");
    assertThat(out.toString(UTF_8))
        .contains("2/2 files")
        .containsPattern("Patient +2  stored")
        .containsPattern("Observation +2  known before")
        .containsPattern("not stored +2  no code\\.")
        .contains("1 files are not named *.json");
  }

  @Test
  void writesWhatIsRejectedToAFileAndGoesOn() throws IOException {
    Files.writeString(folder.resolve("a.json"), "A");
    Files.writeString(folder.resolve("b.json"), "B");
    answer = body -> body.equals("A") ? Said.of(400, REFUSED) : Said.of(200, TAKEN);
    assertThat(run()).isEqualTo(1);
    assertThat(Files.readAllLines(home.resolve("rejects")))
        .containsExactly(
            "{\"file\":\"a.json\",\"status\":400,\"issues\":[{\"expression\":[\"Bundle.entry[3].resource.value\"],"
                + "\"diagnostics\":\"Is in the future.\"}]}");
  }

  @Test
  void asksAgainWhileTheServiceIsBusy() throws IOException {
    Files.writeString(folder.resolve("a.json"), "A");
    var asked = new AtomicInteger();
    answer =
        body ->
            switch (asked.incrementAndGet()) {
              case 1 -> new Said(429, "", "0");
              case 2 -> Said.of(503, "<html>no JSON</html>");
              default -> Said.of(200, TAKEN);
            };
    assertThat(run()).isZero();
    assertThat(received).hasSize(3);
  }

  @Test
  void doesNotLetOneBundleThatBreaksTheServiceHoldUpTheOthers() throws IOException {
    Files.writeString(folder.resolve("a.json"), "A");
    Files.writeString(folder.resolve("b.json"), "B");
    answer = body -> body.equals("A") ? Said.of(500, "") : Said.of(200, TAKEN);
    assertThat(run()).isEqualTo(1);
    assertThat(Files.readString(home.resolve("rejects"))).contains("\"status\":500");
  }

  @Test
  void goesOnWhereItStoppedWhenTheServiceWentAway() throws IOException {
    for (int i = 0; i < 10; i++) {
      Files.writeString(folder.resolve(i + ".json"), "bundle " + i);
    }
    answer = body -> received.size() > 4 ? Said.of(503, "") : Said.of(200, TAKEN);
    assertThatThrownBy(this::run)
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("answered 503")
        .hasMessageContaining("the same command goes on");
    received.clear();
    answer = body -> Said.of(200, TAKEN);
    assertThat(run()).isZero();
    assertThat(received).hasSize(6);
    assertThat(out.toString(UTF_8))
        .contains("4 of 10 files are done")
        .containsPattern("Patient +10  stored");
  }

  @Test
  void stopsAtOnceWhenTheTokenIsNotAccepted() throws IOException {
    Files.writeString(folder.resolve("a.json"), "A");
    answer = body -> Said.of(401, "");
    assertThatThrownBy(this::run).hasMessageContaining("does not accept the token");
    assertThat(received).hasSize(1);
  }

  @Test
  void saysThatAFolderHasNoBundle() {
    assertThatThrownBy(this::run)
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("has no file *.json");
  }

  private int run() throws IOException {
    var service = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var order =
        new BulkImport.Order(
            folder,
            service,
            home.resolve("journal"),
            home.resolve("rejects"),
            1,
            Duration.ofMillis(1_500));
    var print = new PrintStream(out, true, UTF_8);
    return new BulkImport(order, () -> "token", Progress.inLines(print), print).run();
  }
}
