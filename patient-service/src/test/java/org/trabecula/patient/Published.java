package org.trabecula.patient;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStack;

/// What a plain consumer finds on the topics.
public final class Published {
  private Published() {}

  /// Everything on the topic up to now whose key begins with the clinic's name.
  public static List<ConsumerRecord<String, String>> by(Clinic clinic, Topic topic) {
    return by(List.of(clinic), topic);
  }

  /// Everything on the topic up to now whose key begins with the name of one of the clinics.
  public static List<ConsumerRecord<String, String>> by(List<Clinic> clinics, Topic topic) {
    var names = clinics.stream().map(Clinic::name).collect(Collectors.toSet());
    var found = new ArrayList<ConsumerRecord<String, String>>();
    try (var consumer = consumer(clinics.getFirst().stack())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.address()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer
            .poll(Duration.ofMillis(200))
            .records(topic.address())
            .forEach(
                record -> {
                  if (names.contains(record.key().replaceFirst("/.*", ""))) {
                    found.add(record);
                  }
                });
      }
    }
    return found;
  }

  public static Map<String, String> headers(ConsumerRecord<String, String> record) {
    var headers = new HashMap<String, String>();
    record
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    return headers;
  }

  /// What the contract's schema says against the record's body.
  public static List<String> faults(EventType type, String body) {
    try (var schema = EventType.class.getResourceAsStream(type.schemaResource())) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(schema.readAllBytes(), UTF_8), InputFormat.JSON)
          .validate(body, InputFormat.JSON)
          .stream()
          .map(Object::toString)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KafkaConsumer<String, String> consumer(TestStack stack) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", stack.bootstrapServers()),
        new StringDeserializer(),
        new StringDeserializer());
  }
}
