package org.trabecula.protocol.fhir;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.fhir.FhirProblem;
import org.trabecula.kit.fhir.Outcomes;
import org.trabecula.kit.fhir.Preferences;
import org.trabecula.kit.fhir.UrlQuery;
import org.trabecula.kit.http.Roles;

/// FHIR R4 over HTTP, to be read.
@Path(Fhir.BASE)
@Produces({Fhir.JSON, MediaType.APPLICATION_JSON})
@RunOnVirtualThread
@Transactional
@RolesAllowed({Roles.CLINICIAN, Roles.INTEGRATION, Roles.VIEWER})
public class FhirResource {
  private final Fhir fhir;
  private final Reads reads;
  private final Capabilities capabilities;

  FhirResource(Fhir fhir, Reads reads, Capabilities capabilities) {
    this.fhir = fhir;
    this.reads = reads;
    this.capabilities = capabilities;
  }

  @GET
  @Path("/metadata")
  public String metadata() {
    return fhir.write(capabilities.statement());
  }

  @GET
  @Path("/{type}/{id}")
  public String read(@RestPath String type, @RestPath String id) {
    return fhir.write(reads.read(type, id));
  }

  @GET
  @Path("/{type}")
  public String search(
      @RestPath String type,
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context HttpServerRequest request,
      @Context UriInfo uri) {
    return search(type, UrlQuery.parse(request.query()), prefer, uri);
  }

  /// The same in a form, so that what is searched for stands in no URL.
  @POST
  @Path("/{type}/_search")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public String searchByForm(
      @RestPath String type,
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context HttpServerRequest request,
      @Context UriInfo uri,
      @Nullable String form) {
    var parameters = UrlQuery.parse(request.query());
    parameters.addAll(UrlQuery.parse(form));
    return search(type, parameters, prefer, uri);
  }

  private String search(
      String type,
      List<Map.Entry<String, String>> parameters,
      @Nullable String prefer,
      UriInfo uri) {
    String base = uri.getBaseUri().resolve(Fhir.BASE).toString();
    return fhir.write(reads.search(type, parameters, Preferences.of(prefer).isLenient(), base));
  }

  @ServerExceptionMapper
  public Response refused(FhirProblem problem) {
    return Response.status(problem.status())
        .type(Fhir.JSON)
        .entity(fhir.write(Outcomes.refusal(problem.issues())))
        .build();
  }
}
