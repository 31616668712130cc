package org.trabecula.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;

/// What is wrong is refused by the name of its field, and leaves no trace.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class BadInputIT {
  private static final String CTX =
      """
      {"analyte": "ctx", "value": %s, "unit": "%s", "effectiveAt": "%s"}""";

  private static final List<Clinic> WITHOUT_PATIENTS = new ArrayList<>();
  private static final List<Clinic> WITHOUT_MEASUREMENTS = new ArrayList<>();

  TestStack stack;
  private Clinic clinic;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
  }

  /// Reading the topics takes longer than a test: once is enough.
  @AfterAll
  static void nothingWasPublished() {
    assertThat(WITHOUT_PATIENTS).isNotEmpty();
    assertThat(Published.by(WITHOUT_PATIENTS, Topic.PATIENT_PROFILE)).isEmpty();
    assertThat(WITHOUT_MEASUREMENTS).isNotEmpty();
    assertThat(Published.by(WITHOUT_MEASUREMENTS, Topic.PATIENT_MEASUREMENT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "{\"name\": -> ''",
        "[1, 2] -> ''",
        "{} {} -> ''",
        "{\"nickname\": \"x\"} -> nickname",
        "{\"name\": {\"middle\": \"x\"}} -> name.middle",
        "{\"sexForClinicalUse\": \"X\"} -> sexForClinicalUse",
        "{\"sexForClinicalUse\": 1} -> sexForClinicalUse",
        "{\"heightCm\": \"170\"} -> heightCm",
        "{\"heightCm\": [170]} -> heightCm",
        "{\"deceased\": \"true\"} -> deceased",
        "{\"deceased\": 1} -> deceased",
        "{\"name\": {\"given\": 7}} -> name.given",
        "{\"name\": \"Ada\"} -> name",
        "{\"menopause\": {\"status\": \"SURGICAL\", \"finalPeriod\": \"May\"}} -> menopause.finalPeriod",
        "{\"medications\": [{\"agent\": \"estradiol\", \"start\": \"soon\"}]} -> medications[0].start",
        "{\"medications\": {}} -> medications",
        "{\"heightCm\": 1, \"heightCm\": 170} -> ''",
        "{\"heightCm\": 17} -> heightCm",
        "{\"heightCm\": 1e400} -> heightCm",
        "{\"weightKg\": 1700} -> weightKg",
        "{\"birth\": \"2999-01\"} -> birth",
        "{\"birth\": \"1850-01\"} -> birth",
        "{\"birth\": \"199\"} -> birth",
        "{\"birth\": \"2999\"} -> birth",
        "{\"birth\": \"1850\"} -> birth",
        "{\"birth\": \"+1990\"} -> birth",
        "{\"birth\": \"-199\"} -> birth",
        "{\"birth\": \"1990-13\"} -> birth",
        "{\"sexForClinicalUse\": \"MALE\", \"menopause\": {\"status\": \"POSTMENOPAUSAL\"}} -> menopause.status",
        "{\"menopause\": {}} -> menopause.status",
        "{\"birth\": \"1990-05\", \"menopause\": {\"status\": \"POSTMENOPAUSAL\", \"finalPeriod\": \"1980-01\"}} -> menopause.finalPeriod",
        "{\"menopause\": {\"status\": \"POSTMENOPAUSAL\", \"finalPeriod\": \"2999-01\"}} -> menopause.finalPeriod",
        "{\"menopause\": {\"status\": \"PREMENOPAUSAL\", \"finalPeriod\": \"2020-01\"}} -> menopause.finalPeriod",
        "{\"hypogonadism\": {\"kind\": \"NONE\", \"since\": \"2020-01\"}} -> hypogonadism.since",
        "{\"growthHormoneDeficiency\": {\"presence\": \"PRESENT\", \"since\": \"2999-01\"}} -> growthHormoneDeficiency.since",
        "{\"medications\": [{\"agent\": \"prednisolone\", \"start\": \"2020-02-01\", \"stop\": \"2020-01-01\"}]} -> medications[0].stop",
        "{\"medications\": [{\"agent\": \"prednisolone\", \"dailyDose\": {\"value\": 5, \"unit\": \"mg\"}}]} -> medications[0].dailyDose.unit",
        "{\"medications\": [null]} -> medications[0]",
        "{\"medications\": [{\"agent\": \"No Agent\"}]} -> medications[0].agent",
        "{\"identifiers\": [{\"system\": \"urn:mrn\"}]} -> identifiers[0].value",
        "{\"identifiers\": [{\"system\": \"urn:mrn\", \"value\": \"a\\u0000b\"}]} -> identifiers[0].value",
        "{\"name\": {\"given\": \"\\ud800\"}} -> name.given",
        "{\"identifiers\": [{\"system\": \"s\", \"value\": \"v\"}, {\"system\": \"s\", \"value\": \"v\"}]} -> identifiers[1]",
      })
  void refusesABadPatientByTheFieldThatIsWrong(String body, String field) {
    problem(clinic.json(body).post("/v1/patients").then(), 400, field);
    assertThat(clinic.stored()).isZero();
    WITHOUT_PATIENTS.add(clinic);
  }

  @ParameterizedTest
  @CsvSource({
    "412, pg/mLx, 2026-01-05T08:10:00Z, unit, is no UCUM unit",
    "412, 10*999999999, 2026-01-05T08:10:00Z, unit, is no UCUM unit",
    "412, pmol/L, 2026-01-05T08:10:00Z, unit, cannot be converted",
    "0.412, ng/L, 2026-01-05T08:10:00Z, value, Is it ng/mL",
    "412, ng/mL, 2026-01-05T08:10:00Z, value, Is it ng/L",
    "-1, ng/L, 2026-01-05T08:10:00Z, value, plausible",
    "1e300, ng/L, 2026-01-05T08:10:00Z, value, digits",
    "412, '', 2026-01-05T08:10:00Z, unit, Is required",
    "412, ng/L, 2999-01-05T08:10:00Z, effectiveAt, future",
    "412, ng/L, 2999-01, effectiveAt, future",
    "412, ng/L, 1984-12-31T08:10:00Z, effectiveAt, birth",
    "412, ng/L, 1984, effectiveAt, birth",
    "412, ng/L, 2026-01-05T08:10:00, effectiveAt, offset",
    "412, ng/L, +999999999-01-05T08:10:00Z, effectiveAt, future",
    "412, ng/L, -999999999-01-05T08:10:00Z, effectiveAt, 1900",
  })
  void refusesABadMeasurementByTheFieldThatIsWrong(
      String value, String unit, String at, String field, String reason) {
    String patient = clinic.patient("{\"birth\": \"1985-05\"}");
    problem(
            clinic
                .json(CTX.formatted(value, unit, at))
                .post("/v1/patients/{id}/measurements", patient)
                .then(),
            400,
            field)
        .body("violations.message.join()", containsString(reason));
    assertThat(clinic.rows("measurement")).isZero();
    WITHOUT_MEASUREMENTS.add(clinic);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "{\"value\": 1, \"unit\": \"ng/L\", \"effectiveAt\": \"2026-01-05\"} -> analyte",
        "{\"analyte\": \"gold\", \"value\": 1, \"unit\": \"ng/L\", \"effectiveAt\": \"2026-01-05\"} -> analyte",
        "{\"loinc\": \"0-0\", \"value\": 1, \"unit\": \"ng/L\", \"effectiveAt\": \"2026-01-05\"} -> loinc",
        "{\"loinc\": \"24701-5\", \"value\": 1, \"unit\": \"g/cm2\", \"effectiveAt\": \"2026-01-05\"} -> loinc",
        "{\"analyte\": \"p1np\", \"loinc\": \"41171-0\", \"value\": 1, \"unit\": \"ng/L\", \"effectiveAt\": \"2026-01-05\"} -> loinc",
        "{\"analyte\": \"ctx\", \"unit\": \"ng/L\", \"effectiveAt\": \"2026-01-05\"} -> value",
        "{\"analyte\": \"ctx\", \"value\": \"412\", \"unit\": \"ng/L\", \"effectiveAt\": \"2026-01-05\"} -> value",
        "{\"analyte\": \"ctx\", \"value\": 412, \"effectiveAt\": \"2026-01-05\"} -> unit",
        "{\"analyte\": \"ctx\", \"value\": 412, \"unit\": \"ng/L\"} -> effectiveAt",
        "{\"analyte\": \"t-score-total-hip\", \"value\": -250, \"unit\": \"%\", \"effectiveAt\": \"2026-01-05\"} -> unit",
        "{\"analyte\": \"ctx\", \"value\": 412, \"unit\": \"ng/L\", \"effectiveAt\": \"2026-01-05\", \"fasting\": \"MAYBE\"} -> fasting",
        "{\"analyte\": \"ctx\", \"value\": 412, \"unit\": \"ng/L\", \"effectiveAt\": \"2026-01-05\", \"source\": {\"system\": \"lab\"}} -> source.id",
        "{\"analyte\": \"ctx\", \"value\": 412, \"unit\": \"ng/L\", \"effectiveAt\": \"2026-01-05\", \"method\": \" \"} -> method",
        "{\"analyte\": \"ctx\", \"value\": 412, \"unit\": \"ng/L\", \"effectiveAt\": \"2026-01-05\", \"result\": 1} -> result",
      })
  void refusesAnIncompleteMeasurementByTheFieldThatIsWrong(String body, String field) {
    String patient = clinic.patient();
    problem(clinic.json(body).post("/v1/patients/{id}/measurements", patient).then(), 400, field);
    assertThat(clinic.rows("measurement")).isZero();
    WITHOUT_MEASUREMENTS.add(clinic);
  }

  @Test
  void refusesAMeasurementOfAnUnknownPatient() {
    problem(
        clinic
            .json(CTX.formatted("412", "ng/L", "2026-01-05T08:10:00Z"))
            .post("/v1/patients/{id}/measurements", UUID.randomUUID())
            .then(),
        404,
        "patientId");
    problem(clinic.clinician().get("/v1/patients/{id}", UUID.randomUUID()).then(), 404, "id");
    assertThat(clinic.stored()).isZero();
  }

  @Test
  void hidesTheOtherClinicsPatients() {
    String patient =
        clinic.patient("{\"identifiers\": [{\"system\": \"urn:mrn\", \"value\": \"1\"}]}");
    Clinic other = Clinic.of(stack);
    problem(other.clinician().get("/v1/patients/{id}", patient).then(), 404, "id");
    problem(
        other.clinician().get("/v1/patients/{id}/measurements", patient).then(), 404, "patientId");
    problem(
        other
            .json(CTX.formatted("412", "ng/L", "2026-01-05T08:10:00Z"))
            .post("/v1/patients/{id}/measurements", patient)
            .then(),
        404,
        "patientId");
    problem(
        other.json("{}").header("If-Match", "\"1\"").put("/v1/patients/{id}", patient).then(),
        404,
        "id");
    assertThat(other.clinician().get("/v1/patients?identifier=urn:mrn|1").path("items").toString())
        .isEqualTo("[]");
    assertThat(other.stored()).isZero();
  }

  private static ValidatableResponse problem(
      ValidatableResponse response, int status, String field) {
    return response
        .statusCode(status)
        .contentType(containsString("application/problem+json"))
        .body("status", org.hamcrest.Matchers.is(status))
        .body("violations.field", hasItem(field == null ? "" : field))
        .body(not(containsString("org.trabecula")))
        .body(not(containsString("Exception")));
  }
}
