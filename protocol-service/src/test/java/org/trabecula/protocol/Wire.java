package org.trabecula.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ClinicConfigured;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.MeasurementWithdrawn;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStack;

/// Kafka as others see it: profiles go in as patient-service writes them, events come out as any
/// consumer reads them, each held to its schema.
public final class Wire {
  public static final Duration SOON = Duration.ofSeconds(20);

  /// All profiles share a partition, so whoever is known proves that all before were taken in.
  private static final int ONE_PARTITION = 0;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .findAndAddModules()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private final TestStack stack;

  public Wire(TestStack stack) {
    this.stack = stack;
  }

  public void profile(String clinic, ProfileRecorded profile) {
    try {
      send(clinic, profile.patientId(), JSON.writeValueAsBytes(profile), UUID.randomUUID());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public void erase(String clinic, UUID patient) {
    send(clinic, patient, null, UUID.randomUUID());
  }

  public void send(String clinic, UUID patient, byte @Nullable [] body, UUID eventId) {
    send(EventType.PROFILE_RECORDED, clinic, clinic + "/" + patient, body, eventId);
  }

  public void measurement(String clinic, MeasurementRecorded recorded) {
    send(
        EventType.MEASUREMENT_RECORDED,
        clinic,
        clinic + "/" + recorded.patientId() + "/" + recorded.measurementId(),
        recorded);
  }

  public void measurement(String clinic, MeasurementWithdrawn withdrawn) {
    send(
        EventType.MEASUREMENT_WITHDRAWN,
        clinic,
        clinic + "/" + withdrawn.patientId() + "/" + withdrawn.measurementId(),
        withdrawn);
  }

  public void clinic(ClinicConfigured settings) {
    send(EventType.CLINIC_CONFIGURED, settings.clinic(), settings.clinic(), settings);
  }

  private void send(EventType type, String clinic, String key, Event body) {
    try {
      send(type, clinic, key, JSON.writeValueAsBytes(body), UUID.randomUUID());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(
      EventType type, String clinic, String key, byte @Nullable [] body, UUID eventId) {
    var record = new ProducerRecord<>(type.topic().address(), ONE_PARTITION, key, body);
    record
        .headers()
        .add("ce_id", eventId.toString().getBytes(UTF_8))
        .add("ce_source", "/trabecula/patient-service".getBytes(UTF_8))
        .add("ce_type", type.type().getBytes(UTF_8))
        .add("ce_clinic", clinic.getBytes(UTF_8));
    Map<String, Object> broker = Map.of("bootstrap.servers", stack.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(broker, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(record).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// The records of a topic whose key fits, in order, once there are at least so many.
  public List<ConsumerRecord<String, byte[]>> records(
      Topic topic, Predicate<String> key, int atLeast) {
    Map<String, Object> broker =
        Map.of("bootstrap.servers", stack.bootstrapServers(), "auto.offset.reset", "earliest");
    var found = new ArrayList<ConsumerRecord<String, byte[]>>();
    try (var consumer =
        new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(
          consumer.partitionsFor(topic.address()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList());
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                consumer
                    .poll(Duration.ofMillis(300))
                    .forEach(
                        record -> {
                          if (key.test(record.key())) {
                            found.add(record);
                          }
                        });
                assertThat(found).hasSizeGreaterThanOrEqualTo(atLeast);
              });
    }
    return found;
  }

  /// The body of an event, after its envelope and its schema have been checked.
  public static JsonNode body(ConsumerRecord<String, byte[]> record) {
    EventType type = EventType.ofType(header(record, "ce_type")).orElseThrow();
    assertThat(record.topic()).isEqualTo(type.topic().address());
    assertThat(header(record, "ce_source")).isEqualTo("/trabecula/protocol-service");
    assertThat(header(record, "ce_dataschema")).isEqualTo(type.schemaId());
    try (InputStream schema = EventType.class.getResourceAsStream(type.schemaResource())) {
      JsonNode body = JSON.readTree(record.value());
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(new String(schema.readAllBytes(), UTF_8))
                  .validate(body))
          .isEmpty();
      return body;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
