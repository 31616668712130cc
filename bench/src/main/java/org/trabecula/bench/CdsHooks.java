package org.trabecula.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.trabecula.localstack.ClinicApi;
import org.trabecula.localstack.Logging;
import org.trabecula.localstack.Stack;
import org.trabecula.localstack.StackFailure;
import org.trabecula.localstack.StackOptions;

/// How long protocol-service takes to answer CDS Hooks: `order-sign` with three drafts, for a woman
/// with an active regimen and thirty results. Requests come at a rate, whether or not the earlier
/// ones are answered; a late start counts as latency.
///
/// The services run with a PostgreSQL and a broker of their own, which are gone afterwards.
final class CdsHooks {
  private static final String CLINIC = "bench";
  private static final int PER_SECOND = 50;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration MEASURED = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int RESULTS_EACH = 3;

  /// Unremarkable values in the unit of the analyte.
  private record Result(String analyte, double value, String unit) {}

  private static final List<Result> RESULTS =
      List.of(
          new Result("ctx", 420, "ng/L"),
          new Result("p1np", 52, "ug/L"),
          new Result("estradiol", 160, "pmol/L"),
          new Result("testosterone", 0.9, "nmol/L"),
          new Result("fsh", 60, "[IU]/L"),
          new Result("haematocrit", 41, "%"),
          new Result("hba1c", 5.4, "%"),
          new Result("25-oh-vitamin-d", 78, "nmol/L"),
          new Result("calcium", 2.35, "mmol/L"),
          new Result("egfr", 84, "mL/min/{1.73_m2}"));

  private final Path root;
  private final PrintStream out;

  private CdsHooks(Path root, PrintStream out) {
    this.root = root;
    this.out = out;
  }

  /// @throws StackFailure with one sentence when that cannot be done
  static void measure(Path root, PrintStream out) throws IOException {
    Logging.off();
    new CdsHooks(root, out).measure();
  }

  private void measure() throws IOException {
    try (var folder = TemporaryFolder.make();
        var stack = Stack.start(StackOptions.forTests(root, folder.path().resolve("data")));
        var api = new ClinicApi(stack::service, () -> stack.token("clinician", CLINIC));
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String patient = patient(api);
      HttpRequest request = request(stack, patient);
      out.printf(
          "CDS Hooks order-sign with 3 drafts, %d a second on schedule, with everything on this machine:%n",
          PER_SECOND);
      say("warm-up", atARate(http, request, WARM_UP));
      say("measured", atARate(http, request, MEASURED));
      out.printf(
          "  %d results known to rules, %d cards an answer%n",
          known(stack.jdbcUrl("protocol")), cards(send(http, request)));
    } catch (SQLException e) {
      throw new StackFailure("The database cannot be asked: " + e.getMessage(), e);
    }
  }

  private void say(String what, Percentiles latencies) {
    out.printf(
        "  %-9s n %d   p50 %.1f ms   p95 %.1f ms   p99 %.1f ms   max %.1f ms%n",
        what,
        latencies.sorted().size(),
        latencies.at(50),
        latencies.at(95),
        latencies.at(99),
        latencies.at(100));
  }

  private static Percentiles atARate(HttpClient http, HttpRequest request, Duration time) {
    int count = (int) time.toSeconds() * PER_SECOND;
    var answers = new ArrayList<Future<Double>>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      long first = System.nanoTime();
      for (int i = 0; i < count; i++) {
        long scheduled = first + TimeUnit.SECONDS.toNanos(i) / PER_SECOND;
        LockSupport.parkNanos(scheduled - System.nanoTime());
        answers.add(
            clients.submit(
                () -> {
                  send(http, request);
                  return (System.nanoTime() - scheduled) / 1e6;
                }));
      }
      var latencies = new ArrayList<Double>();
      for (Future<Double> answer : answers) {
        latencies.add(answer.get());
      }
      return new Percentiles(latencies);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StackFailure said
          ? said
          : new StackFailure("A request failed.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  private static String send(HttpClient http, HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new StackFailure(
            "protocol-service answered %d: %s".formatted(answer.statusCode(), answer.body()));
      }
      return answer.body();
    } catch (IOException e) {
      throw new StackFailure("protocol-service did not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  private static int cards(String answer) {
    return answer.split("\"summary\"", -1).length - 1;
  }

  private static int known(String jdbcUrl) throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl, "protocol", "protocol");
        var query = connection.createStatement();
        var row = query.executeQuery("select count(*) from known_result where counts")) {
      row.next();
      return row.getInt(1);
    }
  }

  /// @return the id under which all services know her
  private static String patient(ClinicApi api) {
    ObjectNode profile = JsonNodeFactory.instance.objectNode();
    profile
        .putArray("identifiers")
        .addObject()
        .put("system", "urn:trabecula:bench")
        .put("value", UUID.randomUUID().toString());
    profile.put("sexForClinicalUse", "FEMALE").put("birth", "1968-04").put("region", "US");
    profile.put("deceased", false).put("uterus", "PRESENT");
    profile.put("heightCm", 166).put("weightKg", 64);
    profile.putObject("menopause").put("status", "POSTMENOPAUSAL").put("finalPeriod", "2020-01");
    String patient = create(api, ClinicApi.PATIENT, "/v1/patients", profile).path("id").asText();
    String path = "/v1/patients/" + patient;
    for (Result result : RESULTS) {
      for (int i = 1; i <= RESULTS_EACH; i++) {
        create(api, ClinicApi.PATIENT, path + "/measurements", measurement(result, i));
      }
    }
    ObjectNode order = JsonNodeFactory.instance.objectNode();
    order
        .put("start", LocalDate.now(ZoneOffset.UTC).minusMonths(6).toString())
        .putObject("protocol")
        .put("code", "mht-patch-progesterone")
        .put("version", 1);
    create(api, ClinicApi.PROTOCOL, path + "/regimens", order);
    return patient;
  }

  private static ObjectNode measurement(Result result, int monthsAgo) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    var day = LocalDate.now(ZoneOffset.UTC).minusMonths(monthsAgo);
    body.put("analyte", result.analyte())
        .put("value", result.value())
        .put("unit", result.unit())
        .put("effectiveAt", day.atTime(LocalTime.of(8, 0)).toInstant(ZoneOffset.UTC).toString())
        .put("fasting", "YES");
    body.putObject("source")
        .put("system", "urn:trabecula:bench")
        .put("id", result.analyte() + "/" + monthsAgo);
    return body;
  }

  private static JsonNode create(ClinicApi api, String service, String path, ObjectNode body) {
    return api.post(service, path, body, UUID.randomUUID().toString()).requireSuccess().json();
  }

  private static HttpRequest request(Stack stack, String patient) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("hook", "order-sign").put("hookInstance", UUID.randomUUID().toString());
    ObjectNode context = body.putObject("context");
    context.put("userId", "Practitioner/bench").put("patientId", patient);
    var entries = context.putObject("draftOrders").put("resourceType", "Bundle").putArray("entry");
    entries.addObject().set("resource", draft("d1", "estradiol-gel", "45890007", 0.75));
    entries.addObject().set("resource", draft("d2", "progesterone-micronised", "26643006", 100));
    entries.addObject().set("resource", draft("d3", "testosterone-gel", "45890007", 5));
    URI address = stack.service(ClinicApi.PROTOCOL).resolve("/cds-services/trabecula-order-sign");
    return HttpRequest.newBuilder(address)
        .timeout(LONGEST)
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + stack.token("clinician", CLINIC))
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }

  /// @param route of SNOMED CT
  private static ObjectNode draft(String id, String agent, String route, double mg) {
    ObjectNode draft = JsonNodeFactory.instance.objectNode();
    draft
        .put("resourceType", "MedicationRequest")
        .put("id", id)
        .put("status", "draft")
        .put("intent", "order");
    draft
        .putObject("medicationCodeableConcept")
        .putArray("coding")
        .addObject()
        .put("system", "urn:trabecula:agent")
        .put("code", agent);
    draft.putObject("subject").put("reference", "Patient/bench");
    ObjectNode dosage = draft.putArray("dosageInstruction").addObject();
    dosage
        .putObject("timing")
        .putObject("repeat")
        .put("frequency", 1)
        .put("period", 1)
        .put("periodUnit", "d");
    dosage
        .putObject("route")
        .putArray("coding")
        .addObject()
        .put("system", "http://snomed.info/sct")
        .put("code", route);
    dosage
        .putArray("doseAndRate")
        .addObject()
        .putObject("doseQuantity")
        .put("value", mg)
        .put("system", "http://unitsofmeasure.org")
        .put("code", "mg");
    return draft;
  }
}
