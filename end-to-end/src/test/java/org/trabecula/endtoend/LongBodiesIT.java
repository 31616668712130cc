package org.trabecula.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.endtoend.SharedStack.STACK;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Long bodies, many at once, against patient-service with the heap that it really has.
class LongBodiesIT {
  private static final int AT_ONCE = 16;
  private static final List<String> BEGINNINGS =
      List.of(
          "{\"resourceType\": \"Bundle\", \"type\": \"transaction\"",
          "{\"resourceType\": \"Bundle\", \"a\": [",
          "{\"resourceType\": \"Bundle\", \"type\": \"transaction\", \"entry\": [{\"resource\": {\"resourceType\": \"Patient\", \"name\": [",
          "{\"resourceType\": \"Bundle\", \"type\": \"transaction\", \"entry\": [{\"fullUrl\": \"");
  private static final List<String> FILLERS =
      List.of("        ", "[],[],[],", "{},{},{},", "xxxxxxxx");

  private final Clinic clinic = new Clinic();

  @ParameterizedTest(name = "of {0} MiB")
  @ValueSource(ints = {24, 50})
  void sixteenAtOnceAreRefusedOneByOneAndTheServiceLivesOn(int mebibytes) throws Exception {
    int length = (mebibytes << 20) - (1 << 12);
    var sendings = new ArrayList<Callable<Integer>>();
    IntStream.range(0, AT_ONCE)
        .forEach(i -> sendings.add(() -> send(i % BEGINNINGS.size(), length)));
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var sent : senders.invokeAll(sendings)) {
        assertThat(sent.get()).isIn(400, 413, 429);
      }
    }
    assertThat(STACK.process("patient-service").isAlive()).isTrue();
    assertThat(clinic.register(Clinic.woman())).isNotEmpty();
  }

  private int send(int kind, int length) throws Exception {
    var request =
        HttpRequest.newBuilder(STACK.service("patient-service").resolve("/fhir"))
            .timeout(Duration.ofMinutes(3))
            .header("Content-Type", "application/fhir+json")
            .header("Authorization", "Bearer " + STACK.token("integration", clinic.name()))
            .POST(
                BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(() -> body(kind, length)), length))
            .build();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.body()).contains("OperationOutcome");
      return answer.statusCode();
    }
  }

  /// Made while it is sent: sixteen of them would fill this JVM's memory, too.
  private static InputStream body(int kind, int length) {
    byte[] begin = BEGINNINGS.get(kind).getBytes(US_ASCII);
    byte[] filler = FILLERS.get(kind).repeat(1 << 10).getBytes(US_ASCII);
    var pieces = new ArrayList<InputStream>();
    pieces.add(new ByteArrayInputStream(begin));
    for (int left = length - begin.length; left > 0; left -= filler.length) {
      pieces.add(new ByteArrayInputStream(filler, 0, Math.min(left, filler.length)));
    }
    return new SequenceInputStream(Collections.enumeration(pieces));
  }
}
