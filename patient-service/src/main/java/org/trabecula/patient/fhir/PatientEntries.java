package org.trabecula.patient.fhir;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.patient.profile.Person.Identifier;
import org.trabecula.patient.profile.Person.Name;
import org.trabecula.patient.profile.Profile;
import org.trabecula.patient.profile.SubmittedPatient;

/// Reads a FHIR Patient. What it does not say stays unknown.
@Singleton
class PatientEntries {
  private static final String BIRTH_SEX =
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";
  private static final String MAIDEN_NAME =
      "http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName";

  /// @param notes what was left out, and what was read how
  record Translated(SubmittedPatient patient, List<String> notes) {}

  /// @param named identifiers that the sender's condition goes by, or that the patient has: numbers
  /// of a record system, then, even if their type is not told
  Translated translate(Patient patient, Set<Identifier> named) {
    var notes = new ArrayList<String>();
    List<Identifier> identifiers = identifiers(patient, named, notes);
    Sex sex = sex(patient, notes);
    if (patient.hasExtension(MAIDEN_NAME)) {
      notes.add("Not stored: mother's maiden name.");
    }
    return new Translated(
        new SubmittedPatient(
            List.copyOf(identifiers),
            name(patient),
            sex,
            patient.getBirthDateElement().getValueAsString(),
            null,
            deceased(patient),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null),
        notes);
  }

  /// What a Patient of FHIR tells, in place of what was told before; the rest stays as it is.
  static SubmittedPatient over(SubmittedPatient told, Profile present) {
    return new SubmittedPatient(
        told.identifiers(),
        told.name(),
        told.sexForClinicalUse() == null ? present.sexForClinicalUse() : told.sexForClinicalUse(),
        told.birth() == null && present.birth() != null ? present.birth().toString() : told.birth(),
        present.region(),
        told.deceased() == null ? present.deceased() : told.deceased(),
        present.menopause(),
        present.uterus(),
        present.hypogonadism(),
        present.growthHormoneDeficiency(),
        present.heightCm(),
        present.weightKg(),
        present.smoking(),
        present.medications());
  }

  private static List<Identifier> identifiers(
      Patient patient, Set<Identifier> named, List<String> notes) {
    Set<Identifier> kept = new LinkedHashSet<>();
    var left = new ArrayList<String>();
    for (var identifier : patient.getIdentifier()) {
      var read = new Identifier(identifier.getSystem(), identifier.getValue());
      if (identifier.hasSystem()
          && identifier.hasValue()
          && (isRecordNumber(identifier.getType())
              || (named.contains(read) && !identifier.hasType()))) {
        kept.add(read);
      } else {
        left.add(typeOf(identifier.getType()));
      }
    }
    if (!left.isEmpty()) {
      notes.add(
          "Not stored: identifiers other than medical record numbers (%s)."
              .formatted(left.stream().distinct().collect(Collectors.joining(", "))));
    }
    return List.copyOf(kept);
  }

  private static boolean isRecordNumber(CodeableConcept type) {
    return type.getCoding().stream()
        .anyMatch(
            coding ->
                "MR".equals(coding.getCode()) && Codes.IDENTIFIER_TYPES.equals(coding.getSystem()));
  }

  /// The type's code, never the number.
  private static String typeOf(CodeableConcept type) {
    String code = type.getCodingFirstRep().getCode();
    return code == null ? "no type" : code;
  }

  private static @Nullable Name name(Patient patient) {
    HumanName chosen =
        patient.getName().stream()
            .filter(name -> name.getUse() == NameUse.OFFICIAL || name.getUse() == NameUse.USUAL)
            .findFirst()
            .orElseGet(patient::getNameFirstRep);
    String given = chosen.getGivenAsSingleString();
    String family = chosen.getFamily();
    return given.isBlank() && family == null
        ? null
        : new Name(given.isBlank() ? null : given, family);
  }

  /// Administrative gender is no answer to what a reference population asks.
  private static @Nullable Sex sex(Patient patient, List<String> notes) {
    Sex clinical = clinicalSex(patient);
    if (clinical != null) {
      return clinical;
    }
    Extension birthSex = patient.getExtensionByUrl(BIRTH_SEX);
    String code = birthSex == null ? null : code(birthSex.getValue());
    if ("F".equals(code) || "M".equals(code)) {
      notes.add("Sex for clinical use was read from us-core-birthsex.");
      return "F".equals(code) ? Sex.FEMALE : Sex.MALE;
    }
    notes.add("Sex for clinical use is unknown: administrative gender does not tell it.");
    return null;
  }

  private static @Nullable Sex clinicalSex(Patient patient) {
    for (Extension extension : patient.getExtensionsByUrl(Codes.CLINICAL_SEX)) {
      Extension value = extension.getExtensionByUrl("value");
      String code = code(value == null ? extension.getValue() : value.getValue());
      if ("female-typical".equals(code)) {
        return Sex.FEMALE;
      }
      if ("male-typical".equals(code)) {
        return Sex.MALE;
      }
    }
    return null;
  }

  private static @Nullable String code(@Nullable Type value) {
    return switch (value) {
      case CodeableConcept concept -> concept.getCodingFirstRep().getCode();
      case Coding coding -> coding.getCode();
      case null -> null;
      default -> value.primitiveValue();
    };
  }

  private static @Nullable Boolean deceased(Patient patient) {
    return switch (patient.getDeceased()) {
      case null -> null;
      case BooleanType said -> said.getValue();
      default -> true;
    };
  }
}
