package org.trabecula.patient.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
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
class MeasurementIT {
  private static final String CTX =
      """
      {"loinc": "41171-0", "value": 0.412, "unit": "ng/mL", "effectiveAt": "2026-01-05T08:10:00+01:00",
       "fasting": "YES", "method": "Elecsys", "laboratory": "North", "source": {"system": "lis", "id": "A1"}}""";

  TestStack stack;
  private Clinic clinic;
  private String patient;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
    patient = clinic.patient();
  }

  @Test
  void recordsAMeasurementInItsCanonicalUnitBesideTheOriginal() {
    Response created = post(CTX);
    created
        .then()
        .statusCode(201)
        .header("ETag", "\"1\"")
        .body("analyte", is("ctx"))
        .body("value.value", is(412))
        .body("value.unit", is("ng/L"))
        .body("original.value", is(0.412f))
        .body("original.unit", is("ng/mL"))
        .body("effectiveAt", is("2026-01-05T07:10:00Z"))
        .body("status", is("FINAL"));
    clinic
        .as("viewer")
        .get(created.header("Location"))
        .then()
        .statusCode(200)
        .body("id", is(created.path("id").toString()));
  }

  @Test
  void takesAResendForWhatItIs() {
    String id = post(CTX).path("id");
    post(CTX).then().statusCode(200).header("ETag", "\"1\"").body("id", is(id));
    post(CTX.replace("0.412", "0.4120")).then().statusCode(200).header("ETag", "\"1\"");
    awaitPublished(1);
    assertThat(clinic.rows("measurement")).isEqualTo(1);
  }

  @Test
  void takesNewContentUnderTheSameKeyForACorrection() {
    String id = post(CTX).path("id");
    String corrected = CTX.replace("0.412", "0.512");
    post(corrected)
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("id", is(id))
        .body("status", is("CORRECTED"))
        .body("value.value", is(512));
    post(corrected).then().statusCode(200).header("ETag", "\"2\"");
    awaitPublished(2);
    assertThat(clinic.rows("measurement")).isEqualTo(1);
    assertThat(clinic.rows("measurement_superseded")).isEqualTo(1);
  }

  @Test
  void letsNoLatePreliminaryResultTakeAFinalOnesPlace() {
    String preliminary = CTX.replace("\"fasting\"", "\"status\": \"PRELIMINARY\", \"fasting\"");
    post(preliminary).then().statusCode(201).body("status", is("PRELIMINARY"));
    post(CTX).then().statusCode(200).header("ETag", "\"2\"").body("status", is("FINAL"));
    post(preliminary).then().statusCode(200).header("ETag", "\"2\"").body("status", is("FINAL"));
    awaitPublished(2);
  }

  @Test
  void goesByWhatWasMeasuredWhenAndHowWhenNoSourceIsNamed() {
    String unnamed = CTX.replaceFirst(",\\s*\"source\": \\{[^}]*}", "");
    post(unnamed).then().statusCode(201);
    post(unnamed).then().statusCode(200).header("ETag", "\"1\"");
    post(unnamed.replace("0.412", "0.5")).then().statusCode(200).header("ETag", "\"2\"");
    post(unnamed.replace("Elecsys", "iSYS")).then().statusCode(201);
    assertThat(clinic.rows("measurement")).isEqualTo(2);
  }

  @Test
  void refusesAKeyThatIsAnotherPatients() {
    post(CTX).then().statusCode(201);
    clinic
        .json(CTX)
        .post("/v1/patients/{id}/measurements", clinic.patient())
        .then()
        .statusCode(409)
        .body("violations[0].field", is("source.id"));
    assertThat(clinic.rows("measurement")).isEqualTo(1);
  }

  @Test
  void makesOneMeasurementAndOneEventOfTwentyPostsAtOnce() throws Exception {
    var calls = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 20; i++) {
      calls.add(() -> post(CTX).statusCode());
    }
    try (var threads = Executors.newFixedThreadPool(20)) {
      var statuses = new ArrayList<Integer>();
      for (var call : threads.invokeAll(calls)) {
        statuses.add(call.get());
      }
      assertThat(statuses).containsOnlyOnce(201).containsOnly(200, 201);
    }
    assertThat(clinic.rows("measurement")).isEqualTo(1);
    awaitPublished(1);
  }

  @Test
  void keepsThePrecisionThatWasStated() {
    post(CTX.replace("2026-01-05T08:10:00+01:00", "2025-11"))
        .then()
        .statusCode(201)
        .body("effectivePrecision", is("MONTH"))
        .body("effectiveAt", is("2025-11-01T00:00:00Z"));
  }

  @Test
  void listsByTimeAnalyteAndPage() {
    for (int month = 1; month <= 5; month++) {
      post(measurement("p1np", "40", "ug/L", "2025-0" + month + "-03"));
      post(measurement("igf-1", "20", "nmol/L", "2025-0" + month + "-03"));
    }
    var first =
        clinic
            .clinician()
            .get("/v1/patients/{id}/measurements?analyte=p1np&from=2025-02&limit=3", patient);
    assertThat(first.jsonPath().getList("items.effectiveAt", String.class))
        .containsExactly("2025-02-03T00:00:00Z", "2025-03-03T00:00:00Z", "2025-04-03T00:00:00Z");
    var second =
        clinic
            .clinician()
            .get(
                "/v1/patients/{id}/measurements?analyte=p1np&from=2025-02&limit=3&cursor={next}",
                patient,
                first.path("next"));
    assertThat(second.jsonPath().getList("items.effectiveAt", String.class))
        .containsExactly("2025-05-03T00:00:00Z");
    assertThat(second.<Object>path("next")).isNull();
    clinic
        .clinician()
        .get("/v1/patients/{id}/measurements?to=2025-02", patient)
        .then()
        .body("items.value.value", containsInAnyOrder(153, 40));
  }

  @Test
  void publishesEachMeasurementUnderItsOwnKey() {
    String id = post(CTX).path("id");
    awaitPublished(1);
    var record = Published.by(clinic, Topic.PATIENT_MEASUREMENT).getFirst();
    assertThat(record.key()).isEqualTo(clinic.name() + "/" + patient + "/" + id);
    assertThat(Published.faults(EventType.MEASUREMENT_RECORDED, record.value())).isEmpty();
    assertThat(Published.headers(record))
        .containsEntry("ce_type", "org.trabecula.patient.measurement-recorded.v1")
        .containsEntry("ce_partitionkey", clinic.name() + "/" + patient)
        .containsEntry("ce_subject", "patient/" + patient + "/measurement/" + id);
  }

  private static String measurement(String analyte, String value, String unit, String at) {
    return "{\"analyte\": \"%s\", \"value\": %s, \"unit\": \"%s\", \"effectiveAt\": \"%s\"}"
        .formatted(analyte, value, unit, at);
  }

  private Response post(String body) {
    return clinic.json(body).post("/v1/patients/{id}/measurements", patient);
  }

  private void awaitPublished(int events) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(Published.by(clinic, Topic.PATIENT_MEASUREMENT)).hasSize(events));
    assertThat(clinic.rows("outbox")).isZero();
  }
}
