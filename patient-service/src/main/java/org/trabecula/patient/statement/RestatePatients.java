package org.trabecula.patient.statement;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.patient.Ucum;
import org.trabecula.patient.profile.Patient;
import org.trabecula.patient.profile.Patients;
import org.trabecula.patient.profile.RevisePatient;

/// Brings patients' profiles in line with what is stated about them. Whoever changes statements
/// locks their patients first, in one order, so that no two wait for each other.
@ApplicationScoped
class RestatePatients {
  private final Patients patients;
  private final Statements statements;
  private final RevisePatient revisePatient;
  private final FactCatalogue catalogue;
  private final Ucum ucum;

  RestatePatients(
      Patients patients,
      Statements statements,
      RevisePatient revisePatient,
      FactCatalogue catalogue,
      Ucum ucum) {
    this.patients = patients;
    this.statements = statements;
    this.revisePatient = revisePatient;
    this.catalogue = catalogue;
    this.ucum = ucum;
  }

  Map<UUID, Patient> lock(Collection<UUID> ids) {
    return patients.lock(ids);
  }

  /// One revision of each patient, however many statements have changed.
  ///
  /// @param changed locked
  void restate(Collection<Patient> changed, Consumer<OutgoingEvent> tell) {
    for (Patient patient : changed) {
      List<Statement> active = statements.active(patient.id());
      revisePatient.restate(
          patient, Known.facts(active, catalogue, ucum), Known.medications(active), tell);
    }
  }
}
