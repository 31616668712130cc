package org.trabecula.protocol.patient;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.trabecula.contracts.ClinicConfigured;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.Inbox;
import org.trabecula.kit.events.IncomingEvent;
import org.trabecula.kit.events.InvalidEvent;

/// Keeps what this service knows of clinics up to date.
@ApplicationScoped
class ClinicConsumer {
  private final Inbox inbox;
  private final EntityManager entities;
  private final CurrentClinic clinic;
  private final Event<ClinicChanged> changed;

  ClinicConsumer(
      Inbox inbox, EntityManager entities, CurrentClinic clinic, Event<ClinicChanged> changed) {
    this.inbox = inbox;
    this.entities = entities;
    this.clinic = clinic;
    this.changed = changed;
  }

  @Incoming("clinic")
  @Blocking
  void receive(ConsumerRecord<String, byte[]> record) throws Exception {
    inbox.receive(record, this::take);
  }

  private void take(IncomingEvent event) {
    if (!(event.body() instanceof ClinicConfigured settings)
        || !settings.clinic().equals(clinic.id())) {
      throw new InvalidEvent("The body is not of the clinic that the event names");
    }
    KnownClinic known = entities.find(KnownClinic.class, settings.clinic());
    if (known == null) {
      entities.persist(new KnownClinic(settings));
    } else if (settings.version() > known.version) {
      known.take(settings);
    } else {
      return;
    }
    entities.flush();
    changed.fire(new ClinicChanged());
  }
}
