package org.trabecula.patient.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
class PatientIT {
  private static final String FULL =
      """
      {"identifiers": [{"system": "urn:mrn", "value": "4711"}],
       "name": {"given": "Griselda", "family": "Quackenbush"},
       "sexForClinicalUse": "FEMALE", "birth": "1968-04-17", "region": "EU", "deceased": false,
       "menopause": {"status": "POSTMENOPAUSAL", "finalPeriod": "2019-11"}, "uterus": "PRESENT",
       "hypogonadism": {"kind": "NONE"}, "growthHormoneDeficiency": {"presence": "ABSENT"},
       "heightCm": 165, "weightKg": 62.5, "smoking": "NEVER",
       "medications": [{"agent": "prednisolone", "dailyDose": {"value": 2.50, "unit": "mg/d"}, "start": "2024-02-01"}]}
      """;

  TestStack stack;
  private Clinic clinic;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
  }

  @Test
  void registersAPatientAndShowsThem() {
    var created = clinic.json(FULL).post("/v1/patients");
    created.then().statusCode(201).header("ETag", "\"1\"").body("birth", is("1968-04"));
    String location = created.header("Location");
    clinic
        .as("viewer")
        .get(location)
        .then()
        .statusCode(200)
        .header("ETag", "\"1\"")
        .body("name.family", is("Quackenbush"))
        .body("identifiers[0].value", is("4711"))
        .body("medications[0].dailyDose.unit", is("mg/d"));
    clinic
        .clinician()
        .get("/v1/patients?identifier=urn:mrn|4711")
        .then()
        .body("items.id", is(List.of(created.path("id").toString())));
  }

  @Test
  void knowsNothingThatWasNotSaid() {
    clinic
        .clinician()
        .get("/v1/patients/{id}", clinic.patient())
        .then()
        .body("sexForClinicalUse", is("UNKNOWN"))
        .body("uterus", is("UNKNOWN"))
        .body("menopause.status", is("UNKNOWN"))
        .body("hypogonadism.kind", is("UNKNOWN"))
        .body("growthHormoneDeficiency.presence", is("UNKNOWN"))
        .body("smoking", is("UNKNOWN"))
        .body("deceased", nullValue())
        .body("medications", nullValue())
        .body("birth", nullValue());
  }

  @Test
  void keepsTheYearOfABirthOfWhichNoMoreIsSaid() {
    String id = clinic.patient("{\"birth\": \"1950\"}");
    clinic.clinician().get("/v1/patients/{id}", id).then().body("birth", is("1950"));
    clinic.clinician().get("/fhir/Patient/{id}", id).then().body("birthDate", is("1950"));
    clinic
        .fhir(
            """
            {"resourceType": "Patient", "id": "%s", "birthDate": "1951"}"""
                .formatted(id))
        .header("If-Match", "W/\"1\"")
        .put("/fhir/Patient/{id}", id)
        .then()
        .statusCode(200);
    clinic.clinician().get("/v1/patients/{id}", id).then().body("birth", is("1951"));
    put(id, "\"2\"", "{\"birth\": \"1951-03\"}").then().statusCode(200);
    awaitPublished(3);
    var events = Published.by(clinic, Topic.PATIENT_PROFILE);
    assertThat(Published.faults(EventType.PROFILE_RECORDED, events.getFirst().value())).isEmpty();
    assertThat(events.getFirst().value())
        .contains("\"birthYear\":1950")
        .doesNotContain("\"birth\":");
    assertThat(events.getLast().value())
        .contains("\"birth\":\"1951-03\"")
        .doesNotContain("birthYear");
    String path = "/v1/patients/" + id + "/measurements";
    clinic
        .json(
            """
            {"analyte": "ctx", "value": 412, "unit": "ng/L", "effectiveAt": "1951-02"}""")
        .post(path)
        .then()
        .statusCode(400)
        .body("violations[0].message", is("Is before the patient's birth."));
  }

  @Test
  void makesAVersionOfEachChangeAndOfNothingElse() {
    String id = clinic.patient(FULL);
    put(id, "\"1\"", FULL).then().statusCode(200).header("ETag", "\"1\"");
    put(id, null, FULL).then().statusCode(428);
    String heavier = FULL.replace("62.5", "63");
    String registeredAt = clinic.clinician().get("/v1/patients/{id}", id).path("registeredAt");
    put(id, "\"1\"", heavier)
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("registeredAt", is(registeredAt));
    put(id, "\"1\"", FULL).then().statusCode(412).body("violations.field", hasItem("If-Match"));
    assertThat(clinic.rows("patient_version")).isEqualTo(2);
    awaitPublished(2);
  }

  @Test
  void givesAnIdentifierToOnePatientOnly() {
    clinic.patient(FULL);
    clinic
        .json(FULL)
        .post("/v1/patients")
        .then()
        .statusCode(409)
        .body("violations.field", hasItem("identifiers[0]"));
    String other = clinic.patient();
    put(other, "\"1\"", FULL).then().statusCode(409);
    assertThat(clinic.rows("patient")).isEqualTo(2);
    String first =
        clinic.clinician().get("/v1/patients?identifier=urn:mrn|4711").path("items[0].id");
    put(first, "\"1\"", "{}").then().statusCode(200);
    put(other, "\"1\"", FULL).then().statusCode(200).header("ETag", "\"2\"");
  }

  @Test
  void answersARepeatedRequestWithTheFirstAnswer() {
    var first = clinic.json(FULL).header("Idempotency-Key", "k1").post("/v1/patients");
    var second = clinic.json(FULL).header("Idempotency-Key", "k1").post("/v1/patients");
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.path("id").toString()).isEqualTo(first.path("id"));
    clinic
        .json("{}")
        .header("Idempotency-Key", "k1")
        .post("/v1/patients")
        .then()
        .statusCode(422)
        .body("violations.field", hasItem("Idempotency-Key"));
    assertThat(clinic.rows("patient")).isEqualTo(1);
    awaitPublished(1);
  }

  @Test
  void makesOnePatientOfTwentyRegistrationsAtOnce() throws Exception {
    var calls = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 20; i++) {
      calls.add(() -> clinic.json(FULL).post("/v1/patients").statusCode());
    }
    try (var threads = Executors.newFixedThreadPool(20)) {
      var statuses = new ArrayList<Integer>();
      for (var call : threads.invokeAll(calls)) {
        statuses.add(call.get());
      }
      assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
    }
    assertThat(clinic.rows("patient")).isEqualTo(1);
    awaitPublished(1);
  }

  @Test
  void walksTheListPageByPage() {
    var registered = new HashSet<String>();
    for (int i = 0; i < 5; i++) {
      registered.add(clinic.patient());
    }
    var seen = new ArrayList<String>();
    String next = "";
    while (next != null) {
      var page = clinic.clinician().get("/v1/patients?limit=2" + next);
      seen.addAll(page.jsonPath().getList("items.id", String.class));
      next = page.path("next") == null ? null : "&cursor=" + page.path("next");
    }
    assertThat(seen).hasSize(5).containsExactlyInAnyOrderElementsOf(registered);
  }

  @Test
  void tellsOthersWhatIsKnownButNotWhoItIs() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    String id =
        clinic
            .json(FULL)
            .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
            .post("/v1/patients")
            .path("id");
    awaitPublished(1);
    var record = Published.by(clinic, Topic.PATIENT_PROFILE).getFirst();
    assertThat(record.key()).isEqualTo(clinic.name() + "/" + id);
    assertThat(Published.faults(EventType.PROFILE_RECORDED, record.value())).isEmpty();
    assertThat(record.value()).doesNotContain("4711", "Griselda", "Quackenbush", "1968-04-17");
    assertThat(Published.headers(record))
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_type", "org.trabecula.patient.profile-recorded.v1")
        .containsEntry("ce_source", "/trabecula/patient-service")
        .containsEntry("ce_subject", "patient/" + id)
        .containsEntry("ce_clinic", clinic.name())
        .containsEntry("ce_partitionkey", record.key())
        .containsKeys("ce_id", "ce_time");
    assertThat(Published.headers(record).get("traceparent")).contains(trace);
  }

  private io.restassured.response.Response put(String id, String ifMatch, String body) {
    var request = clinic.json(body);
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    return request.put("/v1/patients/{id}", id);
  }

  private void awaitPublished(int events) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(Published.by(clinic, Topic.PATIENT_PROFILE)).hasSize(events));
    assertThat(clinic.rows("outbox")).isZero();
  }
}
