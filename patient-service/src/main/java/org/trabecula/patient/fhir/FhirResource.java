package org.trabecula.patient.fhir;

import static org.trabecula.kit.http.Roles.CLINICIAN;
import static org.trabecula.kit.http.Roles.INTEGRATION;
import static org.trabecula.kit.http.Roles.VIEWER;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
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
import org.hl7.fhir.r4.model.Resource;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.http.LongestBody;

/// FHIR R4 over HTTP.
@Path(Fhir.BASE)
@LongestBody(mebibytes = 50)
@Produces({Fhir.JSON, MediaType.APPLICATION_JSON})
@RunOnVirtualThread
class FhirResource {
  private final Fhir fhir;
  private final TransactionBundles bundles;
  private final Transactions transactions;
  private final Reads reads;
  private final Capabilities capabilities;

  FhirResource(
      Fhir fhir,
      TransactionBundles bundles,
      Transactions transactions,
      Reads reads,
      Capabilities capabilities) {
    this.fhir = fhir;
    this.bundles = bundles;
    this.transactions = transactions;
    this.reads = reads;
    this.capabilities = capabilities;
  }

  @POST
  @Consumes({Fhir.JSON, MediaType.APPLICATION_JSON})
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public String transaction(
      @HeaderParam("Prefer") @Nullable String prefer, byte @Nullable [] body) {
    TransactionBundle bundle = bundles.parse(body == null ? new byte[0] : body);
    return fhir.write(transactions.carryOut(bundle, Preferences.of(prefer).isStrict()));
  }

  @GET
  @Path("/metadata")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public String metadata() {
    return fhir.write(capabilities.statement());
  }

  @GET
  @Path("/{type}/{id}")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public Response read(@RestPath String type, @RestPath String id) {
    Resource resource = reads.read(type, id);
    return Response.ok(fhir.write(resource))
        .header("ETag", "W/\"" + resource.getMeta().getVersionId() + "\"")
        .lastModified(resource.getMeta().getLastUpdated())
        .build();
  }

  @GET
  @Path("/{type}")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
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
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
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
