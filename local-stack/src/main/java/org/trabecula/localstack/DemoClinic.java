package org.trabecula.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Fills a clinic with synthetic patients through the public HTTP API, as an integration engineer
/// would, and waits until each has a forecast or a refusal.
///
/// Loading twice has no second effect. The day it was first loaded is kept in a file, so a load that
/// was cut short goes on with the same dates, and a finished one is left alone.
public final class DemoClinic {
  static final String CLINIC = "demo";

  private static final int AT_ONCE = 4;
  private static final Duration FORECAST_WITHIN = Duration.ofSeconds(60);
  private static final String LOADED = "loaded";

  private final ClinicApi api;
  private final Path diary;
  private final Consumer<String> progress;

  /// @param diary file that keeps the day of loading
  /// @param progress receives one line at a time
  public DemoClinic(ClinicApi api, Path diary, Consumer<String> progress) {
    this.api = api;
    this.diary = diary;
    this.progress = progress;
  }

  /// @throws StackFailure with one sentence, naming the patient and what the service said
  public void load() throws IOException {
    var entry = Files.exists(diary) ? Files.readString(diary).strip() : "";
    if (entry.endsWith(LOADED)) {
      progress.accept("demo clinic: loaded on %s, left as it is".formatted(entry.split(" ", -1)[0]));
      return;
    }
    var day = entry.isEmpty() ? LocalDate.now(ZoneOffset.UTC) : LocalDate.parse(entry);
    Files.writeString(diary, day + "\n");
    load(DemoPatient.all(day));
    Files.writeString(diary, day + " " + LOADED + "\n");
  }

  private void load(List<DemoPatient> patients) {
    var began = Instant.now();
    var done = new AtomicInteger();
    try (var workers = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      var loads = patients.stream().map(patient -> workers.submit(load(patient))).toList();
      var posted = results(loads, workers, "posted", done);
      done.set(0);
      var waits = posted.stream().map(patient -> workers.submit(forecast(patient))).toList();
      var outcomes = results(waits, workers, "forecast", done);
      long refused = outcomes.stream().filter("refused"::equals).count();
      progress.accept(
          "demo clinic: %d patients, %d forecasts and %d refusals after %.1f s"
              .formatted(patients.size(), patients.size() - refused, refused, seconds(began)));
    }
  }

  private <T> List<T> results(
      List<Future<T>> futures, ExecutorService workers, String verb, AtomicInteger done) {
    try {
      var results = new java.util.ArrayList<T>();
      for (Future<T> future : futures) {
        results.add(future.get());
        progress.accept("demo clinic %d/%d %s".formatted(done.incrementAndGet(), futures.size(), verb));
      }
      return results;
    } catch (ExecutionException e) {
      workers.shutdownNow();
      throw new StackFailure("The demo clinic was not loaded: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  private static double seconds(Instant since) {
    return Duration.between(since, Instant.now()).toMillis() / 1000.0;
  }

  /// A patient whose data are in, and what the forecast must have seen before it counts.
  private record Posted(DemoPatient patient, String id, List<String> inputs) {}

  private Callable<Posted> load(DemoPatient patient) {
    return () -> {
      var id = post(patient, ClinicApi.PATIENT, "/v1/patients", patient.profile(), "profile");
      @Nullable String ctx = null;
      int number = 0;
      for (JsonNode measurement : patient.measurements()) {
        var made =
            post(
                patient,
                ClinicApi.PATIENT,
                "/v1/patients/%s/measurements".formatted(id),
                measurement,
                "measurement/" + number++);
        ctx = measurement.required("analyte").asText().equals("ctx") ? made : ctx;
      }
      var regimen = prescribe(patient, id);
      return new Posted(patient, id, List.of());
    };
  }
}
