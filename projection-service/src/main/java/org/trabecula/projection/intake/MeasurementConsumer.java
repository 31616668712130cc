package org.trabecula.projection.intake;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
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
    Dossier dossier = dossiers.open(key.patient());
    if (applied(event, key, dossier)) {
      dossiers.changed(dossier);
    }
  }

  private boolean applied(IncomingEvent event, PatientKey key, Dossier dossier) {
    return switch (event.body()) {
      case MeasurementRecorded recorded -> {
        key.requireSame(recorded.patientId(), recorded.measurementId());
        yield dossiers.accept(dossier, key.item(), recorded.version(), recorded);
      }
      case MeasurementWithdrawn withdrawn -> {
        key.requireSame(withdrawn.patientId(), withdrawn.measurementId());
        yield dossiers.accept(dossier, key.item(), withdrawn.version(), null);
      }
      case null, default -> dossiers.forget(dossier, key.item());
    };
  }
}
