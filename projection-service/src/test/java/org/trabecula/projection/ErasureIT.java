package org.trabecula.projection;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.contracts.EventType;
import org.trabecula.kit.erasure.PatientTable;
import org.trabecula.kit.erasure.PatientTables;
import org.trabecula.localstack.TestStackResource;

/// The tombstone of a profile erases the patient here, for good.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "projection"))
class ErasureIT extends RunningProjection {
  /// Tables that no patient is in, and the kit's.
  private static final List<String> OTHERS =
      List.of(
          "erased",
          "erasure_salt",
          "flyway_schema_history",
          "idempotent_request",
          "inbox",
          "outbox");

  @Inject PatientTables tables;

  @Test
  void removesEverythingOfAnErasedPatientAndTheForecastFromTheTopic() {
    wire.publish(patient, patient.profile(), patient.ctx(ctx, 1, "412"));
    wire.publish(patient, patient.patch(regimen, 1, "50", List.of()));
    forecastOf(3);
    assertThat(tablesWith(patient)).contains("dossier", "dossier_measurement", "forecast", "inbox");

    wire.publish(profileTombstone());

    await().atMost(SOON).untilAsserted(() -> get(patient, "/forecast").then().statusCode(404));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(wire.forecasts(patient, 2).getLast().value()).isNull());
    await().atMost(SOON).untilAsserted(() -> assertThat(tablesWith(patient)).isEmpty());
  }

  /// There is no order across topics: whatever comes first, nothing stays, and nothing that comes
  /// late or again brings the patient back.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isLeftWithNothingInWhateverOrderTheTombstonesCome(long seed) {
    wire.publish(patient, patient.profile(), patient.ctx(ctx, 1, "412"));
    wire.publish(patient, patient.patch(regimen, 1, "50", List.of()));
    forecastOf(3);
    var tombstones =
        new ArrayList<>(List.of(profileTombstone(), measurementTombstone(), regimenTombstone()));
    Collections.shuffle(tombstones, new Random(seed));
    tombstones.forEach(wire::publish);
    await().atMost(SOON).untilAsserted(() -> assertThat(tablesWith(patient)).isEmpty());

    wire.publish(patient, patient.ctx(ctx, 2, "413"), patient.profile());
    wire.publish(patient, patient.patch(regimen, 2, "25", List.of()));
    wire.publish(
        Wire.record(
            patient,
            EventType.MEASUREMENT_RECORDED,
            "alder/" + patient.id() + "/" + ctx,
            "{".getBytes(UTF_8),
            UUID.randomUUID().toString()));
    awaitTakenIn();

    assertThat(tablesWith(patient)).isEmpty();
    get(patient, "/forecast").then().statusCode(404);
  }

  @Test
  void keepsNoEmptyDossierOfSomeoneWhoseTombstonesAreAllThatIsLeft() {
    wire.publish(measurementTombstone());
    wire.publish(regimenTombstone());
    wire.publish(patient, patient.ctx(ctx, 1, "412"));
    wire.publish(measurementTombstone());
    awaitTakenIn();
    await().atMost(SOON).untilAsserted(() -> assertThat(count("true")).isZero());
  }

  @Test
  void knowsOfEveryTableWhetherPatientsAreInIt() {
    var known = new ArrayList<>(tables.all().stream().map(PatientTable::name).toList());
    known.addAll(OTHERS);
    assertThat(tableNames()).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void handsOutAllThatIsHeldOfAPatient() {
    wire.publish(patient, patient.profile(), patient.ctx(ctx, 1, "412"));
    String forecast = forecastOf(2).path("forecastId").asText();
    String path = "/v1/patients/" + patient.id() + "/export";
    given()
        .auth()
        .oauth2(stack.token("administrator", "alder"))
        .get(path)
        .then()
        .statusCode(200)
        .body("service", equalTo("projection-service"))
        .body("dossier[0].profile.patientId", equalTo(patient.id().toString()))
        .body("dossierMeasurement.measurementId", contains(ctx.toString()))
        .body("forecast[-1].forecastId", equalTo(forecast))
        .body("inbox", hasSize(2));
    get(patient, "/export").then().statusCode(403);
    given().auth().oauth2(stack.token("clinician", "birch")).get(path).then().statusCode(404);
  }

  private ProducerRecord<String, byte[]> profileTombstone() {
    return tombstone(EventType.PROFILE_RECORDED, "");
  }

  private ProducerRecord<String, byte[]> measurementTombstone() {
    return tombstone(EventType.MEASUREMENT_RECORDED, "/" + ctx);
  }

  private ProducerRecord<String, byte[]> regimenTombstone() {
    return tombstone(EventType.REGIMEN_STOPPED, "");
  }

  private ProducerRecord<String, byte[]> tombstone(EventType type, String item) {
    String key = "alder/" + patient.id() + item;
    return Wire.record(patient, type, key, null, UUID.randomUUID().toString());
  }

  /// What another patient on the same partitions sends last is taken in last.
  private void awaitTakenIn() {
    var other = TestPatient.random();
    UUID measured = UUID.randomUUID();
    UUID assigned = UUID.randomUUID();
    var records =
        List.of(
            Wire.record(other, other.profile(), UUID.randomUUID().toString()),
            Wire.record(other, other.ctx(measured, 1, "412"), UUID.randomUUID().toString()),
            Wire.record(
                other, other.patch(assigned, 1, "50", List.of()), UUID.randomUUID().toString()));
    int partition = profileTombstone().partition();
    records.forEach(
        record ->
            wire.publish(
                new ProducerRecord<>(
                    record.topic(), partition, record.key(), record.value(), record.headers())));
    forecastOf(other, 3);
  }

  private List<String> tablesWith(TestPatient sought) {
    return tableNames().stream()
        .filter(
            table ->
                !texts(
                        "select 1 from "
                            + table
                            + " one where one::text like '%"
                            + sought.id()
                            + "%'")
                    .isEmpty())
        .toList();
  }

  private List<String> tableNames() {
    return texts("select table_name from information_schema.tables where table_schema = 'public'");
  }

  private List<String> texts(String query) {
    var found = new ArrayList<String>();
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      while (row.next()) {
        found.add(row.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
