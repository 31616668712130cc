package org.trabecula.kit.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.trabecula.kit.fhir.FhirProblem.Issue;

/// What we say of what we did or would not do, in FHIR's words.
public final class Outcomes {
  private Outcomes() {}

  public static OperationOutcome refusal(List<Issue> issues) {
    var outcome = new OperationOutcome();
    for (Issue issue : issues) {
      var said = add(outcome, IssueSeverity.ERROR, issue.reason(), issue.message());
      if (!issue.expression().isEmpty()) {
        said.addExpression(issue.expression());
      }
    }
    return outcome;
  }

  /// What we kept to ourselves about something that was otherwise fine.
  public static OperationOutcome notes(List<String> notes) {
    var outcome = new OperationOutcome();
    notes.forEach(note -> add(outcome, IssueSeverity.INFORMATION, Reason.NOTE, note));
    return outcome;
  }

  public static OperationOutcome notStored(String reason) {
    var outcome = new OperationOutcome();
    add(outcome, IssueSeverity.WARNING, Reason.NOT_STORED, "Not stored: " + reason);
    return outcome;
  }

  /// Search parameters that we passed over, since the caller told us to.
  public static OperationOutcome ignored(List<Issue> issues) {
    var outcome = new OperationOutcome();
    issues.forEach(
        issue ->
            add(outcome, IssueSeverity.WARNING, issue.reason(), "Ignored: " + issue.message()));
    return outcome;
  }

  private static OperationOutcomeIssueComponent add(
      OperationOutcome outcome, IssueSeverity severity, Reason reason, String message) {
    return outcome
        .addIssue()
        .setSeverity(severity)
        .setCode(reason.type())
        .setDetails(reason.details())
        .setDiagnostics(message);
  }
}
