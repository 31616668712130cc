package org.trabecula.protocol.cds;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Roles;
import org.trabecula.protocol.cds.Cards.Setting;

/// CDS Hooks 2.0 over HTTP.
@Path("/cds-services")
@RunOnVirtualThread
@RolesAllowed({Roles.CLINICIAN, Roles.PRESCRIBER, Roles.INTEGRATION})
public class CdsResource {
  private final Review review;
  private final FeedbackLog log;
  private final Optional<String> publicUrl;

  /// @param publicUrl where clients reach this service; where the request came in when empty
  CdsResource(
      Review review,
      FeedbackLog log,
      @ConfigProperty(name = "trabecula.public-url") Optional<String> publicUrl) {
    this.review = review;
    this.log = log;
    this.publicUrl = publicUrl.map(url -> url.replaceFirst("/+$", ""));
  }

  public record Discovery(List<Description> services) {}

  public record Description(String hook, String title, String description, String id) {}

  public record Answer(List<Card> cards) {}

  /// Open: a client asks what there is before it has a token.
  @GET
  @PermitAll
  public Discovery discovery() {
    return new Discovery(
        Stream.of(Service.values())
            .map(it -> new Description(it.hook(), it.title(), it.description(), it.id()))
            .toList());
  }

  @POST
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Transactional
  public Answer ask(@PathParam("id") String id, @Context UriInfo uri, @Nullable JsonNode body) {
    HookRequest request = HookRequest.of(body, service(id));
    String base = publicUrl.orElseGet(() -> uri.getBaseUri().toString().replaceFirst("/+$", ""));
    return new Answer(review.of(request, new Setting(request.hookInstance(), base)));
  }

  @POST
  @Path("/{id}/feedback")
  @Consumes(MediaType.APPLICATION_JSON)
  @Transactional
  public Response feedback(@PathParam("id") String id, @Nullable JsonNode body) {
    log.add(service(id), Feedback.of(body));
    return Response.ok().build();
  }

  private static Service service(String id) {
    return Service.of(id)
        .orElseThrow(
            () ->
                Problems.notFound("id", "There is no such service; GET /cds-services lists them."));
  }
}
