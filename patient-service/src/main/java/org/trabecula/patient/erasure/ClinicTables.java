package org.trabecula.patient.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.trabecula.kit.erasure.PatientTable;
import org.trabecula.kit.erasure.PatientTables;

/// Where this service keeps what it knows of patients.
@ApplicationScoped
class ClinicTables implements PatientTables {
  /// Messages about someone who was not known when they came: they carry an identifier of the
  /// patient's.
  private static final String PARKED =
      """
      (clinic, id) in (
        select message.clinic, message.id
        from patient_identifier held join parked_message message
          on message.clinic = held.clinic
          and message.identifiers @> jsonb_build_array(jsonb_build_object('system', held.system, 'value', held.value))
        where held.clinic = ? and held.patient_id = ?)""";

  @Override
  public List<PatientTable> all() {
    return List.of(
        PatientTable.byPatientId("provenance"),
        new PatientTable(
            "statement_superseded",
            "(clinic, id) in (select clinic, id from statement where clinic = ? and patient_id = ?)"),
        PatientTable.byPatientId("statement"),
        new PatientTable(
            "measurement_superseded",
            "(clinic, id) in (select clinic, id from measurement where clinic = ? and patient_id = ?)"),
        PatientTable.byPatientId("measurement"),
        new PatientTable("parked_message", PARKED),
        PatientTable.byPatientId("patient_identifier"),
        new PatientTable("patient_version", "clinic = ? and id = ?"),
        new PatientTable("patient", "clinic = ? and id = ?"));
  }
}
