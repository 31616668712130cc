package org.trabecula.localstack;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.trabecula.contracts.Topic;

/// The product's topics as the broker must know them: each with its dead letters, one replica.
final class Topics {
  private Topics() {}

  static Collection<NewTopic> ofTheProduct() {
    return Arrays.stream(Topic.values())
        .flatMap(
            topic ->
                Stream.of(
                    topic(topic.address(), topic.configuration()),
                    topic(topic.deadLetters(), Topic.deadLetterConfiguration())))
        .toList();
  }

  private static NewTopic topic(String name, Map<String, String> configuration) {
    return new NewTopic(name, Topic.PARTITIONS, (short) 1).configs(configuration);
  }
}
