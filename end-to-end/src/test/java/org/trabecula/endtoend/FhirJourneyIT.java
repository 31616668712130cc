package org.trabecula.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.endtoend.Clinic.result;
import static org.trabecula.endtoend.Clinic.scan;
import static org.trabecula.endtoend.SharedStack.FORECASTS;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.EventType;

/// An electronic health record hands over whole patients as FHIR transaction Bundles.
class FhirJourneyIT {
  private final Clinic clinic = new Clinic();

  @Test
  void aBundleGoesInTwiceWithOneEffectAndItsPatientGetsAForecast() throws IOException {
    var first = post("Tamatha_Witting");
    var again = post("Tamatha_Witting");
    assertThat(locations(again)).isEqualTo(locations(first));

    var patient = patient(first);
    var ids =
        List.of(
            clinic.measure(patient, result("ctx", 512, "ng/L", 20)),
            clinic.measure(patient, result("p1np", 58.2, "ug/L", 20)),
            clinic.measure(patient, scan("lumbar-spine", 0.842, 18)));
    var forecast = FORECASTS.first(patient, event -> ids.stream().allMatch(event::used));
    assertThat(forecast.header("ce_type")).isEqualTo(EventType.FORECAST_COMPUTED.type());
    assertThat(Contract.violations(EventType.FORECAST_COMPUTED, forecast.body())).isEmpty();
  }

  @Test
  void aPatientWhoHasDiedGetsARefusal() throws IOException {
    var patient = patient(post("Cathryn_Windler"));
    var refusal = FORECASTS.first(patient, event -> true);
    assertThat(refusal.header("ce_type")).isEqualTo(EventType.FORECAST_REFUSED.type());
    assertThat(refusal.body().path("reason").asText()).isEqualTo("DECEASED");
    assertThat(Contract.violations(EventType.FORECAST_REFUSED, refusal.body())).isEmpty();
    assertThat(clinic.forecast(patient).then().statusCode(200).extract().<String>path("status"))
        .isEqualTo("refused");
  }

  private JsonNode post(String name) throws IOException {
    var answer =
        clinic
            .as("integration", "patient-service")
            .config(
                RestAssured.config()
                    .encoderConfig(
                        EncoderConfig.encoderConfig()
                            .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
            .contentType("application/fhir+json")
            .body(bundle(name))
            .post("/fhir")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    return ForecastTopic.JSON.readTree(answer);
  }

  private static byte[] bundle(String name) throws IOException {
    var resource = FhirJourneyIT.class.getResourceAsStream("/fhir-r4/" + name + ".json.gz");
    try (var json = new GZIPInputStream(Objects.requireNonNull(resource))) {
      return json.readAllBytes();
    }
  }

  private static List<String> locations(JsonNode answer) {
    return StreamSupport.stream(answer.path("entry").spliterator(), false)
        .map(entry -> entry.path("response").path("location").asText())
        .toList();
  }

  private static String patient(JsonNode answer) {
    return locations(answer).stream()
        .filter(location -> location.startsWith("Patient/"))
        .map(location -> location.split("/", -1)[1])
        .findFirst()
        .orElseThrow();
  }
}
