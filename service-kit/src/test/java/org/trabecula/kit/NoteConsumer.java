package org.trabecula.kit;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.trabecula.contracts.MeasurementWithdrawn;
import org.trabecula.kit.events.Inbox;
import org.trabecula.kit.events.IncomingEvent;

@ApplicationScoped
class NoteConsumer {
  private final Inbox inbox;
  private final EntityManager entities;

  NoteConsumer(Inbox inbox, EntityManager entities) {
    this.inbox = inbox;
    this.entities = entities;
  }

  @Incoming("notes")
  @Blocking
  void receive(ConsumerRecord<String, byte[]> record) throws Exception {
    inbox.receive(record, this::take);
  }

  private void take(IncomingEvent event) {
    if (event.body() instanceof MeasurementWithdrawn withdrawn) {
      entities
          .createNativeQuery("insert into taken_in values (?1, ?2, ?3)")
          .setParameter(1, event.clinic())
          .setParameter(2, withdrawn.measurementId())
          .setParameter(3, withdrawn.version())
          .executeUpdate();
    }
  }
}
