package org.trabecula.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.Topic;

/// The broker as its operator and a plain client see it.
final class Broker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// A day of a topic's life in a second.
  private static final Map<String, String> COMPACTED_AT_ONCE =
      Map.of(
          "segment.ms",
          "200",
          "min.cleanable.dirty.ratio",
          "0.0",
          "max.compaction.lag.ms",
          "200",
          "delete.retention.ms",
          "0");

  private static final Map<String, String> DELETED_AT_ONCE =
      Map.of("retention.ms", "1000", "segment.ms", "1000");

  private final String bootstrapServers;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  Broker(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  static List<Topic> compacted() {
    return Arrays.stream(Topic.values())
        .filter(topic -> topic.configuration().get("cleanup.policy").equals("compact"))
        .toList();
  }

  /// Cleans up within seconds what takes days otherwise.
  void hurry() throws Exception {
    var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
    everyTopic(
        (address, compacted) ->
            changes.put(topic(address), set(compacted ? COMPACTED_AT_ONCE : DELETED_AT_ONCE)));
    changes.put(
        new ConfigResource(ConfigResource.Type.BROKER, ""),
        set(Map.of("log.cleaner.backoff.ms", "200")));
    admin.incrementalAlterConfigs(changes).all().get();
  }

  /// Keeps topics again as the product says.
  void settle() throws Exception {
    var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
    for (Topic topic : Topic.values()) {
      boolean compacted = compacted().contains(topic);
      changes.put(
          topic(topic.address()),
          restore(compacted ? COMPACTED_AT_ONCE : DELETED_AT_ONCE, topic.configuration()));
      changes.put(
          topic(topic.deadLetters()), restore(DELETED_AT_ONCE, Topic.deadLetterConfiguration()));
    }
    admin.incrementalAlterConfigs(changes).all().get();
  }

  private static void everyTopic(BiConsumer<String, Boolean> each) {
    for (Topic topic : Topic.values()) {
      each.accept(topic.address(), compacted().contains(topic));
      each.accept(topic.deadLetters(), false);
    }
  }

  private static List<AlterConfigOp> set(Map<String, String> configuration) {
    return configuration.entrySet().stream()
        .map(one -> new AlterConfigOp(new ConfigEntry(one.getKey(), one.getValue()), OpType.SET))
        .toList();
  }

  private static List<AlterConfigOp> restore(
      Map<String, String> changed, Map<String, String> product) {
    return changed.keySet().stream()
        .map(
            name ->
                product.containsKey(name)
                    ? new AlterConfigOp(new ConfigEntry(name, product.get(name)), OpType.SET)
                    : new AlterConfigOp(new ConfigEntry(name, null), OpType.DELETE))
        .toList();
  }

  private static ConfigResource topic(String address) {
    return new ConfigResource(ConfigResource.Type.TOPIC, address);
  }

  /// Life goes on: another patient, whom nobody has heard of, is erased on this partition. A broker
  /// closes a segment, and with it lets it be cleaned, only when something is written behind it.
  void writeSomethingElse(int partition) throws Exception {
    String key = "clinic-elsewhere/" + UUID.randomUUID();
    for (EventType type :
        List.of(
            EventType.PROFILE_RECORDED,
            EventType.MEASUREMENT_WITHDRAWN,
            EventType.REGIMEN_STOPPED,
            EventType.FORECAST_COMPUTED)) {
      boolean item = type == EventType.MEASUREMENT_WITHDRAWN;
      send(
          new ProducerRecord<>(
              type.topic().address(),
              partition,
              (item ? key + "/" + UUID.randomUUID() : key).getBytes(UTF_8),
              null),
          type,
          "clinic-elsewhere");
    }
  }

  void send(ProducerRecord<byte[], byte[]> record, EventType type, String clinic) throws Exception {
    record
        .headers()
        .add("ce_id", UUID.randomUUID().toString().getBytes(UTF_8))
        .add("ce_source", "/trabecula/end-to-end".getBytes(UTF_8))
        .add("ce_type", type.type().getBytes(UTF_8))
        .add("ce_clinic", clinic.getBytes(UTF_8));
    producer.send(record).get();
  }

  /// The record once more, where it was.
  void repeat(ConsumerRecord<byte[], byte[]> record) throws Exception {
    producer
        .send(
            new ProducerRecord<>(
                record.topic(), record.partition(), record.key(), record.value(), record.headers()))
        .get();
  }

  /// Every record of every topic, the broker's own included, with one of the texts in its key, a
  /// header or its value.
  List<ConsumerRecord<byte[], byte[]>> recordsWith(List<String> texts) throws Exception {
    var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    readAll(
        record -> {
          if (texts.stream().anyMatch(text -> holds(record, text))) {
            found.add(record);
          }
        });
    return found;
  }

  private void readAll(Consumer<ConsumerRecord<byte[], byte[]>> each) throws Exception {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer.poll(Duration.ofMillis(200)).forEach(each);
      }
    }
  }

  private List<TopicPartition> partitions() throws Exception {
    var names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
    return admin.describeTopics(names).allTopicNames().get().values().stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
        .toList();
  }

  private static boolean holds(ConsumerRecord<byte[], byte[]> record, String text) {
    var headers =
        Arrays.stream(record.headers().toArray())
            .flatMap(header -> Stream.of(header.key().getBytes(UTF_8), header.value()));
    return Stream.concat(Stream.of(record.key(), record.value()), headers)
        .filter(Objects::nonNull)
        .anyMatch(bytes -> new String(bytes, ISO_8859_1).contains(text));
  }

  /// Until the services have taken in all that is on their topics now.
  void awaitTakenIn(String... groups) throws Exception {
    var ends = new HashMap<String, Map<TopicPartition, Long>>();
    for (String group : groups) {
      ends.put(group, ends(committed(group).keySet()));
    }
    for (String group : groups) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                Map<TopicPartition, Long> committed = committed(group);
                return ends.get(group).entrySet().stream()
                    .allMatch(end -> committed.get(end.getKey()) >= end.getValue());
              });
    }
  }

  private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions)
      throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(
            partitions.stream().collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest())))
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> offset(one.getValue())));
  }

  private static long offset(ListOffsetsResultInfo info) {
    return info.offset();
  }

  private Map<TopicPartition, Long> committed(String group) throws Exception {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().offset()));
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
