package org.trabecula.projection.dossier;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.trabecula.kit.erasure.PatientTable;
import org.trabecula.kit.erasure.PatientTables;

/// Where this service keeps what it knows of patients.
@ApplicationScoped
class DossierTables implements PatientTables {
  @Override
  public List<PatientTable> all() {
    return List.of(
        PatientTable.byPatientId("forecast"),
        PatientTable.byPatientId("dossier_measurement"),
        PatientTable.byPatientId("dossier"));
  }
}
