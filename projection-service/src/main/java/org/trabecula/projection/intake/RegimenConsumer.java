package org.trabecula.projection.intake;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.trabecula.contracts.Event;
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
    if (event.body() == null) {
      dossiers.hold(key.patient()).ifPresent(this::forget);
      return;
    }
    Dossier dossier = dossiers.open(key.patient());
    if (applied(event.body(), key, dossier)) {
      dossiers.changed(dossier);
    }
  }

  private static boolean applied(Event body, PatientKey key, Dossier dossier) {
    return switch (body) {
      case RegimenAssigned assigned -> {
        key.requireSame(assigned.patientId());
        yield dossier.accept(Regimen.of(assigned));
      }
      case RegimenStopped stopped -> {
        key.requireSame(stopped.patientId());
        yield dossier.accept(Regimen.of(stopped));
      }
      default -> false;
    };
  }

  private void forget(Dossier dossier) {
    if (dossier.forgetRegimen()) {
      dossiers.changed(dossier);
    }
    dossiers.closeIfEmpty(dossier);
  }
}
