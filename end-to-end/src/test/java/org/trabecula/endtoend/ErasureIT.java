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
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.Topic;

/// A patient who has been everywhere is erased, and is nowhere any more.
class ErasureIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> DATABASES = List.of("patient", "protocol", "projection");
  private static final String[] CONSUMERS = {"protocol-service", "projection-service"};

  private static final Clinic CLINIC = new Clinic();
  private static final Broker BROKER = new Broker(STACK.bootstrapServers());

  @AfterAll
  static void settle() throws Exception {
    try (BROKER) {
      BROKER.settle();
    }
  }

  /// A patient with something in every table, on every topic and among the dead letters.
  ///
  /// @param traces texts by which the patient would be found: ids, number, name
  /// @param partition where all records of the patient are
  private record Known(String id, ObjectNode result, List<String> traces, int partition) {}

  @Test
  void anErasedPatientIsOnNoTopicAndInNoTableAndDoesNotComeBack() throws Exception {
    Known patient = patient();
    List<ConsumerRecord<byte[], byte[]>> records = BROKER.recordsWith(patient.traces());
    assertThat(topics(records))
        .contains(
            Topic.PATIENT_PROFILE.address(),
            Topic.PATIENT_MEASUREMENT.address(),
            Topic.PATIENT_MEASUREMENT.deadLetters(),
            Topic.PROTOCOL_REGIMEN.address(),
            Topic.PROJECTION_FORECAST.address());
    assertThat(tablesWith(patient.traces()))
        .contains(
            "patient.patient",
            "patient.patient_identifier",
            "patient.measurement",
            "patient.measurement_superseded",
            "patient.statement",
            "patient.parked_message",
            "patient.idempotent_request",
            "protocol.known_patient",
            "protocol.regimen",
            "protocol.inbox",
            "projection.dossier",
            "projection.dossier_measurement",
            "projection.forecast",
            "projection.inbox");

    BROKER.hurry();
    CLINIC
        .as("administrator", "patient-service")
        .delete("/v1/patients/{patient}", patient.id())
        .then()
        .statusCode(204);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(tablesWith(patient.traces())).isEmpty());
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              BROKER.writeSomethingElse(patient.partition());
              assertThat(topics(BROKER.recordsWith(patient.traces()))).isEmpty();
            });
    CLINIC.prescribeOnce(patient.id()).then().statusCode(404);
    CLINIC.send(patient.id(), patient.result()).then().statusCode(404);
    CLINIC.forecast(patient.id()).then().statusCode(404);

    sendAgain(records);
    BROKER.awaitTakenIn(CONSUMERS);
    assertThat(tablesWith(patient.traces())).isEmpty();
    assertThat(topics(BROKER.recordsWith(patient.traces())))
        .as("records that came late went nowhere else")
        .noneMatch(topic -> topic.endsWith(".dlq"));
    CLINIC.forecast(patient.id()).then().statusCode(404);
  }

  private static Known patient() throws Exception {
    String number = "MRN-" + UUID.randomUUID();
    String family = "Quackenbush-" + UUID.randomUUID();
    CLINIC.oru(number, family).then().statusCode(404);
    var person = Clinic.woman();
    person.withObject("/name").put("family", family);
    ((ObjectNode) person.path("identifiers").path(0)).put("value", number);
    String id = CLINIC.register(person);
    CLINIC.state(id, "type-2-diabetes");
    var ctx = result("ctx", 562, "ng/L", 120);
    String measured = CLINIC.measure(id, ctx);
    CLINIC.send(id, ctx.put("value", 431)).then().statusCode(200);
    String scanned = CLINIC.measure(id, scan("lumbar-spine", 0.901, 119));
    String regimen = CLINIC.prescribe(id).then().statusCode(201).extract().path("regimenId");
    var forecast = FORECASTS.first(id, event -> event.used(scanned) && event.used(regimen));
    sendToTheDeadLetters(id, measured, forecast.message().partition());
    return new Known(
        id,
        ctx,
        List.of(
            id,
            number,
            family,
            measured,
            scanned,
            ctx.path("source").path("id").asText(),
            regimen,
            forecast.body().path("forecastId").asText()),
        forecast.message().partition());
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
                assertThat(topics(BROKER.recordsWith(List.of(patient))))
                    .contains(Topic.PATIENT_MEASUREMENT.deadLetters()));
  }

  /// As they were, and as if they were news.
  private static void sendAgain(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (!record.topic().endsWith(".dlq")) {
        BROKER.repeat(record);
        BROKER.send(
            new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value()),
            type(record),
            CLINIC.name());
      }
    }
  }

  private static EventType type(ConsumerRecord<byte[], byte[]> record) {
    return EventType.ofType(new String(record.headers().lastHeader("ce_type").value(), UTF_8))
        .orElseThrow();
  }

  private static Set<String> topics(List<ConsumerRecord<byte[], byte[]>> records) {
    var topics = new TreeSet<String>();
    records.forEach(record -> topics.add(record.topic()));
    return topics;
  }

  /// Tables of the three databases with a row that has one of the texts in any of its columns.
  private static Set<String> tablesWith(List<String> texts) throws SQLException {
    var found = new TreeSet<String>();
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
          try (var row =
              statement.executeQuery(
                  "select 1 from %s one where one::text ~ '%s' limit 1"
                      .formatted(table, String.join("|", texts)))) {
            if (row.next()) {
              found.add(database + "." + table);
            }
          }
        }
      }
    }
    return found;
  }
}
