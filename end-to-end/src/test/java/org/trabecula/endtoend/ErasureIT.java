package org.trabecula.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.trabecula.endtoend.Clinic.result;
import static org.trabecula.endtoend.Clinic.scan;
import static org.trabecula.endtoend.SharedStack.FORECASTS;
import static org.trabecula.endtoend.SharedStack.STACK;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.Topic;

/// A patient who has been everywhere is erased, and is nowhere any more.
class ErasureIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final List<String> DATABASES = List.of("patient", "protocol", "projection");
  private static final String[] CONSUMERS = {"protocol-service", "projection-service"};

  private static final Clinic CLINIC = new Clinic();
  private static final Broker BROKER = new Broker(STACK.bootstrapServers());

  @AfterAll
  static void settle() throws Exception {
    BROKER.settle();
    BROKER.close();
  }

  @Test
  void anErasedPatientIsOnNoTopicAndInNoTableAndDoesNotComeBack() throws Exception {
    String mrn = "MRN-" + UUID.randomUUID();
    String family = "Quackenbush-" + UUID.randomUUID();
    var person = Clinic.woman();
    person.withObject("/name").put("family", family);
    ((ObjectNode) person.path("identifiers").path(0)).put("value", mrn);
    String patient = CLINIC.register(person);
    var ctx = result("ctx", 562, "ng/L", 120);
    String measured = CLINIC.measure(patient, ctx);
    CLINIC.send(patient, ctx.put("value", 431)).then().statusCode(200);
    CLINIC.measure(patient, scan("lumbar-spine", 0.901, 119));
    String regimen = CLINIC.prescribe(patient).then().statusCode(201).extract().path("regimenId");
    int partition =
        FORECASTS
            .first(patient, event -> event.used(measured) && event.used(regimen))
            .message()
            .partition();
    sendToTheDeadLetters(patient, measured, partition);

    var sought = List.of(patient, mrn, family);
    List<ConsumerRecord<byte[], byte[]>> before = BROKER.recordsWith(sought);
    assertThat(before)
        .extracting(ConsumerRecord::topic)
        .contains(
            Topic.PATIENT_PROFILE.address(),
            Topic.PATIENT_MEASUREMENT.address(),
            Topic.PATIENT_MEASUREMENT.deadLetters(),
            Topic.PROTOCOL_REGIMEN.address(),
            Topic.PROJECTION_FORECAST.address());
    assertThat(tablesWith(sought))
        .contains(
            "patient.patient",
            "patient.measurement_superseded",
            "patient.idempotent_request",
            "protocol.regimen",
            "protocol.inbox",
            "projection.forecast",
            "projection.inbox");

    BROKER.hurry();
    CLINIC
        .as("administrator", "patient-service")
        .delete("/v1/patients/{patient}", patient)
        .then()
        .statusCode(204);

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(tablesWith(sought)).isEmpty());
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              BROKER.writeSomethingElse(partition);
              assertThat(BROKER.recordsWith(sought)).extracting(ConsumerRecord::topic).isEmpty();
            });

    for (ConsumerRecord<byte[], byte[]> record : before) {
      if (!record.topic().endsWith(".dlq")) {
        BROKER.repeat(record);
        BROKER.send(
            new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value()),
            type(record),
            CLINIC.name());
      }
    }
    BROKER.awaitTakenIn(CONSUMERS);
    assertThat(tablesWith(sought)).isEmpty();
    CLINIC.forecast(patient).then().statusCode(404);
    assertThat(BROKER.recordsWith(sought)).noneMatch(record -> record.topic().endsWith(".dlq"));
  }

  /// A record of the patient that no consumer can read.
  private static void sendToTheDeadLetters(String patient, String measurement, int partition)
      throws Exception {
    String key = CLINIC.name() + "/" + patient + "/" + measurement;
    String half = "{\"patientId\": \"" + patient + "\"";
    BROKER.send(
        new ProducerRecord<>(
            Topic.PATIENT_MEASUREMENT.address(),
            partition,
            key.getBytes(UTF_8),
            half.getBytes(UTF_8)),
        EventType.MEASUREMENT_RECORDED,
        CLINIC.name());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(BROKER.recordsWith(List.of(patient)))
                    .anyMatch(
                        record -> record.topic().equals(Topic.PATIENT_MEASUREMENT.deadLetters())));
  }

  private static EventType type(ConsumerRecord<byte[], byte[]> record) {
    return EventType.ofType(new String(record.headers().lastHeader("ce_type").value(), UTF_8))
        .orElseThrow();
  }

  /// Tables of the three databases with a row that has one of the texts in any of its columns.
  private static List<String> tablesWith(List<String> texts) throws SQLException {
    var found = new ArrayList<String>();
    for (String database : DATABASES) {
      try (var connection =
              DriverManager.getConnection(STACK.jdbcUrl(database), database, database);
          var statement = connection.createStatement()) {
        var tables = new ArrayList<String>();
        try (var row =
            statement.executeQuery(
                "select table_name from information_schema.tables where table_schema = 'public'")) {
          while (row.next()) {
            tables.add(row.getString(1));
          }
        }
        for (String table : tables) {
          for (String text : texts) {
            try (var row =
                statement.executeQuery(
                    "select 1 from %s one where strpos(one::text, '%s') > 0 limit 1"
                        .formatted(table, text))) {
              if (row.next()) {
                found.add(database + "." + table);
              }
            }
          }
        }
      }
    }
    return found;
  }
}
