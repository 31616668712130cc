package org.trabecula.protocol.regimen;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import org.trabecula.contracts.EventType;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.Outbox;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.protocol.patient.PatientErased;

/// Erases what is kept of an erased patient's regimens, here and on the topic.
@ApplicationScoped
class RegimenErasure {
  private static final String FORGET_ANSWERS =
      "delete from idempotent_request where clinic = ?1 and operation like ?2";

  private final Regimens regimens;
  private final Outbox outbox;
  private final CurrentClinic clinic;

  RegimenErasure(Regimens regimens, Outbox outbox, CurrentClinic clinic) {
    this.regimens = regimens;
    this.outbox = outbox;
    this.clinic = clinic;
  }

  void erase(@Observes PatientErased erased) {
    UUID patient = erased.patientId();
    if (regimens.delete("patientId", patient) == 0) {
      return;
    }
    regimens
        .getEntityManager()
        .createNativeQuery(FORGET_ANSWERS)
        .setParameter(1, clinic.id())
        .setParameter(2, "%/v1/patients/" + patient + "/%")
        .executeUpdate();
    String key = OutgoingEvent.patientKey(clinic.id(), patient);
    outbox.append(
        new OutgoingEvent(
            UUID.randomUUID(),
            EventType.REGIMEN_STOPPED,
            clinic.id(),
            key,
            key,
            "patient/" + patient,
            null));
  }
}
