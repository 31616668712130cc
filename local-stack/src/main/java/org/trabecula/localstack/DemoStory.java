package org.trabecula.localstack;

import static org.trabecula.localstack.ClinicApi.PATIENT;
import static org.trabecula.localstack.ClinicApi.PROJECTION;
import static org.trabecula.localstack.ClinicApi.PROTOCOL;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.ForecastListener.Heard;

/// The main job told to a person: what is posted, what the services answer, and what appears on
/// Kafka, in milliseconds after the posting.
final class DemoStory {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int WIDTH = 110;
  private static final List<String> REGIONS = List.of("US", "EU", "CN");

  /// The status of an order that a rule blocks.
  private static final int BLOCKED = 422;

  private final ClinicApi api;
  private final ForecastListener forecasts;
  private final PrintStream out;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final Map<String, String> posted = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private String patient = "";
  private int step;

  DemoStory(ClinicApi api, ForecastListener forecasts, PrintStream out) {
    this.api = api;
    this.forecasts = forecasts;
    this.out = out;
  }

  /// @throws StackFailure when anything did not happen, or not in time
  void tell(String bootstrapServers) throws IOException {
    var story = DemoPatient.ofTheStory(LocalDate.now(ZoneOffset.UTC), run);
    out.printf(
        "Listening to %s at %s. Levels with ~ are the population's, not her own.%n",
        Topic.PROJECTION_FORECAST.address(), bootstrapServers);
    register(story.profile());
    var results = story.measurements();
    measure("The laboratory sends a CTX (resorption)", results.subList(0, 1));
    measure("... and a P1NP (formation)", results.subList(1, 2));
    measure("The scanner sends three sites", results.subList(2, 5));
    forgetTheProgesterone(story.regimens().getFirst());
    prescribe(story.regimens().getFirst());
    measure("Four months later: CTX again", results.subList(5, 6));
    title("Is that more than noise?");
    readTheTrend();
    tellOfBiotin();
    sendInTheWrongUnit(results.getFirst());
    askTheRegulators(story.regimens().getFirst());
    sayWhatNext();
  }

  private void register(JsonNode profile) {
    title("A clinic registers a patient: four years after menopause, nothing measured yet");
    long began = System.nanoTime();
    patient = create(PATIENT, "/v1/patients", profile, "id", "the profile");
    awaitForecast(began, Set.of(patient));
  }

  private void measure(String title, List<JsonNode> measurements) {
    title(title);
    long began = System.nanoTime();
    var ids =
        measurements.stream()
            .map(body -> create(PATIENT, of("measurements"), body, "id", label(body)))
            .collect(Collectors.toSet());
    awaitForecast(began, ids);
  }

  private void readTheTrend() {
    var trend = api.get(PATIENT, of("trends?analyte=ctx")).requireSuccess().json();
    var points = trend.path("series").path(0).path("points");
    var change = points.path(points.size() - 1).path("sincePrevious");
    out.printf(
        "  CTX since the previous one: %s. %s%n",
        change.path("verdict").asText(), change.path("reason").asText());
  }

  /// What is stated later changes what is said of results that are there.
  private void tellOfBiotin() {
    title("Then she mentions that she takes biotin, 10 mg a day");
    var fact = ClinicApi.JSON.createObjectNode();
    fact.putObject("value").put("value", 10).put("unit", "mg/d");
    out.printf("  PUT %s%n", of("facts/biotin-intake"));
    show(fact);
    api.putNew(PATIENT, of("facts/biotin-intake"), fact);
    var results = api.get(PATIENT, of("measurements?analyte=ctx")).requireSuccess().json();
    for (JsonNode result : results.path("items")) {
      for (JsonNode finding : result.path("findings")) {
        out.printf(
            "  CTX of %s, %s: %s%n",
            result.path("effectiveAt").asText().substring(0, 10),
            finding.path("rule").asText(),
            finding.path("message").asText());
      }
    }
    readTheTrend();
  }

  /// A rule blocks the order: nothing becomes active, nothing is published.
  private void forgetTheProgesterone(JsonNode regimen) {
    title("The clinician prescribes an estradiol patch, and forgets the progesterone");
    ObjectNode alone = regimen.deepCopy();
    alone.withArray("steps").remove(1);
    out.printf("  POST %s%n", of("regimens"));
    show(alone);
    var answer = api.post(PROTOCOL, of("regimens"), alone, UUID.randomUUID().toString());
    if (answer.status() != BLOCKED) {
      throw new StackFailure(
          "Unopposed estrogen with a uterus was answered with %d.".formatted(answer.status()));
    }
    for (JsonNode violation : answer.json().path("violations")) {
      out.printf(
          "  %d, %s: %s%n",
          answer.status(), violation.path("rule").asText(), violation.path("message").asText());
    }
  }

  private void prescribe(JsonNode regimen) {
    title("The patch with progesterone, then");
    long began = System.nanoTime();
    var id = create(PROTOCOL, of("regimens"), regimen, "regimenId", "the regimen");
    awaitForecast(began, Set.of(id));
    sayWhatRulesFound();
  }

  /// Nobody has stated much of her yet, and rules say so.
  private void sayWhatRulesFound() {
    var regimen = api.get(PROTOCOL, of("regimens/current")).requireSuccess().json();
    for (JsonNode finding : regimen.path("findings")) {
      out.printf(
          "  %-8s%-6s%s%n",
          finding.path("rule").asText(),
          finding.path("severity").asText(),
          finding.path("message").asText());
    }
  }

  private String of(String what) {
    return "/v1/patients/%s/%s".formatted(patient, what);
  }

  private static String label(JsonNode measurement) {
    return "%s %s %s"
        .formatted(
            measurement.path("analyte").asText(),
            measurement.path("value").asText(),
            measurement.path("unit").asText());
  }

  private String create(String service, String path, JsonNode body, String id, String label) {
    out.printf("  POST %s%n", path);
    show(body);
    long began = System.nanoTime();
    var answer = api.post(service, path, body, UUID.randomUUID().toString()).requireSuccess();
    out.printf("  %d after %d ms%n", answer.status(), millisSince(began, System.nanoTime()));
    var created = answer.json().required(id).asText();
    posted.put(created, label);
    return created;
  }

  /// Prints every forecast of the patient until one was made with all of the inputs.
  private void awaitForecast(long began, Set<String> inputs) {
    Heard heard;
    do {
      heard = forecasts.next(event -> event.patient().equals(patient), PATIENCE);
      if (heard == null) {
        throw new StackFailure(
            "No forecast with %s came within %d s; look into the services' logs."
                .formatted(inputs.stream().map(posted::get).toList(), PATIENCE.toSeconds()));
      }
      print(heard, began);
    } while (!inputs.stream().allMatch(heard::used));
  }

  private void print(Heard heard, long began) {
    var newInputs =
        posted.entrySet().stream()
            .filter(input -> heard.used(input.getKey()) && used.add(input.getKey()))
            .map(Map.Entry::getValue)
            .sorted()
            .collect(Collectors.joining(", "));
    out.printf(
        "  forecast on Kafka %d ms after the posting, because of %s%n%s",
        millisSince(began, heard.nanos()), newInputs, DemoForecast.of(heard));
  }

  private static long millisSince(long began, long ended) {
    return Duration.ofNanos(ended - began).toMillis();
  }

  /// A value in ng/mL under the label ng/L is off by a factor of 1000, the classic of CTX.
  private void sendInTheWrongUnit(JsonNode ctx) {
    title("A mistake: the same CTX in ng/mL, labelled ng/L");
    var wrong = ((ObjectNode) ctx.deepCopy()).put("unit", "ng/L");
    wrong.putObject("source").put("system", "urn:trabecula:demo-story").put("id", run + "-wrong");
    out.printf("  POST %s%n", of("measurements"));
    show(wrong);
    var answer = api.post(PATIENT, of("measurements"), wrong, UUID.randomUUID().toString());
    if (answer.status() != 400) {
      throw new StackFailure(
          "A CTX that is off by a factor of 1000 was answered with %d.".formatted(answer.status()));
    }
    out.printf("  %d, nothing stored, nothing published:%n", answer.status());
    show(answer.json());
  }

  private void askTheRegulators(JsonNode regimen) {
    title("What the regulators say of the regimen, and of testosterone");
    for (JsonNode step : regimen.required("steps")) {
      askTheRegulators(step.required("agent").asText());
    }
    askTheRegulators("testosterone-cypionate");
  }

  private void askTheRegulators(String agent) {
    for (String region : REGIONS) {
      var path = "/v1/regulatory-flags?region=%s&agent=%s".formatted(region, agent);
      var answer = api.get(PROTOCOL, path).requireSuccess().json();
      for (JsonNode flag : answer.path("flags")) {
        out.printf(
            "  %-24s%-4s%-6s%-17s%s, %s (as of %s)%n",
            agent,
            region,
            answer.path("authority").asText(),
            flag.path("status").asText(),
            flag.path("population").asText("anyone"),
            flag.path("indication").asText("any use"),
            flag.path("asOf").asText("?"));
      }
    }
  }

  private void sayWhatNext() {
    title("Try next");
    out.printf(
        """
          export TOKEN=$(./trabecula token --role clinician)
          curl -H "Authorization: Bearer $TOKEN" %s
          curl -H "Authorization: Bearer $TOKEN" %s
          ./trabecula bench latency
        """,
        api.address(PROJECTION, of("forecast")), api.address(PATIENT, of("measurements")));
  }

  private void title(String text) {
    step++;
    out.printf("%n%d. %s%n", step, text);
  }

  /// Breaks after a comma where the line would get longer than a terminal is wide.
  private void show(JsonNode body) {
    var line = new StringBuilder("   ");
    for (String part : body.toString().split("(?<=,)", -1)) {
      if (line.length() + part.length() > WIDTH) {
        out.println(line);
        line = new StringBuilder("     ");
      }
      line.append(line.length() == 3 ? " " : "").append(part);
    }
    out.println(line);
  }
}
