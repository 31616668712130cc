package org.trabecula.patient.fhir;

import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Timing;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.patient.statement.FactCatalogue;
import org.trabecula.patient.statement.StatedFact;
import org.trabecula.patient.statement.StatedMedication;
import org.trabecula.patient.statement.Statement;
import org.trabecula.patient.statement.Statement.Standing;

/// Shows statements as FHIR has them.
final class StatementViews {
  private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
  private static final String A_DAY = "/d";

  private StatementViews() {}

  static Condition condition(Statement statement, FactCatalogue facts) {
    var condition = new Condition();
    condition.setId(statement.id().toString());
    condition.setMeta(meta(statement));
    condition.addIdentifier(identifier(statement));
    if (!(statement.content() instanceof StatedFact fact)) {
      throw new IllegalArgumentException("No fact");
    }
    if (statement.standing() == Standing.WITHDRAWN) {
      condition.setVerificationStatus(coded("condition-ver-status", "entered-in-error"));
    } else {
      condition
          .setVerificationStatus(coded("condition-ver-status", verification(fact.presence())))
          .setClinicalStatus(coded("condition-clinical", isOver(fact) ? "resolved" : "active"));
    }
    CodeableConcept code = code(fact.codings());
    code.addCoding()
        .setSystem(FactCatalogue.SYSTEM)
        .setCode(fact.code())
        .setDisplay(facts.byCode(fact.code()).map(ClinicalFact::display).orElse(null));
    condition
        .addCategory(coded("condition-category", "problem-list-item"))
        .setCode(code)
        .setSubject(patient(statement))
        .setRecordedDateElement(
            new DateTimeType(
                fact.statedOn() == null
                    ? Times.text(statement.recordedAt())
                    : fact.statedOn().toString()));
    if (fact.since() != null) {
      condition.setOnset(new DateTimeType(fact.since()));
    }
    if (fact.until() != null && statement.standing() != Standing.WITHDRAWN) {
      condition.setAbatement(new DateTimeType(fact.until()));
    }
    return condition;
  }

  /// @param statement of smoking
  static Observation smoking(Statement statement) {
    if (!(statement.content() instanceof StatedFact fact)) {
      throw new IllegalArgumentException("No fact");
    }
    var observation = new Observation();
    observation.setId(statement.id().toString());
    observation.setMeta(meta(statement));
    observation.addIdentifier(identifier(statement));
    observation
        .setStatus(
            statement.standing() == Standing.WITHDRAWN
                ? ObservationStatus.ENTEREDINERROR
                : ObservationStatus.FINAL)
        .addCategory(coded("observation-category", "social-history"))
        .setCode(new CodeableConcept(new Coding(Codes.LOINC, SmokingStatus.LOINC, null)))
        .setSubject(patient(statement))
        .setEffective(
            new DateTimeType(
                fact.statedOn() == null
                    ? Times.text(statement.recordedAt())
                    : fact.statedOn().toString()))
        .setIssuedElement(Times.instant(statement.recordedAt()))
        .setValue(
            code(fact.codings())
                .setText(Objects.requireNonNullElse(fact.coded(), SmokingStatus.UNKNOWN)));
    return observation;
  }

  private static String verification(@Nullable Presence presence) {
    return switch (presence) {
      case PRESENT -> "confirmed";
      case ABSENT -> "refuted";
      case UNKNOWN -> "unconfirmed";
      case null -> "unconfirmed";
    };
  }

  private static boolean isOver(StatedFact fact) {
    return fact.until() != null;
  }

  static MedicationStatement medication(Statement statement) {
    var shown = new MedicationStatement();
    shown.setId(statement.id().toString());
    shown.setMeta(meta(statement));
    shown.addIdentifier(identifier(statement));
    if (!(statement.content() instanceof StatedMedication taken)) {
      throw new IllegalArgumentException("No medication");
    }
    CodeableConcept medicine = code(taken.codings()).setText(taken.text());
    if (taken.agent() != null) {
      medicine.addCoding().setSystem(MedicationCodes.SYSTEM).setCode(taken.agent());
    }
    shown
        .setStatus(status(statement.standing(), taken))
        .setMedication(medicine)
        .setSubject(patient(statement))
        .setDateAssertedElement(new DateTimeType(Times.text(statement.recordedAt())));
    if (taken.since() != null || taken.until() != null) {
      var period = new Period();
      if (taken.since() != null) {
        period.setStartElement(new DateTimeType(taken.since()));
      }
      if (taken.until() != null) {
        period.setEndElement(new DateTimeType(taken.until()));
      }
      shown.setEffective(period);
    }
    dosage(taken, shown);
    return shown;
  }

  private static void dosage(StatedMedication taken, MedicationStatement shown) {
    var dose = taken.dailyDose();
    if (dose == null) {
      return;
    }
    var dosage = shown.addDosage().setText(dose.value().toPlainString() + " " + dose.unit());
    if (!dose.unit().endsWith(A_DAY)) {
      return;
    }
    String unit = dose.unit().substring(0, dose.unit().length() - A_DAY.length());
    dosage
        .addDoseAndRate()
        .setDose(
            new Quantity()
                .setValue(dose.value())
                .setUnit(unit)
                .setSystem(Codes.UCUM)
                .setCode(unit));
    dosage.getTiming().getRepeat().setFrequency(1).setPeriod(1).setPeriodUnit(Timing.UnitsOfTime.D);
  }

  private static MedicationStatementStatus status(Standing standing, StatedMedication taken) {
    if (standing == Standing.WITHDRAWN) {
      return MedicationStatementStatus.ENTEREDINERROR;
    }
    return taken.until() == null && !taken.over()
        ? MedicationStatementStatus.ACTIVE
        : MedicationStatementStatus.COMPLETED;
  }

  private static Meta meta(Statement statement) {
    return new Meta()
        .setVersionId(Integer.toString(statement.version()))
        .setLastUpdatedElement(Times.instant(statement.recordedAt()));
  }

  private static Identifier identifier(Statement statement) {
    return new Identifier()
        .setSystem(statement.source().system())
        .setValue(statement.source().id());
  }

  private static Reference patient(Statement statement) {
    return new Reference("Patient/" + statement.patient());
  }

  private static CodeableConcept code(List<org.trabecula.patient.statement.Coding> codings) {
    var code = new CodeableConcept();
    codings.stream()
        .filter(coding -> coding.code() != null)
        .forEach(
            coding -> code.addCoding(new Coding(coding.system(), coding.code(), coding.display())));
    return code;
  }

  private static CodeableConcept coded(String system, String code) {
    return new CodeableConcept(new Coding(TERMINOLOGY + system, code, null));
  }
}
