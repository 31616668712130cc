package org.trabecula.patient.fhir;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Patient;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.patient.fhir.Searchable.Parameter;
import org.trabecula.patient.fhir.Searchable.Sort;
import org.trabecula.patient.profile.Person;
import org.trabecula.patient.profile.RecordedPatient;

/// Shows patients: who they are, and of what is known of them that which FHIR's Patient holds.
@Singleton
class PatientViews {
  private static final String SEX_PARAMETERS =
      "http://terminology.hl7.org/CodeSystem/sex-parameter-for-clinical-use";

  private final Searchable<org.trabecula.patient.profile.Patient, RecordedPatient> patients =
      new Searchable<>(
          "Patient",
          "patient",
          Clause.ALWAYS,
          SearchValues.id("id").reading(),
          "id",
          org.trabecula.patient.profile.Patient.class,
          RecordedPatient::of,
          RecordedPatient::id,
          PatientViews::of,
          List.of(new Sort<>("_lastUpdated", "recorded_at", RecordedPatient::recordedAt)),
          parameters());

  Searchable<org.trabecula.patient.profile.Patient, RecordedPatient> patients() {
    return patients;
  }

  private static Map<String, Parameter> parameters() {
    var parameters = new LinkedHashMap<String, Parameter>();
    parameters.put("_id", SearchValues.id("id"));
    parameters.put("_lastUpdated", SearchValues.lastUpdated("recorded_at"));
    parameters.put("identifier", SearchValues.patientIdentifier("patient", "id"));
    return parameters;
  }

  static Patient of(RecordedPatient recorded) {
    var patient = new Patient();
    patient.setId(recorded.id().toString());
    patient
        .getMeta()
        .setVersionId(Integer.toString(recorded.version()))
        .setLastUpdatedElement(Times.instant(recorded.recordedAt()));
    person(recorded.person(), patient);
    var profile = recorded.profile();
    if (profile.birth() != null) {
      patient.setBirthDateElement(new DateType(profile.birth().toString()));
    }
    if (profile.deceased() != null) {
      patient.setDeceased(new BooleanType(profile.deceased()));
    }
    if (profile.sexForClinicalUse() != Sex.UNKNOWN) {
      patient.addExtension(sex(profile.sexForClinicalUse()));
    }
    return patient;
  }

  private static void person(Person person, Patient patient) {
    for (Person.Identifier identifier : person.identifiers()) {
      patient
          .addIdentifier()
          .setType(new CodeableConcept(new Coding(Codes.IDENTIFIER_TYPES, "MR", null)))
          .setSystem(identifier.system())
          .setValue(identifier.value());
    }
    Person.Name name = person.name();
    if (name != null) {
      var shown = patient.addName().setFamily(name.family());
      if (name.given() != null) {
        shown.addGiven(name.given());
      }
    }
  }

  private static Extension sex(Sex sex) {
    var extension = new Extension(Codes.CLINICAL_SEX);
    extension.addExtension(
        new Extension(
            "value",
            new CodeableConcept(
                new Coding(
                    SEX_PARAMETERS, sex == Sex.FEMALE ? "female-typical" : "male-typical", null))));
    return extension;
  }
}
