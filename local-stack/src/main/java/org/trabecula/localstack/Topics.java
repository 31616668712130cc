package org.trabecula.localstack;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;

/// The product's topics as the broker must know them.
final class Topics {
  private Topics() {}

  static Collection<NewTopic> ofTheProduct() {
    return List.of();
  }
}
