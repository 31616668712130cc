package org.trabecula.projection.intake;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.trabecula.contracts.RegimenAssigned;
import org.trabecula.contracts.RegimenStopped;
import org.trabecula.kit.events.Inbox;
import org.trabecula.kit.events.IncomingEvent;
import org.trabecula.projection.dossier.Dossier;
import org.trabecula.projection.dossier.Dossiers;
import org.trabecula.projection.dossier.Regimen;

/// A regimen may precede its patient's profile: it waits in the dossier.
@ApplicationScoped
class RegimenConsumer {
  private final Inbox inbox;
  private final Dossiers dossiers;

  RegimenConsumer(Inbox inbox, Dossiers dossiers) {
    this.inbox = inbox;
    this.dossiers = dossiers;
  }

  @Incoming("regimen")
  @Blocking
  void receive(ConsumerRecord<String, byte[]> record) throws Exception {
    inbox.receive(record, this::take);
  }

  private void take(IncomingEvent event) {
    Completeness.require(event.body());
    PatientKey key = PatientKey.ofPatient(event);
    Dossier dossier = dossiers.open(key.patient());
    if (applied(event, key, dossier)) {
      dossiers.changed(dossier);
    }
  }

  private static boolean applied(IncomingEvent event, PatientKey key, Dossier dossier) {
    return switch (event.body()) {
      case RegimenAssigned assigned -> {
        key.requireSame(assigned.patientId());
        yield dossier.accept(Regimen.of(assigned));
      }
      case RegimenStopped stopped -> {
        key.requireSame(stopped.patientId());
        yield dossier.accept(Regimen.of(stopped));
      }
      case null, default -> dossier.forgetRegimen();
    };
  }
}
