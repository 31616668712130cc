package org.trabecula.patient.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.trabecula.contracts.EventType;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.erasure.Erasure;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.patient.Refused;
import org.trabecula.patient.measurement.Measurements;
import org.trabecula.patient.profile.Patients;

/// Removes a patient wholly: every row here, every record on our topics, and by the tombstone of
// the
/// profile all that other services hold.
@ApplicationScoped
class ErasePatient {
  private final Patients patients;
  private final Measurements measurements;
  private final Erasure erasure;
  private final CurrentClinic clinic;

  ErasePatient(
      Patients patients, Measurements measurements, Erasure erasure, CurrentClinic clinic) {
    this.patients = patients;
    this.measurements = measurements;
    this.erasure = erasure;
    this.clinic = clinic;
  }

  /// Erasing again has no effect.
  ///
  /// The patient is held first and then the measurements, so that whoever is writing for the
  // patient
  /// comes before, and whoever comes later finds nobody.
  ///
  /// @param by who erases, by the token
  /// @throws Refused when the clinic never had such a patient
  void erase(UUID patient, String by, Consumer<OutgoingEvent> tell) {
    if (!patients.lockAlone(patient)) {
      if (!erasure.isErased(clinic.id(), patient)) {
        throw new Refused(Refused.Kind.UNKNOWN, "id", "The clinic has no such patient.");
      }
      return;
    }
    List<UUID> measured = measurements.lockAll(patient);
    erasure.erase(clinic.id(), patient, by);
    measured.forEach(
        measurement ->
            tell.accept(
                OutgoingEvent.tombstoneOfItem(
                    EventType.MEASUREMENT_RECORDED,
                    clinic.id(),
                    patient,
                    "measurement",
                    measurement)));
    tell.accept(OutgoingEvent.tombstone(EventType.PROFILE_RECORDED, clinic.id(), patient));
  }
}
