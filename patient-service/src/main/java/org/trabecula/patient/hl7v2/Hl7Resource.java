package org.trabecula.patient.hl7v2;

import static org.trabecula.kit.http.Roles.CLINICIAN;
import static org.trabecula.kit.http.Roles.INTEGRATION;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.http.LongestBody;
import org.trabecula.patient.hl7v2.ResultMessages.Answer;

/// HL7 v2 over HTTP: a request holds a message, its answer the acknowledgment. A panel of a hundred
/// results has 20 kB; a report in PDF may ride along.
@Path(Hl7Resource.PATH)
@LongestBody(mebibytes = 5)
@Produces(Acknowledgments.MEDIA_TYPE)
@RunOnVirtualThread
class Hl7Resource {
  static final String PATH = "/hl7v2";

  private final ResultMessages messages;

  Hl7Resource(ResultMessages messages) {
    this.messages = messages;
  }

  @POST
  @Consumes({Acknowledgments.MEDIA_TYPE, "x-application/hl7-v2+er7"})
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response receive(@Context HttpHeaders headers, byte @Nullable [] body) {
    Answer answer =
        messages.receive(
            body == null ? new byte[0] : body,
            headers.getMediaType().getParameters().get(MediaType.CHARSET_PARAMETER));
    return Response.status(answer.status())
        .type(Hl7Errors.ER7)
        .entity(answer.acknowledgment())
        .build();
  }
}
