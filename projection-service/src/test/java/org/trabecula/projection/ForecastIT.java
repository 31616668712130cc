package org.trabecula.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.localstack.TestStackResource;

/// What is computed and published.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "projection"))
class ForecastIT extends RunningProjection {

  @Test
  void publishesTheForecastAsAPlainConsumerExpectsIt() throws Exception {
    wire.publish(patient, patient.profile(), patient.ctx(ctx, 1, "412"));
    String id = forecastOf(2).path("forecastId").asText();
    ConsumerRecord<String, byte[]> record = wire.forecasts(patient, 1).getLast();
    assertThat(record.key()).isEqualTo("alder/" + patient.id());
    assertThat(Wire.header(record, "ce_specversion")).isEqualTo("1.0");
    assertThat(Wire.header(record, "ce_type")).isEqualTo(EventType.FORECAST_COMPUTED.type());
    assertThat(Wire.header(record, "ce_id")).isEqualTo(id);
    assertThat(Wire.header(record, "ce_source")).isEqualTo("/trabecula/projection-service");
    assertThat(Wire.header(record, "ce_clinic")).isEqualTo("alder");
    assertThat(Wire.header(record, "ce_partitionkey")).isEqualTo("alder/" + patient.id());
    assertThat(Wire.header(record, "traceparent")).startsWith("00-" + Wire.TRACE);
    JsonNode body = Wire.body(record);
    assertThat(body.path("forecastId").asText()).isEqualTo(id);
    assertValid(EventType.FORECAST_COMPUTED, body);
    JsonNode change = series(body, "bmd-change", "lumbar-spine");
    assertThat(change.path("unit").asText()).isEqualTo("%");
    assertThat(change.path("q50").size()).isEqualTo(121);
    assertThat(change.path("q05").size()).isEqualTo(121);
    assertThat(change.path("nextMeasurement").path("q95").size()).isEqualTo(121);
    assertThat(body.path("kind").asText()).isEqualTo("ENSEMBLE");
    assertThat(body.path("diagnostics").path("verdict").asText()).isNotEmpty();
    assertThat(record.value()).hasSizeLessThan(500_000);
  }

  @Test
  void returnsToTheSameForecastWhenACorrectionIsCorrectedBack() {
    wire.publish(patient, patient.profile(), patient.ctx(ctx, 1, "412"));
    String first = forecastOf("measurement " + ctx + " 1").path("forecastId").asText();
    wire.publish(patient, patient.ctx(ctx, 2, "500"));
    String second = forecastOf("measurement " + ctx + " 2").path("forecastId").asText();
    wire.publish(patient, patient.ctx(ctx, 3, "412"));
    String third = forecastOf("measurement " + ctx + " 3").path("forecastId").asText();
    assertThat(second).isNotEqualTo(first);
    assertThat(third).isEqualTo(first);
    ConsumerRecord<String, byte[]> last = wire.forecasts(patient, 3).getLast();
    assertThat(Wire.header(last, "ce_id")).isEqualTo(first);
  }

  @Test
  void makesOneForecastOfAllThatIsThereWhenItIsMade() {
    var measured =
        IntStream.range(0, 10)
            .mapToObj(
                i ->
                    (Event)
                        patient.measurement(
                            UUID.randomUUID(),
                            1,
                            "ctx",
                            "4" + i + "0",
                            "ng/L",
                            TestPatient.DRAWN.plusSeconds(i)))
            .toList();
    wire.publish(patient, measured.toArray(Event[]::new));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        count(
                            "(select count(*) from dossier_measurement m"
                                + " where m.patient_id = dossier.patient_id) = 10"))
                    .isEqualTo(1));
    wire.publish(patient, patient.profile());
    forecastOf(11);
    assertThat(wire.forecasts(patient, 1)).hasSize(1);
  }

  @Test
  void makesNoSecondForecastWhenOnlyTheRegulatorsFlagChanges() {
    wire.publish(patient, patient.profile(), patient.patch(regimen, 1, "50", List.of()));
    forecastOf(2);
    int before = wire.forecasts(patient, 1).size();
    wire.publish(patient, patient.patch(regimen, 2, "50", List.of(TestPatient.flag())));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(count("regimen ->> 'version' = '2' and forecast_due is null"))
                    .isEqualTo(1));
    assertThat(wire.forecasts(patient, before)).hasSize(before);
  }

  static Stream<Arguments> refused() {
    YearMonth birth = YearMonth.of(1968, 5);
    var alendronate = new Medication("alendronate", null, LocalDate.of(2024, 1, 1), null);
    return Stream.of(
        Arguments.of("SEX_UNKNOWN", Sex.UNKNOWN, birth, false, List.of()),
        Arguments.of("UNDER_18", Sex.FEMALE, YearMonth.of(2012, 5), false, List.of()),
        Arguments.of("DECEASED", Sex.FEMALE, birth, true, List.of()),
        Arguments.of("BONE_DRUG_OUTSIDE_MODEL", Sex.FEMALE, birth, false, List.of(alendronate)));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void publishesWhyThereIsNoForecast(
      String reason, Sex sex, YearMonth birth, boolean deceased, List<Medication> medications)
      throws Exception {
    wire.publish(patient, patient.profile(1, sex, birth, deceased, medications));
    JsonNode answer = forecastOf(1);
    assertThat(answer.path("status").asText()).isEqualTo("refused");
    assertThat(answer.path("reason").asText()).isEqualTo(reason);
    assertThat(answer.path("field").asText()).startsWith("profile.");
    ConsumerRecord<String, byte[]> record = wire.forecasts(patient, 1).getLast();
    assertThat(Wire.header(record, "ce_type")).isEqualTo(EventType.FORECAST_REFUSED.type());
    assertThat(Wire.header(record, "ce_id")).isEqualTo(answer.path("forecastId").asText());
    assertValid(EventType.FORECAST_REFUSED, Wire.body(record));
  }
}
