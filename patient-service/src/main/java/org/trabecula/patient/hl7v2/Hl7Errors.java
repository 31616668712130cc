package org.trabecula.patient.hl7v2;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Objects;
import org.trabecula.patient.hl7v2.Hl7Problem.Verdict;
import org.trabecula.patient.hl7v2.Remark.Condition;
import org.trabecula.patient.hl7v2.Remark.Location;

/// Says at `/hl7v2` as an acknowledgment what the rest of the service says as a problem: no token,
// a
/// media type that nobody reads.
@Provider
class Hl7Errors implements ContainerResponseFilter {
  static final MediaType ER7 = MediaType.valueOf(Acknowledgments.MEDIA_TYPE).withCharset("utf-8");

  private final Acknowledgments acknowledgments;

  Hl7Errors(Acknowledgments acknowledgments) {
    this.acknowledgments = acknowledgments;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() < 400
        || !request.getUriInfo().getPath().equals(Hl7Resource.PATH)
        || response.getEntity() instanceof String) {
      return;
    }
    String reason =
        response.getEntity() instanceof HttpProblem problem
            ? Objects.requireNonNullElse(problem.getDetail(), problem.getTitle())
            : response.getStatusInfo().getReasonPhrase();
    var remark = Remark.error(Location.MESSAGE, Condition.REFUSED, Objects.requireNonNull(reason));
    response.setEntity(
        acknowledgments.write(null, Verdict.AR, List.of(remark)), new Annotation[0], ER7);
  }
}
