package org.trabecula.patient;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.patient.Refused.Refusal;

/// A refusal as the JSON door words it.
class RefusedProblem {
  @ServerExceptionMapper
  public Response problem(Refused refused) {
    return toProblem(refused).toResponse();
  }

  private static HttpProblem toProblem(Refused refused) {
    Refusal first = refused.refusals().getFirst();
    return switch (refused.kind()) {
      case INVALID -> Problems.invalid(violations(refused.refusals()));
      case CONFLICT -> Problems.conflict(first.field(), first.message());
      case UNKNOWN -> Problems.notFound(first.field(), first.message());
    };
  }

  private static List<Violation> violations(List<Refusal> refusals) {
    return refusals.stream()
        .map(refusal -> Violation.body(refusal.field(), refusal.message()))
        .toList();
  }
}
