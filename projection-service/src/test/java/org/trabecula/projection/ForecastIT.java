package org.trabecula.projection;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;

/// From the other services' events to the patient's current forecast.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "projection"))
class ForecastIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  TestStack stack;
  @Inject DataSource database;
  private Wire wire;
  private final TestPatient patient = TestPatient.random();
  private final UUID ctx = UUID.randomUUID();
  private final UUID regimen = UUID.randomUUID();

  @BeforeEach
  void connect() {
    wire = new Wire(stack.bootstrapServers());
  }

  @AfterEach
  void disconnect() {
    wire.close();
  }

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
    assertThat(forecast.path("kind").asText()).isEqualTo("SINGLE_TRAJECTORY");
    assertThat(forecast.path("asOf").asText()).isEqualTo(TestPatient.DRAWN.toString());
    assertThat(forecast.path("months").size()).isEqualTo(121);
    assertThat(inputs(forecast))
        .containsExactlyInAnyOrder(
            "profile " + patient.id() + " 1",
            "measurement " + ctx + " 1",
            "regimen " + regimen + " 1");
  }

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
    assertThat(change.has("q05")).isFalse();
    assertThat(record.value()).hasSizeLessThan(60_000);
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
  void makesFewForecastsOfManyResultsAndTheLastHasThemAll() {
    wire.publish(patient, patient.profile());
    forecastOf(1);
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
    forecastOf(11);
    assertThat(wire.forecasts(patient, 2)).hasSizeLessThanOrEqualTo(1 + 4);
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

  @Test
  void forgetsAMeasurementThatWasWithdrawn() {
    wire.publish(patient, patient.profile(), patient.ctx(ctx, 1, "412"));
    forecastOf(2);
    wire.publish(patient, patient.withdrawn(ctx, 2), patient.ctx(ctx, 1, "412"));
    assertThat(forecastOf(1).path("asOf").asText()).isEqualTo(TestPatient.REGISTERED.toString());
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

  @Test
  void removesEverythingOfAnErasedPatientAndTheForecastFromTheTopic() {
    wire.publish(patient, patient.profile(), patient.ctx(ctx, 1, "412"));
    forecastOf(2);
    String key = "alder/" + patient.id();
    wire.publish(
        Wire.record(patient, EventType.PROFILE_RECORDED, key, null, UUID.randomUUID().toString()));
    await().atMost(SOON).untilAsserted(() -> get(patient, "/forecast").then().statusCode(404));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(wire.forecasts(patient, 2).getLast().value()).isNull());
    assertThat(count("true")).isZero();
    assertThat(rows("select count(*) from forecast where patient_id = ?")).isZero();
    assertThat(rows("select count(*) from dossier_measurement where patient_id = ?")).isZero();
  }

  @Test
  void makesTheForecastThatAnInstanceLeftBehindWhenItDied() throws Exception {
    insertDossier(Wire.JSON.writeValueAsString(patient.profile()), "now()");
    assertThat(inputs(forecastOf(1))).containsExactly("profile " + patient.id() + " 1");
  }

  @Test
  void putsOffADossierThatCannotBeForecastAndServesTheOthers() {
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
    get(patient, "/forecast").then().statusCode(202);
    wire.publish(patient, patient.profile());
    forecastOf(1);
  }

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

  private Response get(TestPatient of, String path) {
    return given()
        .auth()
        .oauth2(stack.token("viewer", "alder"))
        .get("/v1/patients/" + of.id() + path);
  }

  /// The current forecast, once it has this many inputs.
  private JsonNode forecastOf(int inputs) {
    return forecastOf(patient, inputs);
  }

  private JsonNode forecastOf(TestPatient of, int inputs) {
    return await()
        .atMost(SOON)
        .until(() -> current(of), forecast -> forecast.path("inputs").size() == inputs);
  }

  private JsonNode forecastOf(String input) {
    return await()
        .atMost(SOON)
        .until(() -> current(patient), forecast -> inputs(forecast).contains(input));
  }

  private JsonNode current(TestPatient of) throws IOException {
    return Wire.JSON.readTree(get(of, "/forecast").asString());
  }

  private static List<String> inputs(JsonNode forecast) {
    return StreamSupport.stream(forecast.path("inputs").spliterator(), false)
        .map(
            input ->
                input.path("kind").asText()
                    + " "
                    + input.path("id").asText()
                    + " "
                    + input.path("version").asInt())
        .toList();
  }

  private static JsonNode series(JsonNode forecast, String quantity, String site) {
    return StreamSupport.stream(forecast.path("series").spliterator(), false)
        .filter(series -> series.path("quantity").asText().equals(quantity))
        .filter(series -> series.path("site").asText().equals(site))
        .findFirst()
        .orElseThrow();
  }

  private static void assertValid(EventType type, JsonNode body) throws IOException {
    try (var schema = EventType.class.getResourceAsStream(type.schemaResource())) {
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(Wire.JSON.readTree(schema))
                  .validate(body))
          .isEmpty();
    }
  }

  private void insertDossier(String profile, String due) {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                "insert into dossier (clinic, patient_id, profile, forecast_due) values ('alder', ?, ?::jsonb, "
                    + due
                    + ")")) {
      insert.setObject(1, patient.id());
      insert.setString(2, profile);
      insert.executeUpdate();
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long count(String condition) {
    return rows("select count(*) from dossier where patient_id = ? and " + condition);
  }

  private long rows(String query) {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(query)) {
      statement.setObject(1, patient.id());
      var answer = statement.executeQuery();
      answer.next();
      return answer.getLong(1);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
