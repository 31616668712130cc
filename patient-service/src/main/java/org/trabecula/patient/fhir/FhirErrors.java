package org.trabecula.patient.fhir;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Objects;
import org.trabecula.patient.fhir.FhirProblem.Issue;

/// Says under `/fhir` in FHIR's words what the rest of the service says as a problem: no token, no
/// such path, a media type that nobody reads.
@Provider
class FhirErrors implements ContainerResponseFilter {
  private static final MediaType FHIR_JSON = MediaType.valueOf(Fhir.JSON);

  private final Fhir fhir;

  FhirErrors(Fhir fhir) {
    this.fhir = fhir;
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
    response.setEntity(fhir.write(Outcomes.refusal(List.of(issue))), new Annotation[0], FHIR_JSON);
  }

  private static boolean isFhir(String path) {
    return path.equals(Fhir.BASE) || path.startsWith(Fhir.BASE + "/");
  }
}
