package org.trabecula.kit.erasure;

import java.util.List;

/// Where a service keeps what it knows of patients. Each service has one bean of this type.
public interface PatientTables {
  /// Every table of the service's own that holds anything of a patient; those come first that refer
  /// to others. The kit's tables are not among them.
  List<PatientTable> all();
}
