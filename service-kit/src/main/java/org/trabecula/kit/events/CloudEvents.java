package org.trabecula.kit.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.EventType;

/// CloudEvents 1.0 in Kafka's binary mode: attributes are headers, the record's value is the body
/// as it is, and an event without a body is a tombstone.
final class CloudEvents {
  static final String ID = "ce_id";
  static final String SOURCE = "ce_source";
  static final String TYPE = "ce_type";
  static final String TIME = "ce_time";
  static final String CLINIC = "ce_clinic";
  static final String TRACEPARENT = "traceparent";

  private CloudEvents() {}

  /// A producer that keeps order and repeats nothing by itself, and gives up soon enough for a
  /// service to stop.
  static Map<String, Object> producer(Map<String, Object> kafka) {
    var configuration = new HashMap<>(kafka);
    configuration.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    configuration.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    configuration.put(ProducerConfig.ACKS_CONFIG, "all");
    configuration.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    return configuration;
  }

  /// The record of a row of the outbox.
  static ProducerRecord<String, byte[]> record(
      ResultSet row, String application, Producer<?, ?> producer) throws SQLException {
    String topic = row.getString("aggregatetype");
    String payload = row.getString("payload");
    String type = row.getString("type");
    String partitionKey = row.getString("partitionkey");
    var record =
        new ProducerRecord<>(
            topic,
            partition(partitionKey, producer.partitionsFor(topic).size()),
            row.getString("aggregateid"),
            payload == null ? null : payload.getBytes(UTF_8));
    Headers headers = record.headers();
    add(headers, "ce_specversion", "1.0");
    add(headers, ID, row.getString("id"));
    add(headers, SOURCE, "/trabecula/" + application);
    add(headers, TYPE, type);
    add(headers, "ce_subject", row.getString("subject"));
    add(headers, TIME, row.getTimestamp("occurred_at").toInstant().toString());
    add(headers, CLINIC, row.getString("clinic"));
    add(headers, "ce_partitionkey", partitionKey);
    add(headers, TRACEPARENT, row.getString("traceparent"));
    if (payload != null) {
      add(headers, "ce_dataschema", EventType.ofType(type).orElseThrow().schemaId());
      add(headers, "content-type", "application/json");
    }
    return record;
  }

  /// The partition of all records that share a partition key, whatever their topic.
  static int partition(String partitionKey, int partitions) {
    return Utils.toPositive(Utils.murmur2(partitionKey.getBytes(UTF_8))) % partitions;
  }

  static @Nullable String header(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  private static void add(Headers headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, value.getBytes(UTF_8));
    }
  }
}
