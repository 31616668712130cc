package org.trabecula.patient.fhir;

import java.util.List;
import org.trabecula.kit.fhir.FhirProblem.Issue;
import org.trabecula.kit.fhir.Reason;
import org.trabecula.patient.Refused;
import org.trabecula.patient.Refused.Refusal;

/// Where in the Bundle it is that a command objects to.
final class Expressions {
  private Expressions() {}

  static List<Issue> ofPatient(Entry entry, Refused refused) {
    return refused.refusals().stream()
        .map(
            refusal ->
                new Issue(
                    reason(refused), entry.at(patientElement(refusal.field())), refusal.message()))
        .toList();
  }

  /// @param paths FHIRPath of the element of each measurement, in the order of the submissions
  static List<Issue> ofMeasurements(List<String> paths, Refused refused) {
    return refused.refusals().stream()
        .map(
            refusal ->
                new Issue(reason(refused), measurementElement(paths, refusal), refusal.message()))
        .toList();
  }

  /// @param entries of each statement, in the order of the submissions
  static List<Issue> ofStatements(List<Entry> entries, Refused refused) {
    return refused.refusals().stream()
        .map(
            refusal -> {
              Entry entry = entries.get(refusal.item());
              String element = statementElement(entry.request().type(), refusal.field());
              return new Issue(reason(refused), entry.at(element), refusal.message());
            })
        .toList();
  }

  private static String statementElement(String type, String field) {
    return switch (field.replaceFirst("[\\[.].*", "")) {
      case "codings", "code", "agent", "text" ->
          switch (type) {
            case "Condition" -> ".code";
            case "Observation" -> ".value";
            default -> ".medication";
          };
      case "since" ->
          switch (type) {
            case "Condition" -> ".onset";
            case "MedicationRequest" -> ".authoredOn";
            default -> ".effective";
          };
      case "until" ->
          switch (type) {
            case "Condition" -> ".abatement";
            case "MedicationRequest" -> ".dispenseRequest.validityPeriod";
            default -> ".effective";
          };
      case "statedOn" -> type.equals("Observation") ? ".effective" : ".recordedDate";
      case "dailyDose" -> type.equals("MedicationRequest") ? ".dosageInstruction" : ".dosage";
      case "patientId" -> ".subject";
      case "source" -> ".identifier";
      default -> "";
    };
  }

  private static String patientElement(String field) {
    if (field.startsWith("identifiers")) {
      return ".identifier";
    }
    return switch (field) {
      case "birth" -> ".birthDate";
      case "name.given", "name.family" -> ".name";
      default -> "";
    };
  }

  private static String measurementElement(List<String> paths, Refusal refusal) {
    String element = paths.get(refusal.item());
    String resource = element.replaceFirst("\\.component\\[\\d+]$", "");
    return switch (refusal.field()) {
      case "analyte", "loinc" -> element + ".code";
      case "value" -> element + ".value.value";
      case "unit" -> element + ".value.code";
      case "effectiveAt" -> resource + ".effective";
      case "patientId" -> resource + ".subject";
      case "method" -> resource + ".method";
      case "laboratory" -> resource + ".performer";
      case "device" -> resource + ".device";
      case "note" -> resource + ".note";
      case "specimen" -> resource + ".specimen";
      case "referenceInterval", "referenceInterval.low", "referenceInterval.high" ->
          resource + ".referenceRange";
      case "source.system", "source.id" -> resource + ".identifier";
      default -> element;
    };
  }

  private static Reason reason(Refused refused) {
    return switch (refused.kind()) {
      case INVALID -> Reason.INVALID_VALUE;
      case CONFLICT -> Reason.CONFLICT;
      case UNKNOWN -> Reason.UNKNOWN_REFERENCE;
    };
  }
}
