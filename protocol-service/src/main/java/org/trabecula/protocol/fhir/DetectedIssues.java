package org.trabecula.protocol.fhir;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueMitigationComponent;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueSeverity;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.trabecula.contracts.RegimenAssigned.Basis;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Overridden;
import org.trabecula.contracts.RegimenAssigned.Severity;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.protocol.regimen.Regimen;
import org.trabecula.protocol.regimen.Regimens;

/// What rules find in the active regimen, with what was done about it.
@Singleton
class DetectedIssues implements Kept {
  static final String TYPE = "DetectedIssue";

  private final Regimens regimens;

  DetectedIssues(Regimens regimens) {
    this.regimens = regimens;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public SequencedMap<String, Parameter> parameters() {
    var parameters = new LinkedHashMap<String, Parameter>();
    parameters.put("_id", Parameter.id());
    parameters.put(
        "patient",
        new Parameter(
            SearchParamType.REFERENCE,
            "The patient, as Patient/{id} or {id}.",
            (resource, value) ->
                References.leadsTo(((DetectedIssue) resource).getPatient(), "Patient", value)));
    parameters.put(
        "implicated",
        new Parameter(
            SearchParamType.REFERENCE,
            "An order that it speaks of, as MedicationRequest/{id} or {id}.",
            (resource, value) ->
                ((DetectedIssue) resource)
                    .getImplicated().stream()
                        .anyMatch(
                            order -> References.leadsTo(order, MedicationRequests.TYPE, value))));
    return parameters;
  }

  @Override
  public List<DetectedIssue> ofPatient(UUID patient) {
    return regimens.active(patient).stream().flatMap(regimen -> of(regimen).stream()).toList();
  }

  @Override
  public List<DetectedIssue> within(UUID id) {
    return regimens.findByIdOptional(id).filter(Regimen::active).stream()
        .flatMap(regimen -> of(regimen).stream())
        .toList();
  }

  static List<DetectedIssue> of(Regimen regimen) {
    var byId = new LinkedHashMap<String, DetectedIssue>();
    regimen
        .stated()
        .forEach(
            finding ->
                byId.computeIfAbsent(id(finding, regimen.id()), id -> of(id, finding, regimen)));
    return List.copyOf(byId.values());
  }

  private static DetectedIssue of(String id, Finding finding, Regimen regimen) {
    var issue =
        new DetectedIssue()
            .setStatus(DetectedIssueStatus.FINAL)
            .setCode(rule(finding.rule()))
            .setSeverity(severity(finding.severity()))
            .setPatient(References.to("Patient", regimen.patientId().toString()))
            .setIdentified(MedicationRequests.instant(regimen.evaluatedAt()))
            .setDetail(finding.message());
    issue.setId(id);
    List<Step> steps = regimen.steps();
    for (int i = 0; i < steps.size(); i++) {
      if (finding.agents().contains(steps.get(i).agent())) {
        issue.addImplicated(
            References.to(MedicationRequests.TYPE, MedicationRequests.id(regimen.id(), i)));
      }
    }
    finding.basis().forEach(basis -> issue.addEvidence().addCode(evidence(basis)));
    finding
        .missing()
        .forEach(fact -> issue.addEvidence().addCode(fact(fact, fact + ": not stated")));
    Overridden override = finding.override();
    if (override != null) {
      issue.addMitigation(
          mitigation(
              "override",
              override.reason(),
              override.at(),
              new Reference().setDisplay(override.role())));
    }
    regimen.acknowledged().stream()
        .filter(read -> read.rule().equals(finding.rule()))
        .forEach(
            read ->
                issue.addMitigation(
                    mitigation(
                        "acknowledgement",
                        "Read and acknowledged",
                        read.at(),
                        new Reference()
                            .setIdentifier(
                                new Identifier().setSystem(Codes.CLIENT).setValue(read.by())))));
    return issue;
  }

  /// Of one rule there may be several, each with agents or words of its own. It keeps its id while
  /// rules say the same, and what is said twice is one.
  private static String id(Finding finding, UUID regimen) {
    return "%s-%s-%08x"
        .formatted(regimen, finding.rule(), Objects.hash(finding.agents(), finding.message()));
  }

  private static CodeableConcept rule(String id) {
    var concept = new CodeableConcept();
    concept.addCoding().setSystem(Codes.RULE).setCode(id);
    return concept;
  }

  private static DetectedIssueSeverity severity(Severity severity) {
    return switch (severity) {
      case BLOCK -> DetectedIssueSeverity.HIGH;
      case WARN -> DetectedIssueSeverity.MODERATE;
      case INFO -> DetectedIssueSeverity.LOW;
    };
  }

  private static CodeableConcept evidence(Basis basis) {
    LocalDate on = basis.on();
    return fact(
        basis.fact(),
        "%s: %s%s".formatted(basis.fact(), basis.stated(), on == null ? "" : " (" + on + ")"));
  }

  private static CodeableConcept fact(String code, String words) {
    var concept = new CodeableConcept().setText(words);
    concept.addCoding().setSystem(Codes.FACT).setCode(code);
    return concept;
  }

  private static DetectedIssueMitigationComponent mitigation(
      String code, String words, Instant at, Reference author) {
    var action = new CodeableConcept().setText(words);
    action.addCoding().setSystem(Codes.MITIGATION).setCode(code);
    return new DetectedIssueMitigationComponent(action)
        .setDateElement(MedicationRequests.instant(at))
        .setAuthor(author);
  }
}
