package org.trabecula.localstack;

import static org.trabecula.localstack.ClinicApi.PATIENT;
import static org.trabecula.localstack.ClinicApi.PROJECTION;
import static org.trabecula.localstack.ClinicApi.PROTOCOL;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.trabecula.localstack.ClinicApi.Answer;

/// Fills a clinic with synthetic patients through the public HTTP API, as an integration engineer
/// would, and waits until each has a forecast or a refusal.
///
/// Loading twice has no second effect. The day of the first load is kept in a file: a load that was
/// cut short goes on with the same dates, and a finished one is left alone.
public final class DemoClinic {
  static final String CLINIC = "demo";

  private static final int AT_ONCE = 4;
  /// The status of an order that names a version which is no longer the present one.
  private static final int CHANGED_MEANWHILE = 412;

  /// The status of an order that a rule blocks.
  private static final int BLOCKED = 422;

  private static final Duration FACTS_WITHIN = Duration.ofSeconds(20);

  private static final Duration FORECAST_WITHIN = Duration.ofSeconds(60);
  private static final String FINISHED = " finished";

  private final ClinicApi api;
  private final ClinicApi administrator;
  private final Path diary;
  private final Progress progress;

  /// @param api for a clinician
  /// @param diary file that keeps the day of loading
  DemoClinic(ClinicApi api, ClinicApi administrator, Path diary, Progress progress) {
    this.api = api;
    this.administrator = administrator;
    this.diary = diary;
    this.progress = progress;
  }

  /// @throws StackFailure with one sentence that names the patient and what the service said
  public void load() throws IOException {
    var entry = Files.exists(diary) ? Files.readString(diary).strip() : "";
    if (entry.endsWith(FINISHED)) {
      progress.done("demo clinic: there since " + entry.replace(FINISHED, ""));
      return;
    }
    var day = entry.isEmpty() ? LocalDate.now(ZoneOffset.UTC) : LocalDate.parse(entry);
    Files.writeString(diary, day + "\n");
    administrator.putNew(PATIENT, "/v1/clinic/settings", settings());
    load(DemoPatient.all(day));
    Files.writeString(diary, day + FINISHED + "\n");
  }

  static JsonNode settings() throws IOException {
    try (var settings = DemoClinic.class.getResourceAsStream("/demo/clinic.json")) {
      return ClinicApi.JSON.readTree(settings);
    }
  }

  private void load(List<DemoPatient> patients) {
    var began = Instant.now();
    try (var workers = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      var outcomes = outcomes(patients, workers);
      long refused = outcomes.stream().filter("refused"::equals).count();
      progress.done(
          "demo clinic: %d patients with %d forecasts and %d refusals after %.1f s"
              .formatted(outcomes.size(), outcomes.size() - refused, refused, secondsSince(began)));
    }
  }

  private List<String> outcomes(List<DemoPatient> patients, ExecutorService workers) {
    var loads = new ExecutorCompletionService<String>(workers);
    patients.forEach(patient -> loads.submit(() -> load(patient)));
    var outcomes = new ArrayList<String>();
    try {
      while (outcomes.size() < patients.size()) {
        progress.step("demo clinic %d/%d".formatted(outcomes.size(), patients.size()));
        outcomes.add(loads.take().get());
      }
      return outcomes;
    } catch (ExecutionException e) {
      workers.shutdownNow();
      var cause = e.getCause() == null ? e : e.getCause();
      throw new StackFailure("The demo clinic is not loaded: " + cause.getMessage(), cause);
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  private static double secondsSince(Instant began) {
    return Duration.between(began, Instant.now()).toMillis() / 1000.0;
  }

  /// Returns `computed` or `refused`.
  private String load(DemoPatient patient) {
    var id = register(patient);
    state(id, patient);
    var inputs = new ArrayList<String>();
    var regimen = prescribe(id, patient);
    if (regimen != null) {
      inputs.add(regimen.json().required("regimenId").asText());
    }
    for (JsonNode measurement : patient.measurements()) {
      var made = measure(id, measurement).json();
      if (measurement.required("analyte").asText().equals("ctx") && counts(made)) {
        inputs.add(input(made));
      }
    }
    return awaitForecast(patient.code(), id, inputs);
  }

  private String register(DemoPatient patient) {
    return api.post(PATIENT, "/v1/patients", patient.profile(), patient.code())
        .requireSuccess()
        .json()
        .required("id")
        .asText();
  }

  private void state(String id, DemoPatient patient) {
    var path = "/v1/patients/%s/".formatted(id);
    patient.facts().forEach((code, fact) -> api.putNew(PATIENT, path + "facts/" + code, fact));
    patient
        .events()
        .forEach(
            (code, event) -> {
              var occurrences = path + "facts/%s/occurrences".formatted(code);
              api.post(PATIENT, occurrences, event, patient.code() + "/" + code).requireSuccess();
            });
    for (int number = 0; number < patient.medications().size(); number++) {
      var key = "%s/medication/%d".formatted(patient.code(), number);
      api.post(PATIENT, path + "medications", patient.medications().get(number), key)
          .requireSuccess();
    }
  }

  /// Whether the forecast learns from it, by what the rules of data quality say.
  private static boolean counts(JsonNode measurement) {
    return StreamSupport.stream(measurement.path("findings").spliterator(), false)
        .flatMap(finding -> StreamSupport.stream(finding.path("excludes").spliterator(), false))
        .noneMatch(use -> use.asText().equals("FORECAST"));
  }

  private Answer measure(String id, JsonNode measurement) {
    var path = "/v1/patients/%s/measurements".formatted(id);
    return api.post(PATIENT, path, measurement, DemoPatient.sourceId(measurement)).requireSuccess();
  }

  /// The regimen that is left at the end, or null when nothing was ever prescribed.
  ///
  /// Prescribed before results arrive, as it was: what rules find in them later is a finding of the
  /// active regimen. They may find something in between, which makes another version.
  private @Nullable Answer prescribe(String id, DemoPatient patient) {
    @Nullable Answer last = null;
    for (int number = 0; number < patient.regimens().size(); number++) {
      var regimen = patient.regimens().get(number);
      var path =
          "/v1/patients/%s/regimens%s"
              .formatted(id, regimen.has("stoppedOn") ? "/current/stop" : "");
      var key = "%s/regimen/%d".formatted(patient.code(), number);
      last = order(id, path, regimen, key, last == null ? null : last.header("ETag"));
    }
    return last;
  }

  /// What was stated of the patient arrives there a moment later: until then rules may block, or
  /// find something else and make another version of the regimen.
  private Answer order(
      String id, String path, JsonNode body, String key, @Nullable String version) {
    var deadline = Instant.now().plus(FACTS_WITHIN);
    var answer = api.post(PROTOCOL, path, body, key, version);
    while ((answer.status() == CHANGED_MEANWHILE || answer.status() == BLOCKED)
        && Instant.now().isBefore(deadline)) {
      ClinicApi.pause();
      var present = api.get(PROTOCOL, "/v1/patients/%s/regimens/current".formatted(id));
      answer = api.post(PROTOCOL, path, body, key, present.header("ETag"));
    }
    return answer.requireSuccess();
  }

  /// A forecast counts once it was made with everything that was posted.
  private String awaitForecast(String code, String id, List<String> inputs) {
    var deadline = Instant.now().plus(FORECAST_WITHIN);
    while (Instant.now().isBefore(deadline)) {
      var answer = api.get(PROJECTION, "/v1/patients/%s/forecast".formatted(id));
      if (!answer.isOnItsWay()) {
        var forecast = answer.requireSuccess().json();
        var status = forecast.required("status").asText();
        if (status.equals("refused") || used(forecast).containsAll(inputs)) {
          return status;
        }
      }
      ClinicApi.pause();
    }
    throw new StackFailure(
        "%s (patient %s) has no complete forecast after %d s."
            .formatted(code, id, FORECAST_WITHIN.toSeconds()));
  }

  private static List<String> used(JsonNode forecast) {
    return StreamSupport.stream(forecast.path("inputs").spliterator(), false)
        .flatMap(input -> Stream.of(input.required("id").asText(), input(input)))
        .toList();
  }

  private static String input(JsonNode measurement) {
    return measurement.required("id").asText()
        + " version "
        + measurement.required("version").asInt();
  }
}
