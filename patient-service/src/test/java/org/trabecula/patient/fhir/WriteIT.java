package org.trabecula.patient.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.patient.Clinic;

/// Requests by themselves, batches, what is kept as facts and medications, and where all of it
/// came from.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class WriteIT {
  private static final String PATIENT =
      """
      {"resourceType": "Patient", "birthDate": "1970-03-05",
       "identifier": [{"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]},
                       "system": "urn:mrn", "value": "M1"}],
       "name": [{"family": "Quackenbush", "given": ["Griselda"]}]}""";

  TestStack stack;
  private Clinic clinic;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
  }

  @Test
  void createsAPatientOnceAndUpdatesTheVersionThatWasSeen() {
    Response created =
        clinic.fhir(PATIENT).header("If-None-Exist", "identifier=urn:mrn|M1").post("/fhir/Patient");
    created
        .then()
        .statusCode(201)
        .header("ETag", "W/\"1\"")
        .header("Location", containsString("/fhir/Patient/"));
    String id = id(created);
    clinic
        .fhir(PATIENT)
        .header("If-None-Exist", "identifier=urn:mrn|M1")
        .header("Prefer", "return=representation")
        .post("/fhir/Patient")
        .then()
        .statusCode(200)
        .body("id", is(id))
        .body("name[0].family", is("Quackenbush"));
    assertThat(clinic.rows("patient")).isEqualTo(1);
    clinic
        .json(
            "{\"sexForClinicalUse\": \"FEMALE\", \"heightCm\": 170, \"identifiers\": [{\"system\": \"urn:mrn\", \"value\": \"M1\"}]}")
        .header("If-Match", "\"1\"")
        .put("/v1/patients/{id}", id)
        .then()
        .statusCode(200);
    String named =
        PATIENT
            .replace(
                "{\"resourceType\": \"Patient\",",
                "{\"resourceType\": \"Patient\", \"id\": \"" + id + "\",")
            .replace("Griselda", "Zelda");
    clinic
        .fhir(named)
        .put("/fhir/Patient/{id}", id)
        .then()
        .statusCode(428)
        .body("issue[0].details.coding[0].code", is("version-required"));
    clinic
        .fhir(named)
        .header("If-Match", "W/\"1\"")
        .put("/fhir/Patient/{id}", id)
        .then()
        .statusCode(412)
        .body("issue[0].details.coding[0].code", is("version-conflict"));
    clinic
        .fhir(named)
        .header("If-Match", "W/\"2\"")
        .header("Prefer", "return=minimal")
        .put("/fhir/Patient/{id}", id)
        .then()
        .statusCode(200)
        .header("ETag", "W/\"3\"")
        .body(is(""));
    clinic
        .clinician()
        .get("/v1/patients/{id}", id)
        .then()
        .body("heightCm", is(170f))
        .body("sexForClinicalUse", is("FEMALE"))
        .body("name.given", is("Zelda"));
    clinic
        .fhir(PATIENT)
        .urlEncodingEnabled(false)
        .put("/fhir/Patient?identifier=urn:mrn%7CM1")
        .then()
        .statusCode(200)
        .header("ETag", "W/\"4\"");
    clinic
        .fhir(PATIENT.replace("M1", "M2"))
        .urlEncodingEnabled(false)
        .put("/fhir/Patient?identifier=urn:mrn%7CM2")
        .then()
        .statusCode(201);
    assertThat(clinic.rows("patient")).isEqualTo(2);
  }

  @Test
  void createsCorrectsAndWithdrawsAnObservationAndTellsWhereItCameFrom() {
    String patient = clinic.patient();
    Response created =
        clinic
            .fhir(ctx(patient, "1", "412", "final"))
            .header("X-Request-Id", "message-7")
            .post("/fhir/Observation");
    created.then().statusCode(201).header("ETag", "W/\"1\"").body(is(""));
    String id = id(created);
    clinic
        .fhir(ctx(patient, "1", "412", "final"))
        .post("/fhir/Observation")
        .then()
        .statusCode(200)
        .header("ETag", "W/\"1\"");
    clinic
        .fhir(ctx(patient, "1", "999", "final"))
        .header("If-None-Exist", "identifier=urn:lab|1")
        .post("/fhir/Observation")
        .then()
        .statusCode(200)
        .header("ETag", "W/\"1\"");
    String corrected =
        ctx(patient, "1", "512", "corrected").replaceFirst("\\{", "{\"id\": \"" + id + "\", ");
    clinic
        .fhir(corrected)
        .header("If-Match", "W/\"9\"")
        .put("/fhir/Observation/{id}", id)
        .then()
        .statusCode(412);
    clinic
        .fhir(corrected)
        .put("/fhir/Observation/other")
        .then()
        .statusCode(400)
        .body("issue[0].expression[0]", is("Observation.id"));
    clinic
        .fhir(corrected)
        .header("If-Match", "W/\"1\"")
        .put("/fhir/Observation/{id}", id)
        .then()
        .statusCode(200)
        .header("ETag", "W/\"2\"");
    clinic
        .fhir(corrected.replace("\"corrected\"", "\"entered-in-error\""))
        .put("/fhir/Observation/{id}", id)
        .then()
        .statusCode(200);
    clinic
        .clinician()
        .get("/fhir/Observation/{id}", id)
        .then()
        .body("status", is("entered-in-error"))
        .body("meta.versionId", is("3"));
    clinic
        .clinician()
        .get("/fhir/Provenance?target=Observation/" + id)
        .then()
        .statusCode(200)
        .body(
            "entry.resource.activity.coding.flatten().code",
            is(List.of("CREATE", "UPDATE", "NULLIFY")))
        .body("entry[0].resource.agent[0].who.identifier.value", is("demo-clinician"))
        .body("entry[0].resource.entity[0].what.identifier.value", is("message-7"))
        .body("entry[0].resource.target[0].reference", is("Observation/" + id + "/_history/1"));
    clinic.clinician().get("/fhir/Provenance/" + id + "-2").then().statusCode(200);
    clinic.clinician().get("/fhir/Provenance/" + id + "-4").then().statusCode(404);
    Clinic.of(stack).clinician().get("/fhir/Provenance/" + id + "-2").then().statusCode(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "\"status\": -> \"status\": \"final\", \"status\": -> 400 -> malformed",
        "\"status\": -> \"colour\": 1, \"status\": -> 400 -> malformed",
        "\"final\" -> \"done\" -> 400 -> malformed",
        "\"Observation\" -> \"Patient\" -> 400 -> malformed",
        "\"Observation\" -> \"Potato\" -> 400 -> malformed",
        "41171-0 -> 1-1 -> 400 -> not-stored",
        "Patient/ -> Patient/0 -> 400 -> unknown-reference",
        "ng/L -> pmol/L -> 400 -> invalid-value",
        "412 -> 1e999999999 -> 400 -> malformed",
        "\"effective -> \"x\": {{}, \"effective -> 400 -> malformed",
      })
  void refusesABadObservationByItself(String right, String wrong, int status, String reason) {
    String body = ctx(clinic.patient(), "1", "412", "final").replace(right, wrong);
    clinic
        .fhir(body)
        .post("/fhir/Observation")
        .then()
        .statusCode(status)
        .contentType(containsString("application/fhir+json"))
        .body("issue.details.coding.flatten().code", hasItem(reason));
    assertThat(clinic.rows("measurement")).isZero();
  }

  @Test
  void refusesDeepNestingBrokenTextAndTypesThatAreNotKept() {
    String deep = "{\"resourceType\": \"Observation\", \"extension\": " + "[".repeat(5_000);
    clinic
        .fhir(deep)
        .post("/fhir/Observation")
        .then()
        .statusCode(400)
        .body("issue[0].diagnostics", containsString("deeper than 100"))
        .body("issue[0].diagnostics", containsString("line 1, column 1"));
    clinic
        .fhir("{} 7")
        .post("/fhir/Observation")
        .then()
        .statusCode(400)
        .body(
            "issue[0].diagnostics", is("Something follows the JSON object. See line 1, column 4."));
    clinic
        .fhir("[]")
        .post("/fhir/Observation")
        .then()
        .statusCode(400)
        .body("issue[0].diagnostics", is("The body is no JSON object. See line 1, column 1."));
    clinic
        .fhir(
            """
            {"resourceType": "Observation", "status": "final",
             "identifier": [{"system": "urn:example", "value": "1"}],
             "code": {"coding": [{"system": "http://loinc.org", "code": "0-0"}]}}""")
        .header("Prefer", "handling=strict")
        .post("/fhir/Observation")
        .then()
        .statusCode(400)
        .body("issue[0].expression", is(List.of("Observation")))
        .body("issue[0].diagnostics", containsString("catalogue of analytes"));
    clinic
        .clinician()
        .contentType("application/fhir+json")
        .body(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', '}'})
        .post("/fhir/Observation")
        .then()
        .statusCode(400)
        .body("issue[0].diagnostics", containsString("no valid JSON"));
    clinic
        .fhir("{}")
        .post("/fhir/Encounter")
        .then()
        .statusCode(404)
        .body("issue[0].details.coding[0].code", is("not-supported"));
    clinic.fhir("{}").post("/fhir/$validate").then().statusCode(404);
    clinic
        .fhir("")
        .post("/fhir/Observation")
        .then()
        .statusCode(400)
        .body("issue[0].diagnostics", is("The body is empty."));
  }

  @Test
  void makesOneObservationOfFiftyAtOnce() throws Exception {
    String body = ctx(clinic.patient(), "1", "412", "final");
    var calls = new ArrayList<Callable<String>>();
    for (int i = 0; i < 50; i++) {
      boolean conditional = i % 2 == 0;
      calls.add(
          () -> {
            var request = clinic.fhir(body);
            Response response =
                (conditional ? request.header("If-None-Exist", "identifier=urn:lab|1") : request)
                    .post("/fhir/Observation");
            assertThat(response.statusCode()).isBetween(200, 201);
            return response.header("Location");
          });
    }
    try (var threads = Executors.newFixedThreadPool(50)) {
      var locations = new ArrayList<String>();
      for (var call : threads.invokeAll(calls)) {
        locations.add(call.get());
      }
      assertThat(locations).hasSize(50).containsOnly(locations.getFirst());
    }
    assertThat(clinic.rows("measurement")).isEqualTo(1);
    assertThat(clinic.rows("provenance")).isEqualTo(1);
  }

  @Test
  void carriesOutEachEntryOfABatchByItself() {
    String patient = clinic.patient();
    String bundle =
        """
        {"resourceType": "Bundle", "type": "batch", "entry": [%s]}"""
            .formatted(
                String.join(
                    ",",
                    entry("POST", "Observation", ctx(patient, "1", "412", "final")),
                    entry("POST", "Observation", ctx(patient, "2", "0.4", "final")),
                    entry("POST", "Observation", ctx(patient, "3", "300", "done")),
                    "{\"request\": {\"method\": \"GET\", \"url\": \"Observation?patient="
                        + patient
                        + "\"}}",
                    "{\"request\": {\"method\": \"GET\", \"url\": \"Patient/" + patient + "\"}}",
                    "{\"request\": {\"method\": \"GET\", \"url\": \"Patient/0\"}}",
                    "{\"request\": {\"method\": \"DELETE\", \"url\": \"Patient/0\"}}",
                    entry("POST", "Encounter", "{\"resourceType\": \"Encounter\"}")));
    clinic
        .fhir(bundle)
        .post("/fhir")
        .then()
        .statusCode(200)
        .body("type", is("batch-response"))
        .body("entry", hasSize(8))
        .body("entry[0].response.status", startsWith("201"))
        .body("entry[1].response.status", startsWith("400"))
        .body("entry[1].response.outcome.issue[0].diagnostics", containsString("Is it ng/mL"))
        .body("entry[2].response.status", startsWith("400"))
        .body("entry[3].resource.total", is(1))
        .body("entry[4].resource.id", is(patient))
        .body("entry[4].response.etag", is("W/\"1\""))
        .body("entry[5].response.status", startsWith("404"))
        .body("entry[6].response.status", startsWith("400"))
        .body("entry[7].response.outcome.issue[0].diagnostics", startsWith("Not stored: "));
  }

  @Test
  void keepsAConditionAsAClinicalFact() {
    String patient = clinic.patient("{\"birth\": \"1950-01\"}");
    String condition =
        """
        {"resourceType": "Condition", "identifier": [{"system": "urn:ehr", "value": "c1"}],
         "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
         "verificationStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed"}]},
         "code": {"coding": [{"system": "http://snomed.info/sct", "code": "64859006", "display": "Osteoporosis"}]},
         "subject": {"reference": "Patient/%s"}, "onsetDateTime": "2019-05"}"""
            .formatted(patient);
    Response created =
        clinic
            .fhir(condition)
            .header("If-None-Exist", "identifier=urn:ehr|c1")
            .post("/fhir/Condition");
    created.then().statusCode(201);
    String id = id(created);
    clinic
        .fhir(condition)
        .header("If-None-Exist", "identifier=urn:ehr|c1")
        .post("/fhir/Condition")
        .then()
        .statusCode(200);
    clinic
        .clinician()
        .get("/fhir/Condition/{id}", id)
        .then()
        .body("clinicalStatus.coding[0].code", is("active"))
        .body("onsetDateTime", is("2019-05"))
        .body("code.coding.system", hasItem("urn:trabecula:fact"));
    for (String code : List.of("64859006", "http://snomed.info/sct%7C64859006")) {
      clinic
          .clinician()
          .urlEncodingEnabled(false)
          .get("/fhir/Condition?patient=" + patient + "&code=" + code)
          .then()
          .body("total", is(1));
    }
    clinic
        .fhir(
            condition
                .replace("\"confirmed\"", "\"refuted\"")
                .replace(", \"onsetDateTime\": \"2019-05\"", ""))
        .post("/fhir/Condition")
        .then()
        .statusCode(200)
        .header("ETag", "W/\"2\"");
    clinic
        .clinician()
        .get("/fhir/Condition/{id}", id)
        .then()
        .body("verificationStatus.coding[0].code", is("refuted"));
    clinic
        .fhir(condition.replace("\"confirmed\"", "\"entered-in-error\""))
        .post("/fhir/Condition")
        .then()
        .statusCode(200);
    clinic
        .clinician()
        .get("/fhir/Condition/{id}", id)
        .then()
        .body("verificationStatus.coding[0].code", is("entered-in-error"))
        .body("clinicalStatus", nullValue());
    clinic
        .fhir(condition.replace("64859006", "386661006"))
        .post("/fhir/Condition")
        .then()
        .statusCode(400)
        .body("issue[0].diagnostics", containsString("catalogue of clinical facts"));
  }

  @Test
  void keepsWhatAPatientTakes() {
    String patient = clinic.patient();
    String statement =
        """
        {"resourceType": "MedicationStatement", "identifier": [{"system": "urn:ehr", "value": "m1"}], "status": "active",
         "medicationCodeableConcept": {"coding": [{"system": "http://www.whocc.no/atc", "code": "H02AB06"}], "text": "Prednisolone"},
         "subject": {"reference": "Patient/%s"}, "effectivePeriod": {"start": "2024-02-01"},
         "dosage": [{"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
                     "doseAndRate": [{"doseQuantity": {"value": 5, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}}]}]}"""
            .formatted(patient);
    Response created = clinic.fhir(statement).post("/fhir/MedicationStatement");
    created.then().statusCode(201);
    clinic
        .clinician()
        .get("/fhir/MedicationStatement?patient=" + patient)
        .then()
        .body("total", is(1))
        .body("entry[0].resource.status", is("active"))
        .body(
            "entry[0].resource.medicationCodeableConcept.coding.code",
            is(List.of("H02AB06", "prednisolone")))
        .body("entry[0].resource.effectivePeriod.start", is("2024-02-01"))
        .body("entry[0].resource.dosage[0].doseAndRate[0].doseQuantity.value", is(10));
    clinic
        .fhir(statement.replace("\"active\"", "\"not-taken\""))
        .post("/fhir/MedicationStatement")
        .then()
        .statusCode(200);
    clinic
        .clinician()
        .get("/fhir/MedicationStatement/{id}", id(created))
        .then()
        .body("status", is("entered-in-error"));
    clinic
        .clinician()
        .get("/v1/patients/{id}", patient)
        .then()
        .body("statedMedications", nullValue());
  }

  @Test
  void keepsAnOrderAsMedicationHistory() {
    String patient = clinic.patient();
    String order = order(patient, "active", "order", "");
    Response created = clinic.fhir(order).post("/fhir/MedicationRequest");
    created
        .then()
        .statusCode(201)
        .header("Location", containsString("/fhir/MedicationStatement/"))
        .body("issue.diagnostics", hasItem(containsString("shown as a MedicationStatement")));
    String id = id(created);
    clinic.fhir(order).post("/fhir/MedicationRequest").then().statusCode(200);
    assertThat(clinic.rows("statement")).isEqualTo(1);
    clinic
        .clinician()
        .get("/fhir/MedicationStatement/{id}", id)
        .then()
        .body("status", is("active"))
        .body("identifier[0].value", is("r1"))
        .body("medicationCodeableConcept.coding.code", is(List.of("904419", "alendronate")))
        .body("effectivePeriod.start", is("2013-10-20"))
        .body("dosage[0].doseAndRate[0].doseQuantity.value", is(10));
    clinic
        .clinician()
        .get("/v1/patients/{id}", patient)
        .then()
        .body("statedMedications[0].agent", is("alendronate"))
        .body("statedMedications[0].start", is("2013-10-20"))
        .body("statedMedications[0].stop", nullValue());
    clinic
        .fhir(
            order(
                patient,
                "completed",
                "order",
                ", \"dispenseRequest\": {\"validityPeriod\": {\"end\": \"2016-05-31\"}}"))
        .post("/fhir/MedicationRequest")
        .then()
        .statusCode(200)
        .header("ETag", "W/\"2\"");
    clinic
        .clinician()
        .get("/fhir/MedicationStatement/{id}", id)
        .then()
        .body("status", is("completed"))
        .body("effectivePeriod.end", is("2016-05-31"));
    clinic
        .fhir(order(patient, "stopped", "order", ""))
        .post("/fhir/MedicationRequest")
        .then()
        .statusCode(200)
        .body("issue.diagnostics", hasItem(containsString("nobody says since when")));
    clinic
        .clinician()
        .get("/fhir/MedicationStatement/{id}", id)
        .then()
        .body("status", is("completed"))
        .body("effectivePeriod.end", nullValue());
    clinic
        .clinician()
        .get("/v1/patients/{id}", patient)
        .then()
        .body("statedMedications[0].stop", notNullValue());
    clinic
        .clinician()
        .get("/fhir/Provenance?target=MedicationStatement/" + id)
        .then()
        .body("total", is(3));
    clinic
        .fhir(order(patient, "cancelled", "order", ""))
        .post("/fhir/MedicationRequest")
        .then()
        .statusCode(200);
    clinic
        .clinician()
        .get("/fhir/MedicationStatement/{id}", id)
        .then()
        .body("status", is("entered-in-error"));
    clinic
        .clinician()
        .get("/v1/patients/{id}", patient)
        .then()
        .body("statedMedications", nullValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "active -> proposal -> '' -> its intent is proposal",
        "active -> plan -> '' -> its intent is plan",
        "active -> option -> '' -> its intent is option",
        "active -> reflex-order -> '' -> its intent is reflex-order",
        "draft -> order -> '' -> its status is draft",
        "on-hold -> order -> '' -> its status is on-hold",
        "unknown -> order -> '' -> its status is unknown",
        "active -> order -> ', \"doNotPerform\": true' -> not be given",
        "entered-in-error -> order -> '' -> nothing to withdraw",
      })
  void keepsNoOrderThatNobodyFollowed(String status, String intent, String more, String reason) {
    String order = order(clinic.patient(), status, intent, more);
    clinic
        .fhir(order)
        .header("Prefer", "handling=lenient")
        .post("/fhir/MedicationRequest")
        .then()
        .statusCode(200)
        .body("issue[0].diagnostics", containsString(reason));
    assertThat(clinic.rows("statement")).isZero();
  }

  @Test
  void namesWhatAnOrderLacks() {
    String order = order(clinic.patient(), "active", "order", "");
    clinic
        .fhir(order.replace("\"intent\": \"order\",", ""))
        .post("/fhir/MedicationRequest")
        .then()
        .statusCode(400)
        .body("issue[0].expression[0]", is("MedicationRequest.intent"));
    clinic
        .fhir(order.replace("2013-10-20T03:32:04+00:00", "1713-10-20"))
        .post("/fhir/MedicationRequest")
        .then()
        .statusCode(400)
        .body("issue[0].expression[0]", is("MedicationRequest.authoredOn"));
    assertThat(clinic.rows("statement")).isZero();
  }

  @Test
  void keepsWhoSmokesAsAClinicalFact() {
    String patient = clinic.patient("{\"birth\": \"1950-01\"}");
    Response created =
        clinic
            .fhir(smoking(patient, "s2", "2018-03-29", "8517006", "final"))
            .post("/fhir/Observation");
    created
        .then()
        .statusCode(201)
        .body("issue.diagnostics", hasItem(containsString("clinical fact smoking: former")));
    clinic
        .fhir(smoking(patient, "s1", "2010-01-01", "449868002", "final"))
        .post("/fhir/Observation")
        .then()
        .statusCode(201);
    answersSmoking(patient, "former");
    assertThat(clinic.rows("measurement")).isZero();
    String id = id(created);
    clinic
        .clinician()
        .get("/fhir/Observation/{id}", id)
        .then()
        .body("status", is("final"))
        .body("code.coding[0].code", is("72166-2"))
        .body("valueCodeableConcept.coding[0].code", is("8517006"))
        .body("effectiveDateTime", is("2018-03-29"));
    for (String code : List.of("72166-2", "http://loinc.org%7C72166-2")) {
      clinic
          .clinician()
          .urlEncodingEnabled(false)
          .get("/fhir/Observation?patient=" + patient + "&code=" + code)
          .then()
          .body("total", is(2));
    }
    clinic
        .clinician()
        .get("/fhir/Provenance?target=Observation/" + id)
        .then()
        .body("entry[0].resource.target[0].reference", is("Observation/" + id + "/_history/1"));
    clinic
        .fhir(smoking(patient, "s2", "2018-03-29", "266919005", "corrected"))
        .post("/fhir/Observation")
        .then()
        .statusCode(200)
        .header("ETag", "W/\"2\"");
    answersSmoking(patient, "never");
    clinic
        .fhir(smoking(patient, "s2", "2018-03-29", "266919005", "entered-in-error"))
        .post("/fhir/Observation")
        .then()
        .statusCode(200);
    answersSmoking(patient, "current");
    clinic
        .clinician()
        .get("/fhir/Observation/{id}", id)
        .then()
        .body("status", is("entered-in-error"));
    clinic
        .fhir(smoking(patient, "s3", "2019-03-29", "404684003", "final"))
        .post("/fhir/Observation")
        .then()
        .statusCode(400)
        .body("issue[0].diagnostics", containsString("no answer of the tobacco smoking status"));
    clinic
        .fhir(smoking(patient, "s4", "1919-03-29", "8517006", "final"))
        .post("/fhir/Observation")
        .then()
        .statusCode(400)
        .body("issue[0].expression[0]", is("Observation.effective"));
  }

  private void answersSmoking(String patient, String answer) {
    clinic
        .clinician()
        .get("/v1/patients/{id}/facts", patient)
        .then()
        .body("items.find{it.code == 'smoking'}.coded", is(answer));
  }

  @Test
  void findsEveryCapabilityToWork() {
    var capabilities =
        clinic.clinician().get("/fhir/metadata").then().statusCode(200).extract().jsonPath();
    List<String> types = capabilities.getList("rest[0].resource.type");
    assertThat(types)
        .containsExactly(
            "Patient",
            "Observation",
            "Condition",
            "MedicationStatement",
            "Provenance",
            "MedicationRequest");
    for (String type : types) {
      String resource = "rest[0].resource.find{it.type == '" + type + "'}.";
      List<String> interactions = capabilities.getList(resource + "interaction.code");
      boolean isShown = !type.equals("MedicationRequest");
      assertThat(interactions.contains("read")).isEqualTo(isShown);
      assertThat(interactions.contains("search-type")).isEqualTo(isShown);
      clinic.clinician().get("/fhir/" + type).then().statusCode(isShown ? 200 : 404);
      clinic.clinician().get("/fhir/" + type + "/0").then().statusCode(404);
      List<String> parameters = capabilities.getList(resource + "searchParam.name");
      assertThat(parameters != null).isEqualTo(isShown);
      for (String parameter : parameters == null ? List.<String>of() : parameters) {
        clinic
            .clinician()
            .get("/fhir/" + type + "?" + parameter + "=2025")
            .then()
            .statusCode(200)
            .body("entry", nullValue());
      }
      List<String> operations = capabilities.getList(resource + "operation.name");
      if (operations != null) {
        assertThat(operations).containsExactly("everything");
        clinic
            .clinician()
            .get("/fhir/{type}/{id}/$everything", type, clinic.patient())
            .then()
            .statusCode(200)
            .body("entry.resource.resourceType", is(List.of(type)));
      }
      boolean isWritten = interactions.contains("create");
      int status =
          clinic.fhir("{\"resourceType\": \"" + type + "\"}").post("/fhir/" + type).statusCode();
      assertThat(status).isEqualTo(isWritten ? 400 : 404);
    }
    assertThat(capabilities.getList("rest[0].interaction.code"))
        .containsExactly("transaction", "batch");
    clinic
        .fhir("{\"resourceType\": \"Bundle\", \"type\": \"batch\"}")
        .post("/fhir")
        .then()
        .statusCode(200)
        .body("entry", nullValue());
  }

  private static String order(String patient, String status, String intent, String more) {
    return """
    {"resourceType": "MedicationRequest", "identifier": [{"system": "urn:ehr", "value": "r1"}],
     "status": "%s", "intent": "%s",
     "medicationCodeableConcept": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "904419"}],
                                   "text": "Alendronic acid 10 MG Oral Tablet"},
     "subject": {"reference": "Patient/%s"}, "authoredOn": "2013-10-20T03:32:04+00:00",
     "dosageInstruction": [{"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
       "doseAndRate": [{"doseQuantity": {"value": 10, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}}]}]%s}"""
        .formatted(status, intent, patient, more);
  }

  private static String smoking(
      String patient, String id, String at, String answer, String status) {
    return """
    {"resourceType": "Observation", "identifier": [{"system": "urn:ehr", "value": "%s"}], "status": "%s",
     "code": {"coding": [{"system": "http://loinc.org", "code": "72166-2"}]},
     "subject": {"reference": "Patient/%s"}, "effectiveDateTime": "%s",
     "valueCodeableConcept": {"coding": [{"system": "http://snomed.info/sct", "code": "%s"}]}}"""
        .formatted(id, status, patient, at, answer);
  }

  private static String entry(String method, String url, String resource) {
    return "{\"resource\": %s, \"request\": {\"method\": \"%s\", \"url\": \"%s\"}}"
        .formatted(resource, method, url);
  }

  private static String id(Response response) {
    String location = response.header("Location");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static String ctx(String patient, String id, String value, String status) {
    return """
    {"resourceType": "Observation", "identifier": [{"system": "urn:lab", "value": "%s"}], "status": "%s",
     "code": {"coding": [{"system": "http://loinc.org", "code": "41171-0"}]},
     "subject": {"reference": "Patient/%s"},
     "effectiveDateTime": "2026-01-05T08:10:00+01:00",
     "valueQuantity": {"value": %s, "system": "http://unitsofmeasure.org", "code": "ng/L"}}"""
        .formatted(id, status, patient, value);
  }
}
