package org.trabecula.projection;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.trabecula.localstack.TestStackResource;

/// What is answered over HTTP.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "projection"))
class ForecastResourceIT extends RunningProjection {

  @Test
  void saysThatTheFirstForecastIsOnItsWay() throws Exception {
    insertDossier(Wire.JSON.writeValueAsString(patient.profile()), "null");
    get(patient, "/forecast")
        .then()
        .statusCode(202)
        .header("Retry-After", "1")
        .body("status", equalTo("pending"))
        .body("patientId", equalTo(patient.id().toString()));
  }

  @Test
  void answersTheSameForecastByItsTagOnly() {
    wire.publish(patient, patient.profile());
    String id = forecastOf(1).path("forecastId").asText();
    get(patient, "/forecast").then().statusCode(200).header("ETag", "\"" + id + "\"");
    given()
        .auth()
        .oauth2(stack.token("viewer", "alder"))
        .header("If-None-Match", "\"" + id + "\"")
        .get("/v1/patients/" + patient.id() + "/forecast")
        .then()
        .statusCode(304);
  }

  @Test
  void pagesThroughTheHistoryTheLatestFirst() {
    wire.publish(patient, patient.profile());
    String first = forecastOf(1).path("forecastId").asText();
    wire.publish(patient, patient.ctx(ctx, 1, "412"));
    String second = forecastOf(2).path("forecastId").asText();
    Response page = get(patient, "/forecasts?limit=1");
    page.then()
        .statusCode(200)
        .body("items.size()", equalTo(1))
        .body("items[0].forecastId", equalTo(second))
        .body("items[0].status", equalTo("computed"));
    String next = page.jsonPath().getString("next");
    get(patient, "/forecasts?limit=1&cursor=" + next)
        .then()
        .statusCode(200)
        .body("items[0].forecastId", equalTo(first))
        .body("next", nullValue());
    get(patient, "/forecasts/" + first)
        .then()
        .statusCode(200)
        .body("forecastId", equalTo(first))
        .body("inputs.size()", equalTo(1));
  }

  @Test
  void refusesWhatItCannotAnswerAndNamesTheField() {
    wire.publish(patient, patient.profile());
    forecastOf(1);
    get(patient, "/forecasts?cursor=nonsense")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations[0].field", equalTo("cursor"))
        .body("violations[0].in", equalTo("query"));
    get(patient, "/forecasts?limit=0")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
    get(patient, "/forecasts/" + UUID.randomUUID())
        .then()
        .statusCode(404)
        .body("violations[0].field", equalTo("forecast"));
  }

  @Test
  void doesNotKnowAPatientOfAnotherClinicOrNobodysAndSaysWhenToAskAgain() {
    wire.publish(patient, patient.profile());
    forecastOf(1);
    for (String path : List.of("/forecast", "/forecasts")) {
      given()
          .auth()
          .oauth2(stack.token("clinician", "birch"))
          .get("/v1/patients/" + patient.id() + path)
          .then()
          .statusCode(404)
          .contentType("application/problem+json");
      get(TestPatient.random(), path)
          .then()
          .statusCode(404)
          .contentType("application/problem+json")
          .header("Retry-After", "1")
          .body("violations[0].field", equalTo("patient"));
    }
    given()
        .auth()
        .oauth2(stack.token("clinician", "birch"))
        .get("/v1/patients/" + patient.id() + "/forecasts/" + UUID.randomUUID())
        .then()
        .statusCode(404);
  }

  @Test
  void answersNobodyWithoutAToken() {
    for (String path : List.of("/forecast", "/forecasts", "/forecasts/" + UUID.randomUUID())) {
      given().get("/v1/patients/" + patient.id() + path).then().statusCode(401);
    }
  }
}
