package org.trabecula.patient.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.trabecula.patient.fhir.FhirProblem.Issue;

/// What we say of what we did or would not do, in FHIR's words.
final class Outcomes {
  private Outcomes() {}

  static OperationOutcome refusal(List<Issue> issues) {
    var outcome = new OperationOutcome();
    for (Issue issue : issues) {
      var said =
          outcome
              .addIssue()
              .setSeverity(IssueSeverity.ERROR)
              .setCode(issue.type())
              .setDiagnostics(issue.reason());
      if (!issue.expression().isEmpty()) {
        said.addExpression(issue.expression());
      }
    }
    return outcome;
  }

  /// What we kept to ourselves about an entry that was otherwise fine.
  static OperationOutcome notes(List<String> notes) {
    var outcome = new OperationOutcome();
    for (String note : notes) {
      outcome
          .addIssue()
          .setSeverity(IssueSeverity.INFORMATION)
          .setCode(IssueType.INFORMATIONAL)
          .setDiagnostics(note);
    }
    return outcome;
  }

  static OperationOutcome notStored(String reason) {
    var outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.WARNING)
        .setCode(IssueType.NOTSUPPORTED)
        .setDiagnostics("Not stored: " + reason);
    return outcome;
  }
}
