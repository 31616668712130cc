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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.http.IdempotentRequests;
import org.trabecula.patient.Change;
import org.trabecula.patient.Page;
import org.trabecula.patient.Page.Place;
import org.trabecula.patient.Refused;
import org.trabecula.patient.profile.Patients;
import org.trabecula.patient.statement.RecordStatements.Effect;
import org.trabecula.patient.statement.RecordStatements.Recorded;
import org.trabecula.patient.statement.RecordStatements.Submission;
import org.trabecula.patient.statement.Statement.Kind;

/// What a patient takes besides our regimens, dated, over HTTP.
@Path("/v1/patients/{patient}/medications")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class MedicationResource {
  private final Statements statements;
  private final Patients patients;
  private final RecordStatements recordStatements;
  private final ClinicsWord word;
  private final Change change;
  private final IdempotentRequests requests;

  MedicationResource(
      Statements statements,
      Patients patients,
      RecordStatements recordStatements,
      ClinicsWord word,
      Change change,
      IdempotentRequests requests) {
    this.statements = statements;
    this.patients = patients;
    this.recordStatements = recordStatements;
    this.word = word;
    this.change = change;
    this.requests = requests;
  }

  /// Sent again with another content, such as its end, it is a correction.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response record(
      @RestPath UUID patient,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Nullable SubmittedMedication submitted) {
    SubmittedMedication body = Refused.required(submitted);
    return change.make(
        tell ->
            requests.once(
                key,
                "POST " + path(patient),
                body,
                () ->
                    answer(
                        recordStatements
                            .record(
                                List.of(
                                    new Submission(patient, body.source(patient), body.stated())),
                                tell)
                            .getFirst())));
  }

  /// By the time of recording, oldest first; withdrawn ones too.
  @GET
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public Page<RecordedMedication> list(
      @RestPath UUID patient,
      @RestQuery @Nullable String agent,
      @RestQuery @Nullable String cursor,
      @RestQuery @Nullable String limit) {
    var ask = Page.Ask.of(cursor, limit);
    if (patients.findByIdOptional(patient).isEmpty()) {
      throw unknown("id", "The clinic has no such patient.");
    }
    return Page.of(
        statements.page(new Statements.Filter(patient, Kind.MEDICATION, agent, null), ask),
        ask,
        statement -> new Place(statement.recordedAt, statement.id),
        RecordedMedication::of);
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public Response get(@RestPath UUID patient, @RestPath UUID id) {
    return shown(Response.ok(), find(patient, id));
  }

  @GET
  @Path("/{id}/versions")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public Page<Statements.Version> versions(@RestPath UUID patient, @RestPath UUID id) {
    find(patient, id);
    return new Page<>(statements.history(patient, Kind.MEDICATION, null, id), null);
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response takeBack(
      @RestPath UUID patient,
      @RestPath UUID id,
      @HeaderParam("If-Match") @Nullable String ifMatch) {
    return change.make(
        tell -> {
          word.takeBack(patient, id, Kind.MEDICATION, ifMatch, tell);
          return Response.noContent().build();
        });
  }

  private Statement find(UUID patient, UUID id) {
    return statements
        .find(patient, id)
        .filter(statement -> statement.kind == Kind.MEDICATION)
        .orElseThrow(() -> unknown("id", "The patient has no such medication."));
  }

  private static Response answer(Recorded recorded) {
    Statement statement = recorded.statement();
    URI location = URI.create(path(statement.patient) + "/" + statement.id);
    return shown(
        recorded.effect() == Effect.NEW
            ? Response.created(location)
            : Response.ok().location(location),
        statement);
  }

  private static Response shown(Response.ResponseBuilder response, Statement statement) {
    return response
        .tag(new EntityTag(Integer.toString(statement.version)))
        .entity(RecordedMedication.of(statement))
        .build();
  }

  private static String path(UUID patient) {
    return "/v1/patients/" + patient + "/medications";
  }

  private static Refused unknown(String field, String message) {
    return new Refused(Refused.Kind.UNKNOWN, field, message);
  }
}
