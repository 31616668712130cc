package org.trabecula.patient.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.trabecula.kit.erasure.PatientTable;
import org.trabecula.kit.erasure.PatientTables;

/// Where this service keeps what it knows of patients.
@ApplicationScoped
class ClinicTables implements PatientTables {
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
        // Before the identifiers, by which they are found: they wait for someone to say who it is.
        new PatientTable(
            "parked_message",
            """
            (clinic, id) in (
              select parked.clinic, parked.id from parked_message parked
              join patient_identifier owned on owned.clinic = parked.clinic
                and parked.identifiers
                  @> jsonb_build_array(jsonb_build_object('system', owned.system, 'value', owned.value))
              where owned.clinic = ? and owned.patient_id = ?)"""),
        PatientTable.byPatientId("patient_identifier"),
        new PatientTable("patient_version", "clinic = ? and id = ?"),
        new PatientTable("patient", "clinic = ? and id = ?"));
  }
}
