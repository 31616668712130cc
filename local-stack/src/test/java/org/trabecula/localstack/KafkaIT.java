package org.trabecula.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaIT {
  private static final NewTopic TOPIC =
      new NewTopic("bone", 3, (short) 1).configs(Map.of("cleanup.policy", "compact"));

  @TempDir Path folder;

  @Test
  void keepsItsRecordsAndTheGroupsPlaceAcrossARestart() throws Exception {
    try (var kafka = Kafka.start(folder, Ports.free())) {
      kafka.createTopics(List.of(TOPIC));
      send(kafka, "first");
      assertThat(receive(kafka)).isEqualTo("first");
    }
    try (var kafka = Kafka.start(folder, Ports.free())) {
      kafka.createTopics(List.of(TOPIC));
      send(kafka, "second");
      assertThat(receive(kafka)).isEqualTo("second");
      assertThat(policy(kafka)).isEqualTo("compact");
    }
  }

  @Test
  void makesNoTopicByAccident() throws Exception {
    try (var kafka = Kafka.start(folder, Ports.free());
        var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      assertThatThrownBy(() -> admin.describeTopics(List.of("bone")).allTopicNames().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
      assertThat(admin.listTopics().names().get()).isEmpty();
    }
  }

  private static void send(Kafka kafka, String text) throws Exception {
    var configuration =
        Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all");
    try (var producer =
        new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("bone", "key", text)).get();
    }
  }

  private static String receive(Kafka kafka) {
    var configuration =
        Map.<String, Object>of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "group.id", "reader",
            "auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("bone"));
      for (int tries = 0; tries < 60; tries++) {
        var records = consumer.poll(Duration.ofSeconds(1));
        if (!records.isEmpty()) {
          consumer.commitSync();
          return records.iterator().next().value();
        }
      }
      throw new AssertionError("No record came");
    }
  }

  private static String policy(Kafka kafka) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      var topic = new ConfigResource(ConfigResource.Type.TOPIC, "bone");
      return admin
          .describeConfigs(List.of(topic))
          .all()
          .get()
          .get(topic)
          .get("cleanup.policy")
          .value();
    }
  }
}
