package org.trabecula.kit.fhir;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.trabecula.kit.fhir.FhirProblem.Issue;

/// Says under `/fhir` in FHIR's words what the rest of the service says as a problem: no token, no
/// such path, a media type that nobody reads. A service with a FHIR door has a provider of it.
public abstract class FhirErrors implements ContainerResponseFilter {
  private static final String BASE = "/fhir";
  private static final MediaType JSON = MediaType.valueOf("application/fhir+json");

  private final Function<OperationOutcome, String> json;

  /// @param json writes what is said
  protected FhirErrors(Function<OperationOutcome, String> json) {
    this.json = json;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() < 400
        || !isFhir(request.getUriInfo().getPath())
        || response.getEntity() instanceof String) {
      return;
    }
    String reason =
        response.getEntity() instanceof HttpProblem problem
            ? Objects.requireNonNullElse(problem.getDetail(), problem.getTitle())
            : response.getStatusInfo().getReasonPhrase();
    Issue issue =
        new Issue(Reason.ofStatus(response.getStatus()), "", Objects.requireNonNull(reason));
    response.setEntity(json.apply(Outcomes.refusal(List.of(issue))), new Annotation[0], JSON);
  }

  private static boolean isFhir(String path) {
    return path.equals(BASE) || path.startsWith(BASE + "/");
  }
}
