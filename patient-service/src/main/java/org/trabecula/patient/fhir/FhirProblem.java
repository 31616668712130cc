package org.trabecula.patient.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/// What was sent cannot be taken. The whole of it is refused, and nothing has happened.
class FhirProblem extends RuntimeException {
  private final int status;
  private final transient List<Issue> issues;

  FhirProblem(int status, List<Issue> issues) {
    super("refused with status " + status);
    this.status = status;
    this.issues = List.copyOf(issues);
  }

  /// @param expression FHIRPath of what is wrong, such as `Bundle.entry[3].resource.status`
  record Issue(IssueType type, String expression, String reason) {
    static Issue invalid(String expression, String reason) {
      return new Issue(IssueType.INVALID, expression, reason);
    }
  }

  int status() {
    return status;
  }

  List<Issue> issues() {
    return issues;
  }
}
