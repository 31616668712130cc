package org.trabecula.kit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.trabecula.kit.erasure.PatientTable;
import org.trabecula.kit.erasure.PatientTables;

@ApplicationScoped
class NoteTables implements PatientTables {
  @Override
  public List<PatientTable> all() {
    return List.of(new PatientTable("note", "clinic = ? and patient = ?"));
  }
}
