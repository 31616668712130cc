package org.trabecula.localstack;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// A real Kafka broker and controller in this JVM, on loopback, in KRaft mode. Its records stay
/// when it stops. Topics are never made by accident: [#createTopics] makes them.
public final class Kafka implements Closeable {
  private static final int NODE = 1;
  private static final int TOPIC_SECONDS = 30;

  private final KafkaRaftServer server;
  private final int port;

  private Kafka(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /// Formats the folder at the first start.
  public static Kafka start(Path folder, int port) throws IOException {
    var home = folder.toAbsolutePath();
    Files.createDirectories(home);
    if (!Files.exists(home.resolve("meta.properties"))) {
      format(home);
    }
    var server =
        new KafkaRaftServer(new KafkaConfig(configuration(home, port), false), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      throw new StackFailure("Kafka did not start: " + e.getMessage(), e);
    }
    return new Kafka(server, port);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /// Creates the topics that are absent; leaves the others as they are.
  public void createTopics(Collection<NewTopic> topics) {
    createTopics(bootstrapServers(), topics);
  }

  static void createTopics(String bootstrapServers, Collection<NewTopic> topics) {
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      var present = admin.listTopics().names().get(TOPIC_SECONDS, TimeUnit.SECONDS);
      var absent = topics.stream().filter(topic -> !present.contains(topic.name())).toList();
      admin.createTopics(absent).all().get(TOPIC_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new StackFailure("Kafka did not create the topics: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path folder) throws IOException {
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .addDirectory(folder.toString())
          .setMetadataLogDirectory(folder.toString())
          .run();
    } catch (Exception e) {
      throw new IOException("Kafka cannot format " + folder, e);
    }
  }

  private static Properties configuration(Path folder, int port) throws IOException {
    // Only this JVM talks to the controller, so any free port will do, and another each time.
    int controllerPort = Ports.free();
    var configuration = new Properties();
    configuration.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            Integer.toString(NODE),
            "listeners",
            "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort),
            "controller.listener.names",
            "CONTROLLER",
            "controller.quorum.voters",
            "%d@127.0.0.1:%d".formatted(NODE, controllerPort),
            "log.dirs",
            folder.toString(),
            "auto.create.topics.enable",
            "false",
            "metric.reporters",
            ""));
    // One broker: one replica of everything.
    for (var topic : new String[] {"offsets.topic", "transaction.state.log"}) {
      configuration.put(topic + ".replication.factor", "1");
      configuration.put(topic + ".num.partitions", "4");
    }
    configuration.put("transaction.state.log.min.isr", "1");
    configuration.put("share.coordinator.state.topic.replication.factor", "1");
    configuration.put("share.coordinator.state.topic.min.isr", "1");
    configuration.put("default.replication.factor", "1");
    configuration.put("group.initial.rebalance.delay.ms", "0");
    // What has outlived its retention goes within seconds, so that tests can see it gone.
    configuration.put("log.retention.check.interval.ms", "10000");
    // A laptop's disk and memory, not a data centre's.
    configuration.put("log.segment.bytes", Integer.toString(16 << 20));
    configuration.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    configuration.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
    return configuration;
  }
}
