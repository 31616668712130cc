package org.trabecula.patient.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.patient.Clinic;
import org.trabecula.patient.Published;

/// What our rules say of measurements, how they are corrected, and how they go, over HTTP.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class QualityIT {
  private static final String CTX =
      """
      {"analyte": "ctx", "value": 412, "unit": "ng/L", "effectiveAt": "2026-01-05T08:10:00Z",
       "fasting": "YES", "method": "Elecsys", "laboratory": "North", "source": {"system": "lis", "id": "A1"}}""";
  private static final String WOMAN =
      """
      {"sexForClinicalUse": "FEMALE", "birth": "1988-04", "menopause": {"status": "PREMENOPAUSAL"}}""";

  TestStack stack;
  private Clinic clinic;
  private String patient;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
    patient = clinic.patient();
  }

  @Test
  void keepsWhatWasSaidBesideTheValue() {
    String body =
        """
        {"analyte": "ctx", "value": 0.412, "unit": "mcg/L", "effectiveAt": "2026-01-05T08:10:00Z", "fasting": "YES",
         "method": "Elecsys", "laboratory": "North", "specimen": "EDTA plasma", "note": "drawn at home",
         "referenceInterval": {"low": 0.177, "high": 1.015}}""";
    post(body)
        .then()
        .statusCode(201)
        .body("value.value", is(412))
        .body("original.unit", is("ug/L"))
        .body("unitAsSent", is("mcg/L"))
        .body("specimen", is("EDTA plasma"))
        .body("note", is("drawn at home"))
        .body("referenceInterval.low", is(177))
        .body("referenceInterval.high", is(1015))
        .body("referenceInterval.basis", is("LABORATORY"))
        .body("interpretation", is("NORMAL"))
        .body("findings", empty());
    String event = published(1).getFirst().value();
    assertThat(Published.faults(EventType.MEASUREMENT_RECORDED, event)).isEmpty();
    assertThat(event).contains("\"interpretation\":\"NORMAL\"").doesNotContain("drawn at home");
    post(body).then().statusCode(200).header("ETag", "\"1\"");
  }

  @Test
  void believesAnImplausibleValueOnlyWhenItsUnitIsConfirmed() {
    String high = CTX.replace("412", "5600");
    post(high)
        .then()
        .statusCode(400)
        .body("violations[0].field", is("value"))
        .body("violations[0].message", containsString("send it with unitConfirmed"));
    assertThat(clinic.rows("measurement")).isZero();
    post(high.replace("\"fasting\"", "\"unitConfirmed\": true, \"fasting\""))
        .then()
        .statusCode(201)
        .body("unitConfirmed", is(true))
        .body("findings.rule", contains("DATA-02b"));
    post(CTX.replace("412", "412000")
            .replace("\"fasting\"", "\"unitConfirmed\": true, \"fasting\"")
            .replace("A1", "A2"))
        .then()
        .statusCode(400)
        .body("violations[0].message", containsString("No confirmation of the unit"));
  }

  @Test
  void refusesAReferenceIntervalUpsideDown() {
    post(CTX.replace(
            "\"fasting\"", "\"referenceInterval\": {\"low\": 5, \"high\": 1}, \"fasting\""))
        .then()
        .statusCode(400)
        .body("violations[0].field", is("referenceInterval"));
  }

  @Test
  void findingsTravelWithTheMeasurement() {
    post(CTX.replace("YES", "UNKNOWN"))
        .then()
        .statusCode(201)
        .body("findings.rule", contains("DATA-03"))
        .body("findings[0].severity", is("WARN"))
        .body("findings[0].excludes", contains("VERDICT"))
        .body("withoutReferenceInterval", is("The sex for clinical use is not known."));
    String event = published(1).getFirst().value();
    assertThat(Published.faults(EventType.MEASUREMENT_RECORDED, event)).isEmpty();
    assertThat(event).contains("\"rule\":\"DATA-03\"");
  }

  @Test
  void asksAgainWhenANeighbourArrives() {
    String igf =
        """
        {"analyte": "igf-1", "value": 150, "unit": "ug/L", "effectiveAt": "2026-01-05T08:10:00Z",
         "source": {"system": "lis", "id": "I1"}}""";
    String id = post(igf).then().body("findings.rule", contains("DATA-14")).extract().path("id");
    String score =
        """
        {"analyte": "igf-1-z-score", "value": 0.3, "unit": "{Z-score}", "effectiveAt": "2026-01-05T08:10:00Z",
         "source": {"system": "lis", "id": "I2"}}""";
    String scoreId = post(score).then().statusCode(201).extract().path("id");
    get(id).then().header("ETag", "\"2\"").body("findings", empty());
    published(3);
    post(igf).then().statusCode(200).header("ETag", "\"2\"");
    post(score).then().statusCode(200).header("ETag", "\"1\"");
    withdraw(scoreId, "\"1\"", "ENTERED_IN_ERROR").then().statusCode(200);
    get(id).then().header("ETag", "\"3\"").body("findings.rule", contains("DATA-14"));
    published(5);
    clinic
        .clinician()
        .get("/v1/patients/{p}/measurements/{id}/versions", patient, id)
        .then()
        .statusCode(200)
        .body("version", contains(1, 2, 3))
        .body("findings.rule.flatten()", contains("DATA-14", "DATA-14"));
  }

  @Test
  void asksAgainWhenThePatientChanges() {
    String id = post(CTX).then().body("referenceInterval", nullValue()).extract().path("id");
    post(weight());
    revise("\"1\"", WOMAN).then().statusCode(200);
    get(id)
        .then()
        .header("ETag", "\"2\"")
        .body("referenceInterval.high", is(791))
        .body("interpretation", is("NORMAL"))
        .body("withoutReferenceInterval", nullValue());
    published(3);
    revise("\"2\"", WOMAN.replace("\"birth\"", "\"heightCm\": 165, \"birth\""))
        .then()
        .statusCode(200);
    post(CTX).then().statusCode(200).header("ETag", "\"2\"");
    published(3);
  }

  @Test
  void saysWhatABiotinIntakeMeansForResultsThatAreThereUntilItIsTakenBack() {
    String id = post(CTX).then().body("findings", empty()).extract().path("id");
    String path = "/v1/patients/" + patient + "/facts/biotin-intake";
    String high = "{\"value\": {\"value\": 10, \"unit\": \"mg/d\"}, \"statedOn\": \"2026-01-04\"}";
    clinic.json(high).put(path).then().statusCode(201);
    get(id)
        .then()
        .header("ETag", "\"2\"")
        .body("findings.rule", contains("DATA-04"))
        .body("findings[0].severity", is("WARN"))
        .body("findings[0].message", containsString("10 mg/d"));
    assertThat(published(2).getLast().value()).contains("DATA-04");
    clinic
        .json(high.replace("10", "2"))
        .header("If-Match", "\"1\"")
        .put(path)
        .then()
        .statusCode(200);
    get(id).then().header("ETag", "\"3\"").body("findings", empty());
    clinic.json(high).header("If-Match", "\"2\"").put(path).then().statusCode(200);
    get(id).then().body("findings.rule", contains("DATA-04"));
    clinic.clinician().header("If-Match", "\"3\"").delete(path).then().statusCode(204);
    get(id).then().header("ETag", "\"5\"").body("findings", empty());
    assertThat(published(5).getLast().value()).doesNotContain("DATA-04");
  }

  @Test
  void saysWhatAFractureMeansForResultsThatAreThereUntilItIsTakenBack() {
    String id = post(CTX).then().body("findings", empty()).extract().path("id");
    String before = post(p1np("40", "2025-03-03")).path("id");
    String path = "/v1/patients/" + patient + "/facts/fragility-fracture/occurrences";
    String fracture =
        clinic
            .json("{\"presence\": \"PRESENT\", \"since\": \"2025-10-20\"}")
            .post(path)
            .then()
            .statusCode(201)
            .extract()
            .header("Location");
    get(id)
        .then()
        .header("ETag", "\"2\"")
        .body("findings.rule", contains("DATA-07a"))
        .body("findings[0].message", containsString("2025-10-20"));
    get(before).then().header("ETag", "\"1\"").body("findings", empty());
    assertThat(published(3).getLast().value()).contains("DATA-07a");
    clinic.clinician().header("If-Match", "\"1\"").delete(fracture).then().statusCode(204);
    get(id).then().header("ETag", "\"3\"").body("findings", empty());
    assertThat(published(4).getLast().value()).doesNotContain("DATA-07a");
    clinic
        .clinician()
        .get("/v1/patients/{p}/measurements/{id}/versions", patient, id)
        .then()
        .body("findings.rule", is(List.of(List.of(), List.of("DATA-07a"), List.of())));
  }

  @Test
  void readsATScoreByTheMenopausalStateOfWhichItIsTold() {
    String id =
        post("""
                {"analyte": "t-score-total-hip", "value": -1.5, "unit": "{T-score}", "effectiveAt": "2026-01-05"}""")
            .path("id");
    get(id).then().body("findings.rule", contains("DATA-10"));
    String woman = "{\"sexForClinicalUse\": \"FEMALE\", \"birth\": \"1960-04\"%s}";
    revise("\"1\"", woman.formatted("")).then().statusCode(200);
    String path = "/v1/patients/" + patient + "/facts/menopause";
    clinic
        .json("{\"presence\": \"PRESENT\", \"since\": \"2012\"}")
        .put(path)
        .then()
        .statusCode(201);
    get(id).then().header("ETag", "\"2\"").body("findings", empty());
    assertThat(published(2).getLast().value()).doesNotContain("DATA-10");
    clinic.clinician().header("If-Match", "\"1\"").delete(path).then().statusCode(204);
    get(id).then().header("ETag", "\"3\"").body("findings.rule", contains("DATA-10"));
    assertThat(published(3).getLast().value()).contains("DATA-10");
    revise("\"4\"", woman.formatted(", \"menopause\": {\"status\": \"POSTMENOPAUSAL\"}"))
        .then()
        .statusCode(200);
    get(id).then().header("ETag", "\"4\"").body("findings", empty());
    assertThat(published(4).getLast().value()).doesNotContain("DATA-10");
  }

  /// Two results of one series that are recorded at once must see each other, whichever is first.
  @Test
  void missesNoNeighbourThatIsRecordedAtTheSameTime() throws Exception {
    var calls = new ArrayList<Callable<Integer>>();
    for (int month = 1; month <= 9; month++) {
      String body = p1np("40", "2025-0" + month + "-03");
      calls.add(() -> post(body).statusCode());
    }
    try (var threads = Executors.newFixedThreadPool(9)) {
      for (var call : threads.invokeAll(calls)) {
        assertThat(call.get()).isEqualTo(201);
      }
    }
    List<List<String>> rules =
        clinic
            .clinician()
            .get("/v1/patients/{p}/measurements?analyte=p1np", patient)
            .jsonPath()
            .getList("items.findings.rule");
    assertThat(rules).hasSize(9);
    assertThat(rules.getFirst()).isEmpty();
    assertThat(rules.subList(1, 9)).allMatch(List.of("DATA-06")::equals);
  }

  @Test
  void aResultThatArrivesLateIsReadBeforeThoseThatFollowIt() {
    String later =
        post(p1np("40", "2025-09-03")).then().body("findings", empty()).extract().path("id");
    post(p1np("41", "2025-03-03")).then().statusCode(201).body("findings", empty());
    get(later).then().header("ETag", "\"2\"").body("findings.rule", contains("DATA-06"));
    published(3);
  }

  @Test
  void correctsTheVersionThatTheCallerHasSeen() {
    String id = post(CTX).path("id");
    String corrected = CTX.replace("412", "420");
    put(id, null, corrected).then().statusCode(428);
    put(id, "\"7\"", corrected).then().statusCode(412);
    put(id, "\"1\"", corrected)
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("status", is("CORRECTED"))
        .body("value.value", is(420));
    put(id, "\"1\"", corrected).then().statusCode(200).header("ETag", "\"2\"");
    published(2);
    put(id, "\"2\"", corrected.replace("420", "412000"))
        .then()
        .statusCode(400)
        .body("violations[0].field", is("value"));
    put(id, "\"2\"", corrected.replace("A1", "A2"))
        .then()
        .statusCode(400)
        .body("violations[0].field", is("source"));
    put(id, "\"2\"", corrected.replace("\"fasting\"", "\"status\": \"PRELIMINARY\", \"fasting\""))
        .then()
        .statusCode(409);
    put("00000000-0000-4000-8000-000000000000", "\"1\"", corrected).then().statusCode(404);
    assertThat(clinic.rows("measurement_superseded")).isEqualTo(1);
    clinic
        .clinician()
        .get("/v1/patients/{p}/measurements/{id}/versions", patient, id)
        .then()
        .body("version", contains(1, 2))
        .body("status", contains("FINAL", "CORRECTED"))
        .body("[0].value.value", is(412))
        .body("[0].source.id", is("A1"));
  }

  @Test
  void correctsAMeasurementThatHasNoKeyOfItsSource() {
    String unnamed = CTX.replaceFirst(",\\s*\"source\": \\{[^}]*}", "");
    String id = post(unnamed).path("id");
    put(id, "\"1\"", unnamed.replace("Elecsys", "iSYS"))
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("id", is(id));
    assertThat(clinic.rows("measurement")).isEqualTo(1);
  }

  @Test
  void withdrawsWithAReasonAndOnlyOnce() {
    String id = post(CTX).path("id");
    withdraw(id, null, "ENTERED_IN_ERROR").then().statusCode(428);
    withdraw(id, "\"2\"", "ENTERED_IN_ERROR").then().statusCode(412);
    withdraw(id, "\"1\"", "because of Mrs Quackenbush")
        .then()
        .statusCode(400)
        .body("violations[0].field", is("reason"));
    withdraw(id, "\"1\"", "SPECIMEN_UNFIT")
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("status", is("WITHDRAWN"))
        .body("withdrawnBecause", is("specimen-unfit"));
    withdraw(id, "\"1\"", "SPECIMEN_UNFIT").then().statusCode(200).header("ETag", "\"2\"");
    put(id, "\"2\"", CTX.replace("412", "420")).then().statusCode(409);
    post(CTX).then().statusCode(200).body("status", is("WITHDRAWN"));
    assertThat(published(2).getLast().value()).contains("\"reason\":\"specimen-unfit\"");
    list("status=WITHDRAWN").then().body("items", hasSize(1));
    list("status=FINAL").then().body("items", empty());
    list("status=GONE").then().statusCode(400).body("violations[0].field", is("status"));
  }

  @ParameterizedTest
  @CsvSource({"clinician, 200", "integration, 200", "viewer, 200"})
  void showsATrend(String role, int status) {
    post(p1np("40", "2025-03-03"));
    post(p1np("60", "2025-09-03"));
    clinic
        .as(role)
        .get("/v1/patients/{p}/trends?analyte=p1np", patient)
        .then()
        .statusCode(status)
        .body("unit", is("ug/L"))
        .body("definition", containsString("two-sided"))
        .body("series", hasSize(1))
        .body("series[0].laboratory", is("North"))
        .body("series[0].points[0].sinceBaseline.reason", containsString("first of its series"))
        .body("series[0].points[1].value", is(60))
        .body("series[0].points[1].sincePrevious.verdict", is("INCREASED"))
        .body("series[0].points[1].sincePrevious.percent", is(50.0f))
        .body("series[0].points[1].sincePrevious.absolute", is(20))
        .body("series[0].points[1].sincePrevious.leastSignificantChange.basis", is("DEFAULT"));
  }

  @Test
  void refusesATrendOfWhatIsNoAnalyteOrNobody() {
    clinic
        .clinician()
        .get("/v1/patients/{p}/trends", patient)
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("analyte"));
    clinic.clinician().get("/v1/patients/{p}/trends?analyte=bones", patient).then().statusCode(400);
    clinic
        .clinician()
        .get("/v1/patients/00000000-0000-4000-8000-000000000000/trends?analyte=ctx")
        .then()
        .statusCode(404);
    Clinic.of(stack)
        .clinician()
        .get("/v1/patients/{p}/trends?analyte=ctx", patient)
        .then()
        .statusCode(404);
  }

  private static String p1np(String value, String at) {
    return """
        {"analyte": "p1np", "value": %s, "unit": "ug/L", "effectiveAt": "%s", "method": "Elecsys", "laboratory": "North"}"""
        .formatted(value, at);
  }

  private static String weight() {
    return """
        {"analyte": "body-weight", "value": 70, "unit": "kg", "effectiveAt": "2026-01-05"}""";
  }

  private Response post(String body) {
    return clinic.json(body).post("/v1/patients/{p}/measurements", patient);
  }

  private Response get(String id) {
    return clinic.clinician().get("/v1/patients/{p}/measurements/{id}", patient, id);
  }

  private Response list(String query) {
    return clinic.clinician().get("/v1/patients/" + patient + "/measurements?" + query);
  }

  private Response put(String id, String ifMatch, String body) {
    var request = clinic.json(body);
    return (ifMatch == null ? request : request.header("If-Match", ifMatch))
        .put("/v1/patients/{p}/measurements/{id}", patient, id);
  }

  private Response withdraw(String id, String ifMatch, String reason) {
    var request = clinic.clinician().queryParam("reason", reason);
    return (ifMatch == null ? request : request.header("If-Match", ifMatch))
        .delete("/v1/patients/{p}/measurements/{id}", patient, id);
  }

  private Response revise(String ifMatch, String body) {
    return clinic.json(body).header("If-Match", ifMatch).put("/v1/patients/{p}", patient);
  }

  private List<ConsumerRecord<String, String>> published(int events) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(clinic.rows("outbox")).isZero();
              assertThat(Published.by(clinic, Topic.PATIENT_MEASUREMENT)).hasSize(events);
            });
    return Published.by(clinic, Topic.PATIENT_MEASUREMENT);
  }
}
