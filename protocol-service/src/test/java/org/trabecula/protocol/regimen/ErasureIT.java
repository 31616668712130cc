package org.trabecula.protocol.regimen;

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
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.Region;
import org.trabecula.kit.erasure.PatientTable;
import org.trabecula.kit.erasure.PatientTables;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.protocol.Shipped;
import org.trabecula.protocol.Wire;

/// The tombstone of a profile erases the patient here, for good.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "protocol"))
class ErasureIT extends RegimenDoor {
  /// Tables that no patient is in, and the kit's.
  private static final List<String> OTHERS =
      List.of(
          "cds_feedback",
          "erased",
          "erasure_salt",
          "flyway_schema_history",
          "idempotent_request",
          "inbox",
          "known_clinic",
          "outbox",
          "regulatory_flag",
          "regulatory_table_version");

  @Inject DataSource database;
  @Inject PatientTables tables;

  @Test
  void erasesThePatientTheRegimensAndTheRecordOnTheTopic() {
    assign(MHT, null).statusCode(201);
    assertThat(tablesWith(patient)).contains("known_patient", "regimen", "inbox");

    wire.erase(CLINIC, patient);

    List<ConsumerRecord<String, byte[]>> records = events(2);
    assertThat(records.getLast().value()).isNull();
    assertThat(Wire.header(records.getLast(), "ce_clinic")).isEqualTo(CLINIC);
    assertThat(Wire.header(records.getLast(), "ce_type"))
        .isEqualTo("org.trabecula.protocol.regimen-stopped.v1");
    read("").statusCode(404);
    await().atMost(Wire.SOON).untilAsserted(() -> assertThat(tablesWith(patient)).isEmpty());
  }

  @Test
  void takesInNothingMoreOfAnErasedPatient() {
    wire.erase(CLINIC, patient);
    wire.profile(CLINIC, Shipped.woman(patient, Region.CN));
    wire.send(CLINIC, patient, "{".getBytes(UTF_8), UUID.randomUUID());
    wire.erase(CLINIC, patient);
    know(Shipped.woman(UUID.randomUUID(), Region.US));

    read("").statusCode(404);
    assertThat(tablesWith(patient)).isEmpty();
  }

  @Test
  void takesInNobodyWhoWasErasedBeforeTheyWereHeardOf() {
    UUID stranger = UUID.randomUUID();
    wire.erase(CLINIC, stranger);
    wire.profile(CLINIC, Shipped.woman(stranger, Region.CN));
    know(Shipped.woman(UUID.randomUUID(), Region.US));

    assertThat(tablesWith(stranger)).isEmpty();
  }

  @Test
  void knowsOfEveryTableWhetherPatientsAreInIt() {
    var known = new ArrayList<>(tables.all().stream().map(PatientTable::name).toList());
    known.addAll(OTHERS);
    assertThat(tableNames()).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void handsOutAllThatIsHeldOfAPatient() {
    assign(MHT, null).statusCode(201);
    as("clinician", CLINIC)
        .get("/v1/patients/{id}/export", patient)
        .then()
        .statusCode(200)
        .body("service", equalTo("protocol-service"))
        .body("patientId", equalTo(patient.toString()))
        .body("knownPatient.patientId", contains(patient.toString()))
        .body("regimen.protocolCode", contains("mht-patch-progesterone"))
        .body("regimen[0].steps", hasSize(2))
        .body("inbox", hasSize(1));
    as("viewer", CLINIC).get("/v1/patients/{id}/export", patient).then().statusCode(403);
    as("clinician", "birch").get("/v1/patients/{id}/export", patient).then().statusCode(404);
  }

  private List<String> tablesWith(UUID sought) {
    return tableNames().stream()
        .filter(
            table ->
                !texts("select 1 from " + table + " one where one::text like '%" + sought + "%'")
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
