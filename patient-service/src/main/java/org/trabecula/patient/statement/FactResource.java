package org.trabecula.patient.statement;

import static org.trabecula.kit.http.Roles.CLINICIAN;
import static org.trabecula.kit.http.Roles.INTEGRATION;
import static org.trabecula.kit.http.Roles.VIEWER;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.http.IdempotentRequests;
import org.trabecula.patient.Change;
import org.trabecula.patient.Page;
import org.trabecula.patient.Refused;
import org.trabecula.patient.profile.Patients;
import org.trabecula.patient.statement.RecordStatements.Effect;
import org.trabecula.patient.statement.RecordStatements.Recorded;
import org.trabecula.patient.statement.Statement.Kind;

/// What is known of a patient over HTTP, and the clinic's own word on it.
@Path("/v1/patients/{patient}/facts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class FactResource {
  private final Answers answers;
  private final ClinicsWord word;
  private final Statements statements;
  private final Patients patients;
  private final Change change;
  private final IdempotentRequests requests;

  FactResource(
      Answers answers,
      ClinicsWord word,
      Statements statements,
      Patients patients,
      Change change,
      IdempotentRequests requests) {
    this.answers = answers;
    this.word = word;
    this.statements = statements;
    this.patients = patients;
    this.change = change;
    this.requests = requests;
  }

  @GET
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public Page<AnsweredFact> list(@RestPath UUID patient) {
    requirePatient(patient);
    return new Page<>(answers.of(patient), null);
  }

  @GET
  @Path("/{code}")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public Response get(@RestPath UUID patient, @RestPath String code) {
    word.fact(code);
    requirePatient(patient);
    return shown(Response.ok(), patient, code);
  }

  @GET
  @Path("/{code}/versions")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public Page<Statements.Version> versions(@RestPath UUID patient, @RestPath String code) {
    word.fact(code);
    requirePatient(patient);
    return new Page<>(statements.history(patient, Kind.FACT, code, null), null);
  }

  @PUT
  @Path("/{code}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response state(
      @RestPath UUID patient,
      @RestPath String code,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Nullable SubmittedFact submitted) {
    SubmittedFact body = Refused.required(submitted);
    return change.make(
        tell ->
            requests.once(
                key,
                "PUT " + path(patient, code),
                body,
                () ->
                    shown(
                        response(
                            word.state(patient, code, ifMatch, ifNoneMatch, body, tell),
                            path(patient, code)),
                        patient,
                        code)));
  }

  @DELETE
  @Path("/{code}")
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response takeBack(
      @RestPath UUID patient,
      @RestPath String code,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @HeaderParam("Idempotency-Key") @Nullable String key) {
    return change.make(
        tell ->
            requests.once(
                key,
                "DELETE " + path(patient, code),
                "",
                () -> {
                  word.takeBack(patient, code, ifMatch, tell);
                  return Response.noContent().build();
                }));
  }

  @POST
  @Path("/{code}/occurrences")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response stateOccurrence(
      @RestPath UUID patient,
      @RestPath String code,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Nullable SubmittedFact submitted) {
    SubmittedFact body = Refused.required(submitted);
    String path = path(patient, code) + "/occurrences";
    return change.make(
        tell ->
            requests.once(
                key,
                "POST " + path,
                body,
                () -> {
                  Recorded recorded = word.stateOccurrence(patient, code, body, tell);
                  return shown(
                      response(recorded, path + "/" + recorded.statement().id()), patient, code);
                }));
  }

  @DELETE
  @Path("/{code}/occurrences/{id}")
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response takeBackOccurrence(
      @RestPath UUID patient,
      @RestPath String code,
      @RestPath UUID id,
      @HeaderParam("If-Match") @Nullable String ifMatch) {
    word.fact(code);
    return change.make(
        tell -> {
          word.takeBack(patient, id, Kind.FACT, ifMatch, tell);
          return Response.noContent().build();
        });
  }

  private static Response.ResponseBuilder response(Recorded recorded, String location) {
    return recorded.effect() == Effect.NEW
        ? Response.created(URI.create(location))
        : Response.ok().location(URI.create(location));
  }

  private Response shown(Response.ResponseBuilder response, UUID patient, String code) {
    AnsweredFact answered =
        answers.of(patient).stream()
            .filter(fact -> fact.code().equals(code))
            .findFirst()
            .orElseThrow();
    return response
        .tag(
            answered.version() == null ? null : new EntityTag(Integer.toString(answered.version())))
        .entity(answered)
        .build();
  }

  private void requirePatient(UUID patient) {
    if (patients.findByIdOptional(patient).isEmpty()) {
      throw new Refused(Refused.Kind.UNKNOWN, "id", "The clinic has no such patient.");
    }
  }

  private static String path(UUID patient, String code) {
    return "/v1/patients/" + patient + "/facts/" + code;
  }
}
