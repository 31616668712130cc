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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.fhir.FhirProblem;
import org.trabecula.kit.fhir.Outcomes;
import org.trabecula.kit.fhir.Preferences;
import org.trabecula.kit.fhir.Reason;
import org.trabecula.kit.fhir.UrlQuery;
import org.trabecula.kit.http.LongestBody;
import org.trabecula.patient.provenance.Provenances.Message;

/// FHIR R4 over HTTP.
@Path(Fhir.BASE)
@LongestBody(mebibytes = 24)
@Produces({Fhir.JSON, MediaType.APPLICATION_JSON})
@RunOnVirtualThread
class FhirResource {
  private final Fhir fhir;
  private final SubmittedBundles bundles;
  private final Transactions transactions;
  private final Reads reads;
  private final Everything everything;
  private final Capabilities capabilities;

  FhirResource(
      Fhir fhir,
      SubmittedBundles bundles,
      Transactions transactions,
      Reads reads,
      Everything everything,
      Capabilities capabilities) {
    this.fhir = fhir;
    this.bundles = bundles;
    this.transactions = transactions;
    this.reads = reads;
    this.everything = everything;
    this.capabilities = capabilities;
  }

  @POST
  @Consumes({Fhir.JSON, MediaType.APPLICATION_JSON})
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public String bundle(
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context UriInfo uri,
      byte @Nullable [] body) {
    Submitted submitted = bundles.bundle(body == null ? new byte[0] : body);
    var answer =
        new Bundle()
            .setType(
                submitted.kind() == Submitted.Kind.BATCH
                    ? BundleType.BATCHRESPONSE
                    : BundleType.TRANSACTIONRESPONSE);
    transactions
        .carryOut(submitted, Preferences.of(prefer).isStrict(), base(uri))
        .forEach(answer::addEntry);
    return fhir.write(answer);
  }

  @POST
  @Path("/{type}")
  @Consumes({Fhir.JSON, MediaType.APPLICATION_JSON})
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response create(
      @RestPath String type,
      @HeaderParam("If-None-Exist") @Nullable String ifNoneExist,
      @HeaderParam("Prefer") @Nullable String prefer,
      @HeaderParam("X-Request-Id") @Nullable String requestId,
      @Context UriInfo uri,
      byte @Nullable [] body) {
    var request = new Request(HTTPVerb.POST, type, null, null, ifNoneExist, null);
    return single(request, Preferences.of(prefer), requestId, uri, body);
  }

  @PUT
  @Path("/{type}/{id}")
  @Consumes({Fhir.JSON, MediaType.APPLICATION_JSON})
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response update(
      @RestPath String type,
      @RestPath String id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @HeaderParam("Prefer") @Nullable String prefer,
      @HeaderParam("X-Request-Id") @Nullable String requestId,
      @Context UriInfo uri,
      byte @Nullable [] body) {
    var request = new Request(HTTPVerb.PUT, type, id, null, null, ifMatch);
    return single(request, Preferences.of(prefer), requestId, uri, body);
  }

  @PUT
  @Path("/{type}")
  @Consumes({Fhir.JSON, MediaType.APPLICATION_JSON})
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response updateWhere(
      @RestPath String type,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @HeaderParam("Prefer") @Nullable String prefer,
      @HeaderParam("X-Request-Id") @Nullable String requestId,
      @Context HttpServerRequest http,
      @Context UriInfo uri,
      byte @Nullable [] body) {
    String query = http.query() == null ? "" : http.query();
    var request = new Request(HTTPVerb.PUT, type, null, query, null, ifMatch);
    return single(request, Preferences.of(prefer), requestId, uri, body);
  }

  /// A request by itself is a transaction of one, whose entry is answered over HTTP.
  private Response single(
      Request request,
      Preferences preferences,
      @Nullable String requestId,
      UriInfo uri,
      byte @Nullable [] body) {
    TransactionPlan.requireWritten(request.type());
    Resource resource = bundles.resource(body == null ? new byte[0] : body, request.type());
    String source = resource.getMeta().getSource();
    var submitted =
        new Submitted(
            Submitted.Kind.SINGLE,
            source == null ? Submitted.UNNAMED : source,
            new Message(source, requestId),
            List.of(new Entry(0, "", null, request, resource)),
            Map.of());
    BundleEntryResponseComponent answer =
        transactions
            .carryOut(submitted, !preferences.isLenient(), base(uri))
            .getFirst()
            .getResponse();
    var response =
        Response.status(Integer.parseInt(answer.getStatus().substring(0, 3)))
            .type(Fhir.JSON)
            .header("ETag", answer.getEtag());
    String location = answer.getLocation();
    if (location != null) {
      response.header("Location", base(uri) + "/" + location);
    }
    Resource shown = shown(preferences.returned(), answer);
    return (shown == null ? response : response.entity(fhir.write(shown))).build();
  }

  /// Unless the caller says otherwise, nothing but what was left out.
  private @Nullable Resource shown(
      Preferences.@Nullable Returned returned, BundleEntryResponseComponent answer) {
    String location = answer.getLocation();
    if (returned == Preferences.Returned.MINIMAL && location != null) {
      return null;
    }
    if (returned == Preferences.Returned.REPRESENTATION && location != null) {
      int slash = location.indexOf('/');
      return reads.read(location.substring(0, slash), location.substring(slash + 1));
    }
    return answer.getOutcome();
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

  /// Its name is a parameter, so that clients may write the dollar sign as they like.
  @GET
  @Path("/Patient/{id}/{operation}")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public String operation(
      @RestPath String id,
      @RestPath String operation,
      @HeaderParam("Prefer") @Nullable String prefer,
      @Context HttpServerRequest request,
      @Context UriInfo uri) {
    if (!operation.equals(Everything.NAME)) {
      throw new FhirProblem(
          404, Reason.NOT_SUPPORTED, "", "Of a Patient there is no operation but $everything.");
    }
    return fhir.write(
        everything.of(
            id, UrlQuery.parse(request.query()), Preferences.of(prefer).isLenient(), base(uri)));
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
    return fhir.write(
        reads.search(type, parameters, Preferences.of(prefer).isLenient(), base(uri)));
  }

  private static String base(UriInfo uri) {
    return uri.getBaseUri().resolve(Fhir.BASE).toString();
  }

  @ServerExceptionMapper
  public Response refused(FhirProblem problem) {
    return Response.status(problem.status())
        .type(Fhir.JSON)
        .entity(fhir.write(Outcomes.refusal(problem.issues())))
        .build();
  }
}
