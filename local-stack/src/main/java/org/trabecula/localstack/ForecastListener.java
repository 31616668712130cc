package org.trabecula.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Topic;

/// Reads the forecasts that appear from now on, as any downstream system would: a plain Kafka
/// consumer without a group.
public final class ForecastListener implements Closeable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> consumer;
  private final LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile @Nullable Throwable failure;

  /// A forecast event as it was on the topic.
  ///
  /// @param headers the record's headers as text
  /// @param nanos [System#nanoTime] at its arrival
  public record Heard(String key, Map<String, String> headers, JsonNode body, long nanos) {
    public String patient() {
      return body.path("patientId").asText();
    }

    /// Whether the forecast was made with the measurement, profile or regimen of that identifier.
    public boolean used(String inputId) {
      for (JsonNode input : body.path("inputs")) {
        if (input.path("id").asText().equals(inputId)) {
          return true;
        }
      }
      return false;
    }
  }

  /// Returns once the consumer stands at the end of every partition: nothing published later is
  /// missed.
  public ForecastListener(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "fetch.max.wait.ms", 50);
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    var partitions =
        consumer.partitionsFor(Topic.PROJECTION_FORECAST.address()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    thread = Thread.ofPlatform().name("forecasts").daemon().start(this::listen);
  }

  private void listen() {
    try (consumer) {
      while (!Thread.currentThread().isInterrupted()) {
        for (var consumed : consumer.poll(POLL)) {
          if (consumed.value() != null) {
            heard.add(heard(consumed));
          }
        }
      }
    } catch (WakeupException e) {
      // Closed.
    } catch (RuntimeException | IOException e) {
      failure = e;
    }
  }

  private static Heard heard(ConsumerRecord<String, byte[]> consumed) throws IOException {
    var nanos = System.nanoTime();
    var headers = new HashMap<String, String>();
    consumed
        .headers()
        .forEach(
            header ->
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    return new Heard(consumed.key(), headers, ClinicApi.JSON.readTree(consumed.value()), nanos);
  }

  /// The next event that is wanted, or null when none came in time. Others are passed over.
  public @Nullable Heard next(Predicate<Heard> wanted, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    try {
      var next = poll(deadline);
      while (next != null && !wanted.test(next)) {
        next = poll(deadline);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private @Nullable Heard poll(long deadline) throws InterruptedException {
    var broken = failure;
    if (broken != null) {
      throw new StackFailure("The forecasts cannot be read from Kafka: " + broken, broken);
    }
    return heard.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
