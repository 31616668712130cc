package org.trabecula.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.trabecula.localstack.ClinicApi;
import org.trabecula.localstack.ForecastListener;
import org.trabecula.localstack.StackFailure;

/// How long a CTX result takes from its posting to its forecast on Kafka, as a consumer outside
/// sees it: HTTP, two databases, two topics and the model included.
///
/// Patients take turns, so that none collects an unusual number of results.
final class Latency {
  private static final int PATIENTS = 25;
  private static final int WARM_UP = 50;
  private static final int MEASURED = 200;
  private static final int PER_SECOND = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ClinicApi api;
  private final ForecastListener forecasts;
  private final PrintStream out;
  private final String run = UUID.randomUUID().toString();
  private final List<String> patients = new ArrayList<>();
  private int posted;

  Latency(ClinicApi api, ForecastListener forecasts, PrintStream out) {
    this.api = api;
    this.forecasts = forecasts;
    this.out = out;
  }

  /// @throws StackFailure when a forecast did not come
  void measure() {
    out.printf("From posting a CTX to its forecast on Kafka, after %d to warm up:%n", WARM_UP);
    IntStream.range(0, PATIENTS).forEach(i -> patients.add(register()));
    oneAtATime(WARM_UP);
    out.printf("  one at a time   %s%n", oneAtATime(MEASURED));
    out.printf("  %d a second      %s%n", PER_SECOND, atARate(MEASURED));
  }

  private Percentiles oneAtATime(int count) {
    var latencies = new ArrayList<Double>();
    for (int i = 0; i < count; i++) {
      long began = System.nanoTime();
      var id = post(posted++);
      var heard = forecasts.next(event -> event.used(id), PATIENCE);
      if (heard == null) {
        throw new StackFailure("A CTX had no forecast after %s.".formatted(PATIENCE));
      }
      latencies.add(millis(heard.nanos() - began));
    }
    return new Percentiles(latencies);
  }

  /// Posts on schedule, whether or not the earlier ones are done; a late start counts as latency.
  private Percentiles atARate(int count) {
    var due = new ConcurrentHashMap<String, Long>();
    var latencies = new ArrayList<Double>();
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      long first = System.nanoTime();
      senders.submit(
          () -> {
            for (int i = 0; i < count; i++) {
              long scheduled = first + TimeUnit.SECONDS.toNanos(i) / PER_SECOND;
              LockSupport.parkNanos(scheduled - System.nanoTime());
              int number = posted++;
              senders.submit(() -> due.put(post(number), scheduled));
            }
          });
      collect(count, due, latencies);
    }
    return new Percentiles(latencies);
  }

  private void collect(int count, Map<String, Long> due, List<Double> latencies) {
    var early = new ArrayList<ForecastListener.Heard>();
    while (latencies.size() < count) {
      var heard = forecasts.next(event -> true, PATIENCE);
      if (heard == null) {
        throw new StackFailure(
            "%d of %d CTX had no forecast after %s."
                .formatted(count - latencies.size(), count, PATIENCE));
      }
      // A forecast may overtake the answer to the posting that caused it.
      early.add(heard);
      early.removeIf(event -> settle(event, due, latencies));
    }
  }

  private static boolean settle(
      ForecastListener.Heard event, Map<String, Long> due, List<Double> latencies) {
    var used = due.keySet().stream().filter(event::used).toList();
    used.forEach(id -> latencies.add(millis(event.nanos() - due.remove(id))));
    return !used.isEmpty();
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  private String register() {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("identifiers")
        .addObject()
        .put("system", "urn:trabecula:bench")
        .put("value", UUID.randomUUID().toString());
    body.put("sexForClinicalUse", "FEMALE").put("birth", "1968-04").put("region", "EU");
    body.put("deceased", false).put("uterus", "ABSENT").put("heightCm", 166).put("weightKg", 64);
    body.putObject("menopause").put("status", "POSTMENOPAUSAL").put("finalPeriod", "2020-01");
    return create("/v1/patients", body);
  }

  private String post(int number) {
    var body = JsonNodeFactory.instance.objectNode();
    body.put("analyte", "ctx").put("value", 300 + number % 200).put("unit", "ng/L");
    // Once a week, back from yesterday: a patient has no two results of one time.
    var at =
        Instant.now()
            .truncatedTo(ChronoUnit.SECONDS)
            .minus(1 + 7L * (number / PATIENTS), ChronoUnit.DAYS);
    body.put("effectiveAt", at.toString()).put("fasting", "YES");
    body.putObject("source").put("system", "urn:trabecula:bench").put("id", run + "/" + number);
    return create("/v1/patients/%s/measurements".formatted(patients.get(number % PATIENTS)), body);
  }

  private String create(String path, ObjectNode body) {
    return api.post(ClinicApi.PATIENT, path, body, UUID.randomUUID().toString())
        .requireSuccess()
        .json()
        .required("id")
        .asText();
  }
}
