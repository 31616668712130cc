package org.trabecula.protocol.regimen;

import io.quarkiverse.resteasy.problem.HttpProblem;
import org.trabecula.kit.http.Problems;

/// A patient arrives here a moment after patient-service has recorded it.
final class UnknownPatient {
  private static final String SECONDS = "1";

  private UnknownPatient() {}

  static HttpProblem problem() {
    return HttpProblem.builder(
            Problems.notFound(
                "id",
                "The patient is not known here yet: one that was just recorded arrives within moments."))
        .withHeader("Retry-After", SECONDS)
        .build();
  }
}
