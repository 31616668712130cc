package org.trabecula.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.MeasurementWithdrawn;
import org.trabecula.contracts.Topic;

/// Kafka as the other services and a downstream engineer use it: no code of the kit.
public final class Wire implements AutoCloseable {
  public static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Duration SOON = Duration.ofSeconds(30);

  public static final JsonMapper JSON =
      JsonMapper.builder()
          .findAndAddModules()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private final String bootstrapServers;
  private final KafkaProducer<String, byte[]> producer;

  public Wire(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /// Publishes events of a patient in this order.
  public void publish(TestPatient patient, Event... events) {
    for (Event event : events) {
      publish(record(patient, event, UUID.randomUUID().toString()));
    }
  }

  public void publish(ProducerRecord<String, byte[]> record) {
    try {
      producer.send(record).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public static ProducerRecord<String, byte[]> record(
      TestPatient patient, Event event, String eventId) {
    String key = patient.clinic() + "/" + patient.id();
    String itemKey =
        switch (event) {
          case MeasurementRecorded recorded -> key + "/" + recorded.measurementId();
          case MeasurementWithdrawn withdrawn -> key + "/" + withdrawn.measurementId();
          default -> key;
        };
    try {
      return record(patient, EventType.of(event), itemKey, JSON.writeValueAsBytes(event), eventId);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @param value null makes a tombstone
  public static ProducerRecord<String, byte[]> record(
      TestPatient patient, EventType type, String key, byte @Nullable [] value, String eventId) {
    String partitionKey = patient.clinic() + "/" + patient.id();
    int partition =
        Utils.toPositive(Utils.murmur2(partitionKey.getBytes(UTF_8))) % Topic.PARTITIONS;
    var record = new ProducerRecord<>(type.topic().address(), partition, key, value);
    record
        .headers()
        .add("ce_specversion", "1.0".getBytes(UTF_8))
        .add("ce_id", eventId.getBytes(UTF_8))
        .add("ce_source", "/test".getBytes(UTF_8))
        .add("ce_type", type.type().getBytes(UTF_8))
        .add("ce_clinic", patient.clinic().getBytes(UTF_8))
        .add("traceparent", ("00-" + TRACE + "-00f067aa0ba902b7-00").getBytes(UTF_8));
    return record;
  }

  /// The patient's records on the forecast topic, once there are as many as expected.
  public List<ConsumerRecord<String, byte[]>> forecasts(TestPatient patient, int atLeast) {
    return records(
        Topic.PROJECTION_FORECAST.address(), patient.clinic() + "/" + patient.id(), atLeast);
  }

  /// Reads a topic from its start until as many records as expected have this key, and then what
  /// else is there.
  public List<ConsumerRecord<String, byte[]>> records(String topic, String key, int atLeast) {
    var configuration = new Properties();
    configuration.put("bootstrap.servers", bootstrapServers);
    var found = new ArrayList<ConsumerRecord<String, byte[]>>();
    try (var consumer =
        new KafkaConsumer<>(configuration, new StringDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                consumer
                    .poll(Duration.ofMillis(300))
                    .forEach(
                        record -> {
                          if (key.equals(record.key())) {
                            found.add(record);
                          }
                        });
                assertThat(found).hasSizeGreaterThanOrEqualTo(atLeast);
              });
      consumer
          .poll(Duration.ofMillis(300))
          .forEach(
              record -> {
                if (key.equals(record.key())) {
                  found.add(record);
                }
              });
    }
    return found;
  }

  public static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  public static JsonNode body(ConsumerRecord<?, byte[]> record) {
    try {
      return JSON.readTree(record.value());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
