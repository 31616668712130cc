package org.trabecula.protocol.patient;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.trabecula.kit.erasure.PatientTable;
import org.trabecula.kit.erasure.PatientTables;

/// Where this service keeps what it knows of patients.
@ApplicationScoped
class KnownTables implements PatientTables {
  @Override
  public List<PatientTable> all() {
    return Stream.of("regimen_evaluation", "proposal", "regimen", "known_result", "known_patient")
        .map(PatientTable::byPatientId)
        .toList();
  }
}
