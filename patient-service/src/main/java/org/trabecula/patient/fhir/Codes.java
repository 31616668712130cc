package org.trabecula.patient.fhir;

import org.trabecula.contracts.Analyte;

/// The code systems that we read and write.
final class Codes {
  static final String LOINC = "http://loinc.org";
  static final String SNOMED = "http://snomed.info/sct";
  static final String UCUM = "http://unitsofmeasure.org";
  static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
  static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";

  /// Whether the patient had fasted, in the words of HL7 v2: `F`, `NF`, `NG`.
  static final String RELEVANT_CLINICAL_INFORMATION =
      "http://terminology.hl7.org/CodeSystem/v2-0916";

  /// A component of another extension in the current edition, or used by itself.
  static final String CLINICAL_SEX =
      "http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse";

  /// Instead of a value: why there is none.
  static final String DATA_ABSENT_REASON =
      "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

  private Codes() {}

  /// In FHIR's words.
  static String category(Analyte.Kind kind) {
    return switch (kind) {
      case LABORATORY -> "laboratory";
      case IMAGING -> "imaging";
      case VITAL_SIGNS -> "vital-signs";
    };
  }
}
