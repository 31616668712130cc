package org.trabecula.kit;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;

/// What the kit promises to every service, on a real PostgreSQL and a real Kafka.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class KitIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  TestStack stack;
  @Inject DataSource database;

  @Test
  void publishesTheEventsOfOnePatientInTheOrderOfTheirCommitsUnderParallelWriters()
      throws Exception {
    UUID patient = UUID.randomUUID();
    all(120, () -> write("alder", patient, "parallel").statusCode());
    List<ConsumerRecord<String, byte[]>> records = published(patient, 120);
    assertThat(records.stream().map(KitIT::version))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 120).boxed().toList());
    assertThat(records.stream().map(ConsumerRecord::partition).distinct()).hasSize(1);
  }

  @Test
  void publishesNothingOfAChangeThatWasRolledBack() throws Exception {
    UUID patient = UUID.randomUUID();
    write("alder", patient, "fail")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations[0].field", equalTo("text"));
    write("alder", patient, "good").then().statusCode(201);
    assertThat(published(patient, 1).stream().map(KitIT::version)).containsExactly(1);
  }

  @Test
  void keepsTheHeadersOfATombstone() throws Exception {
    UUID patient = UUID.randomUUID();
    write("alder", patient, "erase").then().statusCode(201);
    ConsumerRecord<String, byte[]> tombstone = published(patient, 1).getFirst();
    assertThat(tombstone.value()).isNull();
    assertThat(header(tombstone, "ce_type")).isEqualTo(EventType.MEASUREMENT_WITHDRAWN.type());
    assertThat(header(tombstone, "ce_clinic")).isEqualTo("alder");
  }

  @Test
  void writesCloudEventsInBinaryModeAndCarriesTheTraceAcrossTheOutbox() throws Exception {
    UUID patient = UUID.randomUUID();
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    given()
        .auth()
        .oauth2(stack.token("clinician", "alder"))
        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-00")
        .contentType("application/json")
        .body(Map.of("patient", patient, "text", "traced"))
        .post("/notes")
        .then()
        .statusCode(201);
    ConsumerRecord<String, byte[]> record = published(patient, 1).getFirst();
    assertThat(record.key()).startsWith("alder/" + patient + "/");
    assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
    assertThat(header(record, "ce_source")).isEqualTo("/trabecula/kit-test");
    assertThat(header(record, "ce_partitionkey")).isEqualTo("alder/" + patient);
    assertThat(header(record, "content-type")).isEqualTo("application/json");
    assertThat(header(record, "traceparent")).startsWith("00-" + trace);
  }

  @Test
  void goesOnPublishingWhenTheLeadingConnectionDies() throws Exception {
    UUID patient = UUID.randomUUID();
    write("alder", patient, "before").then().statusCode(201);
    published(patient, 1);
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database ="
              + " (select oid from pg_database where datname = current_database())");
    }
    write("alder", patient, "after").then().statusCode(201);
    assertThat(published(patient, 2).stream().map(KitIT::version)).contains(1, 2);
  }

  @Test
  void takesAnEventInOnceHoweverOftenItComes() throws Exception {
    UUID measurement = UUID.randomUUID();
    String id = UUID.randomUUID().toString();
    send(withdrawal(measurement, 1, id));
    send(withdrawal(measurement, 1, id));
    send(withdrawal(measurement, 2, UUID.randomUUID().toString()));
    await().atMost(SOON).untilAsserted(() -> assertThat(takenIn(measurement)).contains(2));
    assertThat(takenIn(measurement)).containsExactly(1, 2);
  }

  @Test
  void sendsWhatIsNoEventToTheDeadLettersAndGoesOn() throws Exception {
    UUID measurement = UUID.randomUUID();
    var poison = withdrawal(measurement, 1, UUID.randomUUID().toString());
    send(
        new ProducerRecord<>(
            poison.topic(), 0, poison.key(), "{".getBytes(UTF_8), poison.headers()));
    var behind = withdrawal(measurement, 2, UUID.randomUUID().toString());
    send(new ProducerRecord<>(behind.topic(), 0, behind.key(), behind.value(), behind.headers()));
    await().atMost(SOON).untilAsserted(() -> assertThat(takenIn(measurement)).containsExactly(2));
    ConsumerRecord<String, byte[]> letter =
        records(Topic.PATIENT_MEASUREMENT.deadLetters(), poison.key(), 1).getFirst();
    assertThat(letter.value()).isEqualTo("{".getBytes(UTF_8));
    assertThat(header(letter, "dead-letter-topic")).isEqualTo(poison.topic());
    assertThat(header(letter, "dead-letter-partition")).isEqualTo("0");
    assertThat(header(letter, "dead-letter-offset")).isNotBlank();
    assertThat(header(letter, "dead-letter-reason")).contains("measurement-withdrawn");
  }

  @Test
  void answersAResendWithTheFirstAnswerAndNoSecondEffect() throws Exception {
    UUID patient = UUID.randomUUID();
    String key = UUID.randomUUID().toString();
    List<String> locations =
        all(
            10,
            () ->
                writeOnce(key, patient, "once")
                    .then()
                    .statusCode(201)
                    .extract()
                    .header("Location"));
    assertThat(locations).doesNotContainNull();
    assertThat(locations.stream().distinct()).hasSize(1);
    writeOnce(key, patient, "something else")
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("violations[0].field", equalTo("Idempotency-Key"));
    write("alder", patient, "end").then().statusCode(201);
    assertThat(published(patient, 2)).hasSize(2);
  }

  @Test
  void forgetsAnswersThatAreOlderThanADayAsNewRequestsCome() throws Exception {
    String old = UUID.randomUUID().toString();
    for (int i = 0; i < 12; i++) {
      remembered(old + i, 25);
    }
    remembered(old, 23);
    writeOnce(UUID.randomUUID().toString(), UUID.randomUUID(), "once").then().statusCode(201);
    assertThat(remembered(old)).hasSizeBetween(1, 3).contains(old);
    writeOnce(UUID.randomUUID().toString(), UUID.randomUUID(), "twice").then().statusCode(201);
    assertThat(remembered(old)).containsExactly(old);
  }

  private void remembered(String key, int hoursAgo) throws SQLException {
    try (Connection connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                insert into idempotent_request (clinic, key, operation, body_hash, created_at)
                values ('birch', ?, 'POST /notes', 'x', now() - make_interval(hours => ?))""")) {
      insert.setString(1, key);
      insert.setInt(2, hoursAgo);
      insert.executeUpdate();
    }
  }

  private List<String> remembered(String prefix) throws SQLException {
    var keys = new ArrayList<String>();
    try (Connection connection = database.getConnection();
        var query =
            connection.prepareStatement("select key from idempotent_request where key like ?")) {
      query.setString(1, prefix + "%");
      var rows = query.executeQuery();
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
    }
    return keys;
  }

  @Test
  void showsAClinicNothingOfAnother() {
    String note = write("alder", UUID.randomUUID(), "ours").then().extract().header("Location");
    String path = note.substring(note.indexOf("/notes"));
    given().auth().oauth2(stack.token("viewer", "alder")).get(path).then().statusCode(200);
    given()
        .auth()
        .oauth2(stack.token("viewer", "birch"))
        .get(path)
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  @Test
  void answersNobodyWithoutATokenAnotherRoleOrAClinic() {
    String path = "/notes/" + UUID.randomUUID();
    given().get(path).then().statusCode(401).contentType("application/problem+json");
    given().auth().oauth2("nonsense").get(path).then().statusCode(401);
    given()
        .auth()
        .oauth2(stack.token("integration", "alder"))
        .get(path)
        .then()
        .statusCode(403)
        .contentType("application/problem+json");
    given()
        .auth()
        .oauth2(stack.token("viewer", "alder"))
        .get("/notes/unannotated")
        .then()
        .statusCode(403);
    given()
        .auth()
        .oauth2(stack.token("viewer", ""))
        .get(path)
        .then()
        .statusCode(403)
        .body("detail", containsString("clinic"));
    given().get("/q/health").then().statusCode(200);
  }

  private Response write(String clinic, UUID patient, String text) {
    return given()
        .auth()
        .oauth2(stack.token("clinician", clinic))
        .contentType("application/json")
        .body(Map.of("patient", patient, "text", text))
        .post("/notes");
  }

  private Response writeOnce(String key, UUID patient, String text) {
    return given()
        .auth()
        .oauth2(stack.token("clinician", "alder"))
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(Map.of("patient", patient, "text", text))
        .post("/notes");
  }

  private static <T> List<T> all(int times, Callable<T> work) throws Exception {
    try (var threads = Executors.newFixedThreadPool(8)) {
      var results = new ArrayList<T>();
      for (Future<T> result :
          threads.invokeAll(Stream.generate(() -> work).limit(times).toList())) {
        results.add(result.get());
      }
      return results;
    }
  }

  private List<Integer> takenIn(UUID measurement) throws SQLException {
    var versions = new ArrayList<Integer>();
    try (Connection connection = database.getConnection();
        var query =
            connection.prepareStatement(
                "select version from taken_in where measurement = ? and clinic = 'alder'")) {
      query.setObject(1, measurement);
      var rows = query.executeQuery();
      while (rows.next()) {
        versions.add(rows.getInt(1));
      }
    }
    return versions;
  }

  private static ProducerRecord<String, byte[]> withdrawal(
      UUID measurement, int version, String id) {
    String body =
        """
        {"measurementId":"%s","patientId":"%s","version":%d,"reason":"drawn twice","withdrawnAt":"2026-01-01T00:00:00Z",
         "addedLater":"tolerated"}"""
            .formatted(measurement, measurement, version);
    var record =
        new ProducerRecord<>(
            Topic.PATIENT_MEASUREMENT.address(), 0, "alder/" + measurement, body.getBytes(UTF_8));
    record
        .headers()
        .add("ce_id", id.getBytes(UTF_8))
        .add("ce_source", "/test".getBytes(UTF_8))
        .add("ce_type", EventType.MEASUREMENT_WITHDRAWN.type().getBytes(UTF_8))
        .add("ce_clinic", "alder".getBytes(UTF_8));
    return record;
  }

  private void send(ProducerRecord<String, byte[]> record) throws Exception {
    Map<String, Object> configuration = Map.of("bootstrap.servers", stack.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }

  private List<ConsumerRecord<String, byte[]>> published(UUID patient, int atLeast) {
    return records(Topic.PATIENT_MEASUREMENT.address(), "alder/" + patient, atLeast);
  }

  /// Reads a topic from its start until as many records as expected have a key that starts so.
  private List<ConsumerRecord<String, byte[]>> records(String topic, String key, int atLeast) {
    var configuration = new Properties();
    configuration.put("bootstrap.servers", stack.bootstrapServers());
    configuration.put("auto.offset.reset", "earliest");
    var found = new ArrayList<ConsumerRecord<String, byte[]>>();
    try (var consumer =
        new KafkaConsumer<>(configuration, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList());
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(
                        record -> {
                          if (record.key() != null && record.key().startsWith(key)) {
                            found.add(record);
                          }
                        });
                assertThat(found).hasSizeGreaterThanOrEqualTo(atLeast);
              });
    }
    return found;
  }

  private static int version(ConsumerRecord<String, byte[]> record) {
    String body = new String(record.value(), UTF_8);
    return Integer.parseInt(body.replaceFirst(".*\"version\":(\\d+).*", "$1"));
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
