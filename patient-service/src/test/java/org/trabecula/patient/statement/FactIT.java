package org.trabecula.patient.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
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

@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class FactIT {
  private static final String DIABETES =
      """
      {"presence": "PRESENT", "since": "2019-06", "statedOn": "2025-11-20"}
      """;

  TestStack stack;
  private Clinic clinic;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
  }

  @Test
  void theCatalogueSaysWhatCanBeKnown() {
    clinic
        .as("viewer")
        .get("/v1/facts")
        .then()
        .statusCode(200)
        .body("items.code", hasItem("type-2-diabetes"))
        .body("items.find { it.code == 'systolic-bp' }.staleness.days", is(90));
  }

  @Test
  void nothingIsPresumed() {
    String id = clinic.patient();
    clinic
        .as("viewer")
        .get("/v1/patients/{id}/facts", id)
        .then()
        .statusCode(200)
        .body("items.answer.unique()", contains("UNKNOWN"))
        .body("items.findAll { it.stale }", empty());
  }

  @Test
  void theProfileItsVersionAndItsEventFollowTheClinicsWord() {
    String id = clinic.patient("{\"birth\": \"1966-04\"}");
    put(id, "type-2-diabetes", null, DIABETES)
        .then()
        .statusCode(201)
        .header("ETag", "\"1\"")
        .body("answer", is("PRESENT"))
        .body("since", is("2019-06"))
        .body("source.system", is(Statement.CLINIC));
    put(id, "dietary-calcium", null, "{\"value\": {\"value\": 0.85, \"unit\": \"g/d\"}}")
        .then()
        .statusCode(201)
        .body("value.value", is(850))
        .body("value.unit", is("mg/d"));
    put(id, "alcohol", null, "{\"coded\": \"less-than-3-units-a-day\"}").then().statusCode(201);
    clinic
        .clinician()
        .get("/v1/patients/{id}", id)
        .then()
        .header("ETag", "\"4\"")
        .body("facts.code", contains("alcohol", "dietary-calcium", "type-2-diabetes"));
    JsonPath event = published(4);
    assertThat(event.getString("facts.find { it.code == 'type-2-diabetes' }.statedOn"))
        .isEqualTo("2025-11-20");
    assertThat(event.getInt("facts.find { it.code == 'dietary-calcium' }.value.value"))
        .isEqualTo(850);
  }

  @Test
  void whoChangesTheClinicsWordNamesTheVersionTheyHaveSeen() {
    String id = clinic.patient();
    String fact = "type-2-diabetes";
    put(id, fact, "\"1\"", DIABETES).then().statusCode(412);
    put(id, fact, null, DIABETES).then().statusCode(201);
    put(id, fact, null, DIABETES)
        .then()
        .statusCode(428)
        .body("violations.field", hasItem("If-Match"));
    put(id, fact, "\"1\"", DIABETES).then().statusCode(200).header("ETag", "\"1\"");
    String absent = "{\"presence\": \"ABSENT\"}";
    clinic
        .json(absent)
        .header("If-None-Match", "*")
        .put("/v1/patients/{id}/facts/{code}", id, fact)
        .then()
        .statusCode(412)
        .body("violations.field", hasItem("If-None-Match"));
    put(id, fact, "\"1\"", absent).then().statusCode(200).header("ETag", "\"2\"");
    put(id, fact, "\"1\"", DIABETES).then().statusCode(412);
    assertThat(clinic.rows("patient_version")).isEqualTo(3);
  }

  @Test
  void whatTheClinicTakesBackIsUnknownAgainAndMayBeSaidAgain() {
    String id = clinic.patient();
    String path = "/v1/patients/" + id + "/facts/type-2-diabetes";
    clinic.clinician().delete(path).then().statusCode(404);
    put(id, "type-2-diabetes", null, DIABETES);
    clinic.clinician().delete(path).then().statusCode(428);
    clinic.clinician().header("If-Match", "\"1\"").delete(path).then().statusCode(204);
    clinic
        .clinician()
        .get(path)
        .then()
        .statusCode(200)
        .header("ETag", nullValue())
        .body("answer", is("UNKNOWN"));
    put(id, "type-2-diabetes", null, DIABETES).then().header("ETag", "\"3\"");
    clinic
        .clinician()
        .get(path + "/versions")
        .then()
        .body("items.version", contains(1, 2, 3))
        .body("items.standing", contains("ACTIVE", "WITHDRAWN", "ACTIVE"))
        .body("items[0].content.since", is("2019-06"));
    clinic
        .clinician()
        .get("/v1/patients/{id}/versions", id)
        .then()
        .body("items.version", contains(1, 2, 3, 4));
    clinic
        .clinician()
        .get("/v1/patients/{id}/versions/3", id)
        .then()
        .statusCode(200)
        .body("facts", nullValue());
    clinic
        .clinician()
        .get("/v1/patients/{id}/versions/2", id)
        .then()
        .body("facts.code", contains("type-2-diabetes"));
    clinic.clinician().get("/v1/patients/{id}/versions/9", id).then().statusCode(404);
  }

  @Test
  void everyTimeOfAnEventIsKept() {
    String id = clinic.patient();
    String occurrences = "/v1/patients/" + id + "/facts/fracture/occurrences";
    for (String since : List.of("2019", "2023-02-14", "2023-02-14")) {
      clinic
          .json("{\"presence\": \"PRESENT\", \"since\": \"" + since + "\"}")
          .post(occurrences)
          .then()
          .body("answer", is("PRESENT"));
    }
    var fact = clinic.clinician().get("/v1/patients/{id}/facts/fracture", id);
    fact.then().body("occurrences.since", contains("2019", "2023-02-14"));
    clinic
        .clinician()
        .header("If-Match", "\"1\"")
        .delete(occurrences + "/" + fact.path("occurrences[0].id"))
        .then()
        .statusCode(204);
    clinic
        .clinician()
        .get("/v1/patients/{id}", id)
        .then()
        .body("facts.since", contains("2023-02-14"));
    clinic
        .json("{\"presence\": \"PRESENT\"}")
        .post("/v1/patients/{id}/facts/angina/occurrences", id)
        .then()
        .statusCode(404);
  }

  @Test
  void anAnswerThatIsTooOldIsStale() {
    String id = clinic.patient();
    String longAgo = LocalDate.now().minusDays(400).toString();
    put(id, "therapy-review", null, "{\"presence\": \"PRESENT\", \"since\": \"" + longAgo + "\"}")
        .then()
        .statusCode(201)
        .body("stale", is(true));
    measure(id, "hba1c", "6.1", "%", longAgo);
    measure(id, "systolic-bp", "128", "mm[Hg]", LocalDate.now().minusDays(2).toString());
    clinic
        .clinician()
        .get("/v1/patients/{id}/facts", id)
        .then()
        .body("items.findAll { it.stale }.code", contains("therapy-review", "hba1c"))
        .body("items.find { it.code == 'systolic-bp' }.value.value", is(128))
        .body("items.find { it.code == 'systolic-bp' }.measuredAt", notNullValue());
  }

  @Test
  void aFactAnswersWhatTheProfileLeavesUnknown() {
    String id = clinic.patient("{\"sexForClinicalUse\": \"FEMALE\"}");
    put(id, "hysterectomy", null, "{\"presence\": \"PRESENT\"}").then().statusCode(201);
    put(id, "menopause", null, "{\"presence\": \"PRESENT\", \"since\": \"2017-08\"}")
        .then()
        .statusCode(201);
    JsonPath event = published(3);
    assertThat(event.getString("uterus")).isEqualTo("ABSENT");
    assertThat(event.getString("menopause.status")).isEqualTo("POSTMENOPAUSAL");
    assertThat(event.getString("menopause.finalPeriod")).isEqualTo("2017-08");
    clinic
        .json("{\"sexForClinicalUse\": \"FEMALE\", \"uterus\": \"PRESENT\"}")
        .header("If-Match", "\"3\"")
        .put("/v1/patients/{id}", id)
        .then()
        .statusCode(200)
        .body("facts.code", contains("hysterectomy", "menopause"));
    assertThat(published(4).getString("uterus")).isEqualTo("PRESENT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type-2-diabetes | {} | presence",
        "type-2-diabetes | {\"presence\": \"MAYBE\"} | presence",
        "type-2-diabetes | {\"presence\": \"PRESENT\", \"coded\": \"x\"} | coded",
        "type-2-diabetes | {\"presence\": \"ABSENT\", \"since\": \"2019\"} | since",
        "type-2-diabetes | {\"presence\": \"PRESENT\", \"since\": \"2199\"} | since",
        "type-2-diabetes | {\"presence\": \"PRESENT\", \"since\": \"1950-01-31\"} | since",
        "type-2-diabetes | {\"presence\": \"PRESENT\", \"since\": \"2019-02-30\"} | since",
        "type-2-diabetes | {\"presence\": \"PRESENT\", \"since\": \"2019\", \"until\": \"2018-12\"} | until",
        "type-2-diabetes | {\"presence\": \"PRESENT\", \"statedOn\": \"2199-01-01\"} | statedOn",
        "type-2-diabetes | {\"presence\": \"PRESENT\", \"onset\": \"2019\"} | onset",
        "ipss | {\"value\": {\"value\": 36, \"unit\": \"{score}\"}} | value.value",
        "ipss | {\"value\": {\"value\": 12}} | value.unit",
        "ipss | {\"value\": {\"unit\": \"{score}\"}} | value.value",
        "ipss | {\"value\": {\"value\": 1e400, \"unit\": \"{score}\"}} | value.value",
        "ipss | {\"presence\": \"PRESENT\", \"value\": {\"value\": 12, \"unit\": \"{score}\"}} | presence",
        "ipss | {} | value",
        "dietary-calcium | {\"value\": {\"value\": 850, \"unit\": \"mg\"}} | value.unit",
        "dietary-calcium | {\"value\": {\"value\": 850, \"unit\": \"g/d\"}} | value.value",
        "alcohol | {\"coded\": \"a-lot\"} | coded",
        "alcohol | {} | coded",
        "systolic-bp | {\"value\": {\"value\": 120, \"unit\": \"mm[Hg]\"}} | code"
      })
  void whatCannotBeRightNamesTheFieldAndStoresNothing(String code, String body, String field) {
    String id = clinic.patient("{\"birth\": \"1966-04\"}");
    put(id, code, null, body).then().statusCode(400).body("violations.field", hasItem(field));
    assertThat(clinic.rows("statement")).isZero();
    assertThat(clinic.rows("patient_version")).isEqualTo(1);
  }

  @Test
  void isNotFoundUnderAnUnknownCodeOrPatientOrClinic() {
    String id = clinic.patient();
    put(id, "tallness", null, DIABETES).then().statusCode(404);
    put("00000000-0000-0000-0000-000000000001", "headache", null, DIABETES).then().statusCode(404);
    Clinic other = Clinic.of(stack);
    other.clinician().get("/v1/patients/{id}/facts", id).then().statusCode(404);
    other.json(DIABETES).put("/v1/patients/{id}/facts/type-2-diabetes", id).then().statusCode(404);
    clinic
        .as("viewer")
        .contentType("application/json")
        .body(DIABETES)
        .put("/v1/patients/{id}/facts/type-2-diabetes", id)
        .then()
        .statusCode(403);
  }

  @Test
  void aRepeatedRequestHasOneEffectAndTheFirstAnswer() {
    String id = clinic.patient();
    for (int i = 0; i < 2; i++) {
      clinic
          .json(DIABETES)
          .header("Idempotency-Key", "k")
          .put("/v1/patients/{id}/facts/type-2-diabetes", id)
          .then()
          .statusCode(201)
          .header("ETag", "\"1\"");
    }
    assertThat(clinic.rows("patient_version")).isEqualTo(2);
  }

  @Test
  void fiftyFactsAtOnceMakeFiftyRevisions() throws Exception {
    String id = clinic.patient();
    List<String> codes =
        clinic
            .clinician()
            .get("/v1/facts")
            .jsonPath()
            .<String>getList(
                "items.findAll { it.kind == 'CONDITION' && it.implies.isEmpty() }.code")
            .subList(0, 50);
    assertThat(atOnce(codes.stream().map(code -> put(id, code)).toList())).containsOnly(201);
    clinic
        .clinician()
        .get("/v1/patients/{id}", id)
        .then()
        .header("ETag", "\"51\"")
        .body("facts", hasSize(50));
    assertThat(published(51).getList("facts")).hasSize(50);
  }

  @Test
  void oneOfFiftyFirstWordsAtOnceIsTheFirst() throws Exception {
    String id = clinic.patient();
    var calls = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 50; i++) {
      calls.add(put(id, "headache"));
    }
    assertThat(atOnce(calls)).containsOnlyOnce(201).containsOnly(201, 428);
    assertThat(clinic.rows("statement")).isEqualTo(1);
    assertThat(clinic.rows("patient_version")).isEqualTo(2);
  }

  private Callable<Integer> put(String id, String code) {
    return () -> put(id, code, null, "{\"presence\": \"PRESENT\"}").statusCode();
  }

  private static List<Integer> atOnce(List<Callable<Integer>> calls) throws Exception {
    try (var threads = Executors.newFixedThreadPool(calls.size())) {
      var statuses = new ArrayList<Integer>();
      for (var call : threads.invokeAll(calls)) {
        statuses.add(call.get());
      }
      return statuses;
    }
  }

  private Response put(String id, String code, @Nullable String ifMatch, String body) {
    var request = clinic.json(body);
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    return request.put("/v1/patients/{id}/facts/{code}", id, code);
  }

  private void measure(String id, String analyte, String value, String unit, String at) {
    clinic
        .json(
            """
            {"analyte": "%s", "value": %s, "unit": "%s", "effectiveAt": "%s"}
            """
                .formatted(analyte, value, unit, at))
        .post("/v1/patients/{id}/measurements", id)
        .then()
        .statusCode(201);
  }

  /// The latest of so many profiles; each is as the contract says.
  private JsonPath published(int events) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(Published.by(clinic, Topic.PATIENT_PROFILE)).hasSize(events));
    var records = Published.by(clinic, Topic.PATIENT_PROFILE);
    assertThat(records)
        .allSatisfy(
            record ->
                assertThat(Published.faults(EventType.PROFILE_RECORDED, record.value())).isEmpty());
    return records.stream()
        .map(record -> JsonPath.from(record.value()))
        .max(Comparator.comparing(json -> json.getInt("version")))
        .orElseThrow();
  }
}
