package org.trabecula.patient.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
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
class MedicationIT {
  private static final String COURSE =
      """
      {"agent": "prednisolone", "dailyDose": {"value": 5, "unit": "mg/d"}, "since": "2021-02"}
      """;

  TestStack stack;
  private Clinic clinic;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
  }

  @Test
  void theSameCourseSentAgainIsACorrectionAndItsHistoryStays() {
    String id = clinic.patient();
    var first = post(id, COURSE);
    first.then().statusCode(201).header("ETag", "\"1\"").body("agent", is("prednisolone"));
    post(id, COURSE).then().statusCode(200).header("ETag", "\"1\"");
    post(id, COURSE.replace("\"2021-02\"", "\"2021-02\", \"until\": \"2022-03\""))
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"");
    clinic
        .as("viewer")
        .get("/v1/patients/{id}/medications", id)
        .then()
        .body("items.until", contains("2022-03"));
    clinic
        .as("viewer")
        .get(first.header("Location") + "/versions")
        .then()
        .body("items.version", contains(1, 2))
        .body("items.content.until", contains(nullValue(), is("2022-03")));
    JsonPath event = published(3);
    assertThat(event.getString("medications[0].start")).isEqualTo("2021-02-01");
    assertThat(event.getString("medications[0].stop")).isEqualTo("2022-04-01");
  }

  @Test
  void theClinicsOwnListGoesBeforeAStatementOfTheSameTime() {
    String id =
        clinic.patient(
            """
            {"medications": [{"agent": "prednisolone", "dailyDose": {"value": 7.5, "unit": "mg/d"}, "start": "2021-01-01"}]}
            """);
    post(id, COURSE).then().statusCode(201);
    post(id, COURSE.replace("\"2021-02\"", "\"2015\", \"until\": \"2016\"")).then().statusCode(201);
    JsonPath event = published(3);
    assertThat(event.getList("medications.start")).containsExactly("2021-01-01", "2015-01-01");
    clinic
        .clinician()
        .get("/v1/patients/{id}", id)
        .then()
        .body("medications.start", contains("2021-01-01"));
  }

  @Test
  void whatIsTakenBackCountsNoLonger() {
    String id = clinic.patient();
    String location = post(id, COURSE).header("Location");
    clinic.clinician().delete(location).then().statusCode(428);
    clinic.clinician().header("If-Match", "\"1\"").delete(location).then().statusCode(204);
    clinic.clinician().get(location).then().body("standing", is("WITHDRAWN"));
    clinic.clinician().header("If-Match", "\"2\"").delete(location).then().statusCode(404);
    assertThat(published(3).getList("medications")).isEmpty();
  }

  @Test
  void aSourcesWithdrawalIsNotTheClinicsToMakeNorItsKeyAnothersPatients() {
    String id = clinic.patient();
    String other = clinic.patient();
    String sourced =
        COURSE.replaceFirst("}\\s*$", ", \"source\": {\"system\": \"urn:ehr\", \"id\": \"m1\"}}");
    String location = post(id, sourced).header("Location");
    clinic.clinician().header("If-Match", "\"1\"").delete(location).then().statusCode(404);
    post(other, sourced).then().statusCode(409).body("violations.field", hasItem("source.id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | agent",
        "{\"agent\": \"Zest of lemon\"} | agent",
        "{\"agent\": \"prednisolone\", \"dailyDose\": {\"value\": 0, \"unit\": \"mg/d\"}} | dailyDose.value",
        "{\"agent\": \"prednisolone\", \"dailyDose\": {\"value\": 5, \"unit\": \"mg\"}} | dailyDose.unit",
        "{\"agent\": \"prednisolone\", \"since\": \"soon\"} | since",
        "{\"agent\": \"prednisolone\", \"since\": \"1950\"} | since",
        "{\"agent\": \"prednisolone\", \"since\": \"2021\", \"until\": \"2020\"} | until",
        "{\"agent\": \"prednisolone\", \"source\": {\"system\": \"urn:ehr\"}} | source.id",
        "{\"text\": \"\"} | text"
      })
  void whatCannotBeRightNamesTheFieldAndStoresNothing(String body, String field) {
    String id = clinic.patient("{\"birth\": \"1966-04\"}");
    post(id, body).then().statusCode(400).body("violations.field", hasItem(field));
    assertThat(clinic.rows("statement")).isZero();
  }

  private Response post(String id, String body) {
    return clinic.json(body).post("/v1/patients/{id}/medications", id);
  }

  private JsonPath published(int events) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(Published.by(clinic, Topic.PATIENT_PROFILE)).hasSize(events));
    String latest = Published.by(clinic, Topic.PATIENT_PROFILE).getLast().value();
    assertThat(Published.faults(EventType.PROFILE_RECORDED, latest)).isEmpty();
    return JsonPath.from(latest);
  }
}
