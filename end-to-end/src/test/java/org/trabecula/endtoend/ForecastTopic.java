package org.trabecula.endtoend;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.trabecula.contracts.Topic;

/// Everything on the forecast topic from its first record on, as a plain Kafka consumer reads it.
final class ForecastTopic {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  /// A record with a value.
  record Seen(ConsumerRecord<String, byte[]> message, JsonNode body) {
    String header(String name) {
      var header = message.headers().lastHeader(name);
      return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    String patient() {
      return body.path("patientId").asText();
    }

    boolean used(String input) {
      return StreamSupport.stream(body.path("inputs").spliterator(), false)
          .anyMatch(candidate -> candidate.path("id").asText().equals(input));
    }
  }

  ForecastTopic(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    var partitions =
        consumer.partitionsFor(Topic.PROJECTION_FORECAST.address()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Thread.ofPlatform().name("forecast-topic").daemon().start(this::read);
  }

  private void read() {
    try (consumer) {
      while (true) {
        for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) {
          if (message.value() != null) {
            seen.add(new Seen(message, JSON.readTree(message.value())));
          }
        }
      }
    } catch (WakeupException e) {
      // Closed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    consumer.wakeup();
  }

  /// All of a patient's forecasts, in the order of the topic.
  List<Seen> of(String patient) {
    return seen.stream().filter(event -> event.patient().equals(patient)).toList();
  }

  /// The first forecast of the patient that was made with the input.
  Seen with(String patient, String input) {
    return first(patient, event -> event.used(input));
  }

  Seen first(String patient, Predicate<Seen> wanted) {
    return await()
        .atMost(PATIENCE)
        .until(() -> of(patient).stream().filter(wanted).findFirst(), Optional::isPresent)
        .orElseThrow();
  }
}
