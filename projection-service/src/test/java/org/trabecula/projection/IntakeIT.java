package org.trabecula.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStackResource;

/// Events change the dossier once, in whatever order and however often they come.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "projection"))
class IntakeIT extends RunningProjection {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void makesOneCurrentForecastOfEventsInAnyOrder(long seed) {
    var events =
        new ArrayList<Event>(
            List.of(
                patient.profile(),
                patient.ctx(ctx, 1, "412"),
                patient.patch(regimen, 1, "50", List.of())));
    Collections.shuffle(events, new Random(seed));
    wire.publish(patient, events.toArray(Event[]::new));
    JsonNode forecast = forecastOf(3);
    assertThat(forecast.path("status").asText()).isEqualTo("computed");
    assertThat(forecast.path("kind").asText()).isEqualTo("ENSEMBLE");
    assertThat(forecast.path("asOf").asText()).isEqualTo(TestPatient.DRAWN.toString());
    assertThat(forecast.path("months").size()).isEqualTo(121);
    assertThat(inputs(forecast))
        .containsExactlyInAnyOrder(
            "profile " + patient.id() + " 1",
            "measurement " + ctx + " 1",
            "regimen " + regimen + " 1");
  }

  @Test
  void makesNoSecondForecastOfAnEventThatComesTwice() {
    wire.publish(patient, patient.profile());
    var measured = Wire.record(patient, patient.ctx(ctx, 1, "412"), UUID.randomUUID().toString());
    wire.publish(measured);
    String id = forecastOf(2).path("forecastId").asText();
    wire.publish(measured);
    wire.publish(patient, patient.ctx(ctx, 1, "412"), patient.profile());
    wire.publish(patient, patient.patch(regimen, 1, "50", List.of()));
    forecastOf(3);
    assertThat(wire.forecasts(patient, 2).stream().map(each -> Wire.header(each, "ce_id")))
        .doesNotHaveDuplicates()
        .contains(id);
  }

  @Test
  void ignoresALateLowerVersion() {
    wire.publish(
        patient, patient.profile(), patient.ctx(ctx, 2, "500"), patient.ctx(ctx, 1, "412"));
    UUID another = UUID.randomUUID();
    wire.publish(patient, patient.ctx(another, 1, "300"));
    assertThat(inputs(forecastOf(3)))
        .contains("measurement " + ctx + " 2", "measurement " + another + " 1");
  }

  @Test
  void forgetsAMeasurementThatWasWithdrawn() {
    wire.publish(patient, patient.profile(), patient.ctx(ctx, 1, "412"));
    forecastOf(2);
    wire.publish(patient, patient.withdrawn(ctx, 2), patient.ctx(ctx, 1, "412"));
    assertThat(forecastOf(1).path("asOf").asText()).isEqualTo(TestPatient.REGISTERED.toString());
  }

  @Test
  void makesTheForecastThatAnInstanceLeftBehindWhenItDied() throws Exception {
    insertDossier(Wire.JSON.writeValueAsString(patient.profile()), "now()");
    assertThat(inputs(forecastOf(1))).containsExactly("profile " + patient.id() + " 1");
  }

  @Test
  void passesOverNoChangeThatComesWhileAForecastIsComputed() throws Exception {
    wire.publish(patient, patient.profile());
    for (int i = 0; i < 12; i++) {
      String value = Integer.toString(400 + 10 * i);
      wire.publish(
          patient,
          patient.measurement(
              UUID.randomUUID(), 1, "ctx", value, "ng/L", TestPatient.DRAWN.plusSeconds(i)));
      Thread.sleep(40);
    }
    forecastOf(13);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(count("forecast_due is null")).isEqualTo(1));
  }

  @Test
  void putsOffADossierThatCannotBeForecastServesTheOthersAndLogsNoPatient() {
    var logged = new CopyOnWriteArrayList<String>();
    Logger.getLogger("org.trabecula").addHandler(new Lines(logged));
    insertDossier("{\"patientId\": \"" + patient.id() + "\"}", "now()");
    var other = TestPatient.random();
    wire.publish(other, other.profile());
    forecastOf(other, 1);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(count("forecast_attempts > 0 and forecast_due is not null"))
                    .isEqualTo(1));
    assertThat(logged)
        .anyMatch(line -> line.contains("has no new forecast"))
        .noneMatch(line -> line.contains(patient.id().toString()));
    get(patient, "/forecast").then().statusCode(202);
    wire.publish(patient, patient.profile());
    forecastOf(1);
  }

  @Test
  void sendsWhatIsNoEventToTheDeadLettersAndTakesInWhatComesBehind() {
    String key = "alder/" + patient.id() + "/" + ctx;
    byte[] half = "{\"measurementId\":".getBytes(UTF_8);
    wire.publish(patient, patient.profile());
    wire.publish(
        Wire.record(
            patient, EventType.MEASUREMENT_RECORDED, key, half, UUID.randomUUID().toString()));
    UUID behind = UUID.randomUUID();
    wire.publish(patient, patient.ctx(behind, 1, "412"));
    assertThat(inputs(forecastOf(2))).contains("measurement " + behind + " 1");
    ConsumerRecord<String, byte[]> letter =
        wire.records(Topic.PATIENT_MEASUREMENT.deadLetters(), key, 1).getFirst();
    assertThat(letter.value()).isEqualTo(half);
    assertThat(Wire.header(letter, "dead-letter-reason")).contains("measurement-recorded");
    assertThat(Wire.header(letter, "dead-letter-topic"))
        .isEqualTo(Topic.PATIENT_MEASUREMENT.address());
    assertThat(Wire.header(letter, "dead-letter-partition")).matches("\\d+");
    assertThat(Wire.header(letter, "dead-letter-offset")).matches("\\d+");
    assertThat(Wire.header(letter, "ce_type")).isEqualTo(EventType.MEASUREMENT_RECORDED.type());
  }

  @Test
  void sendsAnEventWhoseKeyIsAnotherPatientsToTheDeadLetters() {
    var other = TestPatient.random();
    String key = "alder/" + patient.id();
    wire.publish(
        new ProducerRecord<>(
            Topic.PATIENT_PROFILE.address(),
            null,
            key,
            Wire.record(other, other.profile(), "unused").value(),
            Wire.record(other, other.profile(), UUID.randomUUID().toString()).headers()));
    assertThat(wire.records(Topic.PATIENT_PROFILE.deadLetters(), key, 1)).hasSize(1);
    get(patient, "/forecast").then().statusCode(404);
  }

  private static final class Lines extends Handler {
    private final List<String> seen;
    private final PatternFormatter formatter = new PatternFormatter("%s%e");

    private Lines(List<String> seen) {
      this.seen = seen;
    }

    @Override
    public void publish(LogRecord record) {
      seen.add(formatter.format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
