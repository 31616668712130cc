package org.trabecula.patient.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
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

@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class TransactionIT {
  private static final String CTX = Bundles.ctx("o1", "412", "ng/L", "");

  TestStack stack;
  private Clinic clinic;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
  }

  @Test
  void publishesWhatTheSchemaAllows() {
    clinic.fhir(Bundles.of(Bundles.PATIENT, CTX)).post("/fhir").then().statusCode(200);
    awaitPublished(Topic.PATIENT_MEASUREMENT, 1);
    Published.by(clinic, Topic.PATIENT_MEASUREMENT)
        .forEach(
            record ->
                assertThat(Published.faults(EventType.MEASUREMENT_RECORDED, record.value()))
                    .isEmpty());
    Published.by(clinic, Topic.PATIENT_PROFILE)
        .forEach(
            record ->
                assertThat(Published.faults(EventType.PROFILE_RECORDED, record.value())).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "\"system\": \"http://unitsofmeasure.org\", \"code\": \"ng/L\" -> \"unit\": \"drops\" -> Bundle.entry[1].resource.value.code -> no UCUM unit",
        "\"code\": \"ng/L\" -> \"code\": \"pmol/L\" -> Bundle.entry[1].resource.value.code -> cannot be converted",
        "\"value\": 412 -> \"value\": 0.412 -> Bundle.entry[1].resource.value.value -> Is it ng/mL",
        "\"value\": 412 -> \"value\": \"much\" -> Bundle.entry[1].resource -> valid",
        "2026-01-05T -> 2999-01-05T -> Bundle.entry[1].resource.effective -> future",
        "2026-01-05T -> 1969-01-05T -> Bundle.entry[1].resource.effective -> birth",
        "2026-01-05T -> 2026-13-05T -> Bundle.entry[1].resource -> valid",
        "\"status\": \"final\" -> \"status\": \"done\" -> Bundle.entry[1].resource -> done",
        "\"status\": \"final\", -> '' -> Bundle.entry[1].resource.status -> required",
        "\"id\": \"o1\" -> \"id\": \"o1\", \"colour\": 1 -> Bundle.entry[1].resource -> colour",
        "\"reference\": \"urn:uuid:7d -> \"reference\": \"urn:uuid:8d -> Bundle.entry[1].resource.subject -> no patient",
        "\"url\": \"Observation\" -> \"url\": \"Observation/1\" -> Bundle.entry[1].request -> POST",
        "\"method\": \"POST\", \"url\": \"Observation\" -> \"method\": \"DELETE\", \"url\": \"Observation\" -> Bundle.entry[1].request -> POST",
        "\"birthDate\": \"1970-03-05\" -> \"birthDate\": \"2999-03-05\" -> Bundle.entry[0].resource.birthDate -> future",
        "\"type\": \"transaction\" -> \"type\": \"collection\" -> Bundle.type -> transaction",
        "\"resourceType\": \"Observation\" -> \"resourceType\": \"Potato\" -> Bundle.entry[1].resource -> Potato",
        "\"resourceType\": \"Bundle\" -> \"resourceType\": \"Patient\" -> '' -> no FHIR Bundle",
      })
  void refusesTheWholeForOneBadEntryAndNamesIt(
      String right, String wrong, String expression, String reason) {
    String bundle = Bundles.of(Bundles.PATIENT, CTX).replace(right, wrong == null ? "" : wrong);
    var answer =
        clinic
            .fhir(bundle)
            .post("/fhir")
            .then()
            .statusCode(400)
            .contentType(containsString("application/fhir+json"))
            .body("resourceType", is("OperationOutcome"))
            .body("issue.diagnostics.join()", containsString(reason));
    if (expression != null && !expression.isEmpty()) {
      answer.body("issue.expression.flatten()", hasItem(expression));
    }
    assertThat(clinic.stored()).isZero();
    assertThat(Published.by(clinic, Topic.PATIENT_PROFILE)).isEmpty();
    assertThat(Published.by(clinic, Topic.PATIENT_MEASUREMENT)).isEmpty();
  }

  @Test
  void namesEveryProblemAtOnce() {
    clinic
        .fhir(
            Bundles.of(
                Bundles.PATIENT,
                Bundles.ctx("o1", "412", "pmol/L", ""),
                CTX,
                Bundles.ctx("o3", "0.4", "ng/L", "")))
        .post("/fhir")
        .then()
        .statusCode(400)
        .body(
            "issue.expression.flatten()",
            is(
                List.of(
                    "Bundle.entry[1].resource.value.code",
                    "Bundle.entry[3].resource.value.value")));
    assertThat(clinic.stored()).isZero();
  }

  @Test
  void refusesWhatIsNoJson() {
    clinic
        .fhir("{\"resourceType\": \"Bundle\", \"entry\": [")
        .post("/fhir")
        .then()
        .statusCode(400)
        .body("issue[0].diagnostics", containsString("no valid JSON"));
    clinic.clinician().contentType("application/fhir+json").post("/fhir").then().statusCode(400);
  }

  @Test
  void storesNothingElseAndSaysSoUnlessAskedToBeStrict() {
    String condition =
        """
        {"resource": {"resourceType": "Condition", "subject": {"reference": "urn:uuid:x"}},
         "request": {"method": "POST", "url": "Condition"}}""";
    String noValue =
        CTX.replaceFirst(
            "\"valueQuantity\": \\{[^}]*}", "\"dataAbsentReason\": {\"text\": \"clotted\"}");
    String femur = CTX.replace("41171-0", "24701-5").replace("412", "0.7").replace("ng/L", "g/cm2");
    String bundle = Bundles.of(Bundles.PATIENT, condition, noValue, femur);
    clinic
        .fhir(bundle)
        .header("Prefer", "handling=strict")
        .post("/fhir")
        .then()
        .statusCode(400)
        .body(
            "issue.expression.flatten()",
            is(List.of("Bundle.entry[1]", "Bundle.entry[2]", "Bundle.entry[3]")));
    assertThat(clinic.stored()).isZero();
    clinic
        .fhir(bundle)
        .post("/fhir")
        .then()
        .statusCode(200)
        .body("type", is("transaction-response"))
        .body("entry.response.status", is(List.of("201 Created", "200 OK", "200 OK", "200 OK")))
        .body("entry[0].response.outcome.issue.diagnostics.join()", containsString("gender"))
        .body(
            "entry[1..3].response.outcome.issue.diagnostics.flatten()",
            everyItem(startsWith("Not stored: ")));
    assertThat(clinic.rows("measurement")).isZero();
  }

  @Test
  void storesAFemurAtTheNeckAsFemoralNeck() {
    String neck =
        Bundles.ctx(
                "o1",
                "0.71",
                "g/cm2",
                ", \"bodySite\": {\"coding\": [{\"system\": \"http://snomed.info/sct\", \"code\": \"29627003\"}]}")
            .replace("41171-0", "24701-5");
    String patient =
        patientOf(clinic.fhir(Bundles.of(Bundles.PATIENT, neck)).post("/fhir").jsonPath());
    clinic
        .clinician()
        .get("/v1/patients/{id}/measurements", patient)
        .then()
        .body("items.analyte", is(List.of("bmd-femoral-neck")));
  }

  @Test
  void correctsAndWithdraws() {
    clinic.fhir(Bundles.of(Bundles.PATIENT, CTX)).post("/fhir").then().statusCode(200);
    String corrected = CTX.replace("412", "512").replace("\"final\"", "\"corrected\"");
    clinic
        .fhir(Bundles.of(Bundles.PATIENT, corrected))
        .post("/fhir")
        .then()
        .body("entry[1].response.status", is("200 OK"))
        .body("entry[1].response.etag", is("W/\"2\""));
    String withdrawn = CTX.replace("\"final\"", "\"entered-in-error\"");
    String patient =
        patientOf(clinic.fhir(Bundles.of(Bundles.PATIENT, withdrawn)).post("/fhir").jsonPath());
    clinic.fhir(Bundles.of(Bundles.PATIENT, withdrawn)).post("/fhir").then().statusCode(200);
    clinic.fhir(Bundles.of(Bundles.PATIENT, CTX)).post("/fhir").then().statusCode(200);
    clinic
        .clinician()
        .get("/v1/patients/{id}/measurements", patient)
        .then()
        .body("items.status", is(List.of("WITHDRAWN")))
        .body("items.version", is(List.of(3)));
    awaitPublished(Topic.PATIENT_MEASUREMENT, 3);
    var last = Published.by(clinic, Topic.PATIENT_MEASUREMENT).getLast();
    assertThat(Published.headers(last))
        .containsEntry("ce_type", EventType.MEASUREMENT_WITHDRAWN.type());
    assertThat(Published.faults(EventType.MEASUREMENT_WITHDRAWN, last.value())).isEmpty();
  }

  @Test
  void findsThePatientThatTheClinicKnows() {
    String known =
        clinic.patient("{\"identifiers\": [{\"system\": \"urn:mrn\", \"value\": \"M1\"}]}");
    String conditional =
        Bundles.PATIENT.replace(
            "\"url\": \"Patient\"",
            "\"url\": \"Patient\", \"ifNoneExist\": \"identifier=urn:mrn|M1\"");
    clinic
        .fhir(Bundles.of(conditional, CTX))
        .post("/fhir")
        .then()
        .statusCode(200)
        .body("entry[0].response.status", is("200 OK"))
        .body("entry[0].response.location", is("Patient/" + known));
    String byId = CTX.replace("urn:uuid:7d1f4a52-0000-4000-8000-000000000001", "Patient/" + known);
    String bySearch =
        CTX.replace(
            "urn:uuid:7d1f4a52-0000-4000-8000-000000000001", "Patient?identifier=urn:mrn|M1");
    clinic.fhir(Bundles.of(byId)).post("/fhir").then().statusCode(200);
    clinic.fhir(Bundles.of(bySearch)).post("/fhir").then().statusCode(200);
    assertThat(clinic.rows("patient")).isEqualTo(1);
    assertThat(clinic.rows("measurement")).isEqualTo(1);
    Clinic other = Clinic.of(stack);
    other
        .fhir(Bundles.of(byId))
        .post("/fhir")
        .then()
        .statusCode(400)
        .body("issue[0].expression[0]", is("Bundle.entry[0].resource.subject"));
  }

  @Test
  void makesOnePatientAndOneMeasurementOfFiftyBundlesAtOnce() throws Exception {
    var calls = new ArrayList<Callable<String>>();
    String bundle = Bundles.of(Bundles.PATIENT, CTX);
    for (int i = 0; i < 50; i++) {
      calls.add(
          () ->
              clinic
                  .fhir(bundle)
                  .post("/fhir")
                  .then()
                  .statusCode(200)
                  .extract()
                  .path("entry.response.location")
                  .toString());
    }
    try (var threads = Executors.newFixedThreadPool(50)) {
      var answers = new ArrayList<String>();
      for (var call : threads.invokeAll(calls)) {
        answers.add(call.get());
      }
      assertThat(answers).hasSize(50).containsOnly(answers.getFirst());
    }
    assertThat(clinic.rows("patient")).isEqualTo(1);
    assertThat(clinic.rows("measurement")).isEqualTo(1);
    awaitPublished(Topic.PATIENT_PROFILE, 1);
    awaitPublished(Topic.PATIENT_MEASUREMENT, 1);
  }

  @Test
  void saysWhatItCanDo() {
    clinic
        .as("viewer")
        .get("/fhir/metadata")
        .then()
        .statusCode(200)
        .contentType(containsString("application/fhir+json"))
        .body("rest[0].interaction.code", is(List.of("transaction", "batch")));
  }

  private static String patientOf(JsonPath answer) {
    return answer.getString("entry[0].response.location").substring("Patient/".length());
  }

  private void awaitPublished(Topic topic, int events) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(Published.by(clinic, topic)).hasSize(events));
  }
}
