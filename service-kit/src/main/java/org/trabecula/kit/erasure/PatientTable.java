package org.trabecula.kit.erasure;

/// A table that holds something of patients.
///
/// @param rows which of its rows are one patient's: SQL with two parameters, the clinic and the
/// patient, in this order
public record PatientTable(String name, String rows) {

  /// A table with the columns `clinic` and `patient_id`.
  public static PatientTable byPatientId(String name) {
    return new PatientTable(name, "clinic = ? and patient_id = ?");
  }
}
