package org.trabecula.protocol.regimen;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.trabecula.contracts.EventType;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.Outbox;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.protocol.patient.PatientErased;

/// Takes an erased patient's regimen off the topic. The rows go with the patient.
@ApplicationScoped
class RegimenErasure {
  private final Regimens regimens;
  private final Outbox outbox;
  private final CurrentClinic clinic;

  RegimenErasure(Regimens regimens, Outbox outbox, CurrentClinic clinic) {
    this.regimens = regimens;
    this.outbox = outbox;
    this.clinic = clinic;
  }

  void erase(@Observes PatientErased erased) {
    if (regimens.count("patientId", erased.patientId()) > 0) {
      outbox.append(
          OutgoingEvent.tombstone(EventType.REGIMEN_STOPPED, clinic.id(), erased.patientId()));
    }
  }
}
