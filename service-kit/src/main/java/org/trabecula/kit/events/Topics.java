package org.trabecula.kit.events;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.trabecula.contracts.Topic;

/// Makes the topics that are missing. Topics that exist are left as the site made them.
@ApplicationScoped
public class Topics {
  private static final Logger LOG = Logger.getLogger(Topics.class);

  private final Map<String, Object> kafka;
  private final int partitions;
  private final Optional<Short> replicas;

  Topics(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      @ConfigProperty(name = "trabecula.topics.partitions", defaultValue = "" + Topic.PARTITIONS)
          int partitions,
      @ConfigProperty(name = "trabecula.topics.replicas") Optional<Short> replicas) {
    this.kafka = kafka;
    this.partitions = partitions;
    this.replicas = replicas;
  }

  /// Before any consumer subscribes, if the broker is there; otherwise the relay sees to it later.
  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event)
      throws InterruptedException {
    try {
      ensure();
    } catch (ExecutionException e) {
      LOG.warnf("Kafka does not answer yet: %s", e.getMessage());
    }
  }

  void ensure() throws ExecutionException, InterruptedException {
    var configuration = new HashMap<>(kafka);
    configuration.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
    configuration.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    try (Admin admin = Admin.create(configuration)) {
      var present = admin.listTopics().names().get();
      List<NewTopic> missing = all();
      missing.removeIf(topic -> present.contains(topic.name()));
      for (var creation : admin.createTopics(missing).values().values()) {
        awaitCreation(creation);
      }
    }
  }

  private static void awaitCreation(org.apache.kafka.common.KafkaFuture<Void> creation)
      throws ExecutionException, InterruptedException {
    try {
      creation.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private List<NewTopic> all() {
    var topics = new ArrayList<NewTopic>();
    for (Topic topic : Topic.values()) {
      topics.add(topic(topic.address()).configs(topic.configuration()));
      topics.add(topic(topic.deadLetters()).configs(Topic.deadLetterConfiguration()));
    }
    return topics;
  }

  private NewTopic topic(String address) {
    return new NewTopic(address, Optional.of(partitions), replicas);
  }
}
