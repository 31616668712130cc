package org.trabecula.protocol.patient;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.trabecula.kit.erasure.PatientTable;
import org.trabecula.kit.erasure.PatientTables;

/// Where this service keeps what it knows of patients.
@ApplicationScoped
class KnownTables implements PatientTables {
  @Override
  public List<PatientTable> all() {
    return List.of(PatientTable.byPatientId("regimen"), PatientTable.byPatientId("known_patient"));
  }
}
