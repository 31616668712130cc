package org.trabecula.projection.intake;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.MeasurementWithdrawn;
import org.trabecula.kit.events.Inbox;
import org.trabecula.kit.events.IncomingEvent;
import org.trabecula.projection.dossier.Dossier;
import org.trabecula.projection.dossier.Dossiers;

/// A measurement may precede its patient's profile: it waits in the dossier.
@ApplicationScoped
class MeasurementConsumer {
  private final Inbox inbox;
  private final Dossiers dossiers;

  MeasurementConsumer(Inbox inbox, Dossiers dossiers) {
    this.inbox = inbox;
    this.dossiers = dossiers;
  }

  @Incoming("measurement")
  @Blocking
  void receive(ConsumerRecord<String, byte[]> record) throws Exception {
    inbox.receive(record, this::take);
  }

  private void take(IncomingEvent event) {
    Completeness.require(event.body());
    PatientKey key = PatientKey.ofItem(event);
    if (event.body() == null) {
      dossiers.hold(key.patient()).ifPresent(dossier -> forget(dossier, key.item()));
      return;
    }
    Dossier dossier = dossiers.open(key.patient());
    if (applied(event.body(), key, dossier)) {
      dossiers.changed(dossier);
    }
  }

  private boolean applied(Event body, PatientKey key, Dossier dossier) {
    return switch (body) {
      case MeasurementRecorded recorded -> {
        key.requireSame(recorded.patientId(), recorded.measurementId());
        yield dossiers.accept(dossier, key.item(), recorded.version(), recorded);
      }
      case MeasurementWithdrawn withdrawn -> {
        key.requireSame(withdrawn.patientId(), withdrawn.measurementId());
        yield dossiers.accept(dossier, key.item(), withdrawn.version(), null);
      }
      default -> false;
    };
  }

  private void forget(Dossier dossier, UUID measurement) {
    if (dossiers.forget(dossier, measurement)) {
      dossiers.changed(dossier);
    }
    dossiers.closeIfEmpty(dossier);
  }
}
