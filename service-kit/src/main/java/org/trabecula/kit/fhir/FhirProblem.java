package org.trabecula.kit.fhir;

import java.util.List;

/// What was sent cannot be taken. The whole of it is refused, and nothing has happened.
public class FhirProblem extends RuntimeException {
  private final int status;
  private final transient List<Issue> issues;

  public FhirProblem(int status, List<Issue> issues) {
    super("refused with status " + status);
    this.status = status;
    this.issues = List.copyOf(issues);
  }

  public FhirProblem(int status, Reason reason, String expression, String message) {
    this(status, List.of(new Issue(reason, expression, message)));
  }

  /// @param expression FHIRPath of what is wrong, such as `Bundle.entry[3].resource.status`
  public record Issue(Reason reason, String expression, String message) {
    public static Issue invalid(String expression, String message) {
      return new Issue(Reason.INVALID_VALUE, expression, message);
    }

    public static Issue required(String expression, String message) {
      return new Issue(Reason.REQUIRED, expression, message);
    }
  }

  public int status() {
    return status;
  }

  public List<Issue> issues() {
    return issues;
  }
}
