package org.trabecula.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.trabecula.endtoend.Clinic.result;
import static org.trabecula.endtoend.Clinic.scan;
import static org.trabecula.endtoend.SharedStack.FORECASTS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.EventType;
import org.trabecula.endtoend.ForecastTopic.Seen;

/// A patient is registered, measured and treated over HTTP, and her forecast appears on Kafka.
class JourneyIT {
  private static final Clinic CLINIC = new Clinic();

  private static String patient;
  private static List<String> measurements;
  private static Response regimen;
  private static Seen forecast;

  @BeforeAll
  static void registerMeasureAndPrescribe() {
    patient = CLINIC.register(Clinic.woman());
    measurements =
        List.of(
            CLINIC.measure(patient, result("ctx", 0.562, "ng/mL", 120)),
            CLINIC.measure(patient, result("p1np", 66.1, "ug/L", 120)),
            CLINIC.measure(patient, scan("lumbar-spine", 0.901, 119)),
            CLINIC.measure(patient, scan("femoral-neck", 0.708, 119)),
            CLINIC.measure(patient, scan("total-hip", 0.812, 119)));
    regimen = CLINIC.prescribe(patient);
    forecast =
        FORECASTS.first(
            patient,
            event ->
                event.used(regimen.path("regimenId"))
                    && measurements.stream().allMatch(event::used));
  }

  @Test
  void theForecastIsACloudEventUnderThePatientsKey() {
    assertThat(forecast.message().key()).isEqualTo(CLINIC.name() + "/" + patient);
    assertThat(forecast.header("ce_specversion")).isEqualTo("1.0");
    assertThat(forecast.header("ce_type")).isEqualTo(EventType.FORECAST_COMPUTED.type());
    assertThat(forecast.header("ce_id")).isEqualTo(forecast.body().path("forecastId").asText());
    assertThat(forecast.header("ce_source")).isNotBlank();
    assertThat(forecast.header("ce_time")).isNotBlank();
    assertThat(forecast.header("ce_clinic")).isEqualTo(CLINIC.name());
    assertThat(forecast.header("ce_partitionkey")).isEqualTo(forecast.message().key());
    assertThat(forecast.header("content-type")).startsWith("application/json");
    assertThat(forecast.header("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
  }

  @Test
  void theForecastKeepsItsPublishedContract() throws IOException {
    assertThat(Contract.violations(EventType.FORECAST_COMPUTED, forecast.body())).isEmpty();
  }

  @Test
  void theForecastSaysThatATreatedSpineGainsAndResorptionFalls() {
    assertThat(median("bmd-change", "lumbar-spine", 24)).isBetween(0.5, 12.0);
    assertThat(median("ctx", "", 12)).isLessThan(500);
    assertThat(forecast.body().path("model").path("version").asText()).isNotBlank();
    assertThat(forecast.body().path("evidence").findValuesAsText("agent"))
        .contains("estradiol-patch");
  }

  @Test
  void theForecastOverHttpIsTheOneOnKafka() throws IOException {
    var shown = CLINIC.forecast(patient).then().statusCode(200).extract().asString();
    var body = (ObjectNode) ForecastTopic.JSON.readTree(shown);
    body.remove(List.of("status", "computedAt"));
    assertThat((JsonNode) body).isEqualTo(FORECASTS.of(patient).getLast().body());
  }

  @Test
  void everyForecastOfAPatientIsOnOnePartitionAndNoneIsRepeated() {
    var events = FORECASTS.of(patient);
    assertThat(events)
        .extracting(event -> event.message().partition())
        .containsOnly(forecast.message().partition());
    assertThat(events).extracting(event -> event.header("ce_id")).doesNotHaveDuplicates();
  }

  @Test
  void theRegimenCarriesWhatTheRegulatorOfThePatientsRegionSays() {
    regimen.then().statusCode(201).body("flags.region", everyItem(is("CN")));
    assertThat(regimen.jsonPath().getList("flags.agent", String.class))
        .contains("estradiol-patch", "progesterone-micronised");
  }

  @Test
  void nothingOfThePersonIsInTheEvent() {
    assertThat(forecast.body().toString()).doesNotContain("Exemplar", "urn:example:mrn");
  }

  @Test
  void anotherClinicSeesNothing() {
    var other = new Clinic();
    other.forecast(patient).then().statusCode(404);
    other.as("clinician", "patient-service").get("/v1/patients/" + patient).then().statusCode(404);
    other.send(patient, result("ctx", 300, "ng/L", 3)).then().statusCode(404);
    other
        .as("viewer", "patient-service")
        .get("/v1/patients")
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(0));
    other
        .as("clinician", "protocol-service")
        .get("/v1/patients/{patient}/regimens", patient)
        .then()
        .statusCode(404);
  }

  @Test
  void aRepeatedResultHasNoSecondEffect() {
    var mine = CLINIC.register(Clinic.woman());
    var ctx = result("ctx", 431, "ng/L", 10);
    var id = CLINIC.measure(mine, ctx);
    FORECASTS.with(mine, id);
    CLINIC.send(mine, ctx).then().statusCode(200).body("id", equalTo(id));
    var later = CLINIC.measure(mine, result("p1np", 51, "ug/L", 9));
    FORECASTS.with(mine, later);
    assertThat(FORECASTS.of(mine))
        .extracting(event -> event.header("ce_id"))
        .doesNotHaveDuplicates();
  }

  @Test
  void badInputIsRefusedByFieldAndNothingOfItIsPublished() {
    var mine = CLINIC.register(Clinic.woman());
    refused(mine, result("ctx", 0.431, "ng/L", 10), "value");
    refused(mine, result("ctx", 431, "furlong", 10), "unit");
    refused(mine, result("ctx", 431, "ng/L", -2), "effectiveAt");
    refused(mine, result("ctx", 431, "ng/L", 60 * 366), "effectiveAt");
    refused(mine, result("ctx", 431, "ng/L", 10).put("colour", "red"), "colour");
    refused(mine, result("vibes", 431, "ng/L", 10), "analyte");
    CLINIC
        .as("integration", "patient-service")
        .body("no json")
        .post("/v1/patients/{patient}/measurements", mine)
        .then()
        .statusCode(400);
    var good = CLINIC.measure(mine, result("ctx", 431, "ng/L", 10));

    var inputs = FORECASTS.with(mine, good).body().path("inputs");
    assertThat(
            StreamSupport.stream(inputs.spliterator(), false)
                .filter(input -> input.path("kind").asText().equals("measurement"))
                .map(input -> input.path("id").asText()))
        .containsExactly(good);
    CLINIC
        .as("viewer", "patient-service")
        .get("/v1/patients/{patient}/measurements", mine)
        .then()
        .statusCode(200)
        .body("items.id", equalTo(List.of(good)));
  }

  private static void refused(String patient, ObjectNode result, String field) {
    var fields =
        CLINIC
            .send(patient, result)
            .then()
            .statusCode(400)
            .contentType(startsWith("application/problem+json"))
            .extract()
            .jsonPath()
            .getList("violations.field", String.class);
    assertThat(fields).as(result.toString()).contains(field);
  }

  private static double median(String quantity, String site, int month) {
    var months = forecast.body().path("months");
    for (JsonNode series : forecast.body().path("series")) {
      if (series.path("quantity").asText().equals(quantity)
          && series.path("site").asText().equals(site)) {
        for (int i = 0; i < months.size(); i++) {
          if (months.get(i).asInt() == month) {
            return series.path("q50").path(i).asDouble();
          }
        }
      }
    }
    throw new AssertionError("No " + quantity + " " + site + " at month " + month);
  }
}
