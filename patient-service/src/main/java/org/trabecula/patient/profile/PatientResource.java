package org.trabecula.patient.profile;

import static org.trabecula.kit.http.Roles.CLINICIAN;
import static org.trabecula.kit.http.Roles.INTEGRATION;
import static org.trabecula.kit.http.Roles.VIEWER;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.http.IdempotentRequests;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.patient.Change;
import org.trabecula.patient.Page;
import org.trabecula.patient.Page.Place;
import org.trabecula.patient.Refused;
import org.trabecula.patient.profile.Person.Identifier;

/// Patients over HTTP.
@Path("/v1/patients")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class PatientResource {
  private final Patients patients;
  private final RegisterPatient registerPatient;
  private final RevisePatient revisePatient;
  private final Change change;
  private final IdempotentRequests requests;

  PatientResource(
      Patients patients,
      RegisterPatient registerPatient,
      RevisePatient revisePatient,
      Change change,
      IdempotentRequests requests) {
    this.patients = patients;
    this.registerPatient = registerPatient;
    this.revisePatient = revisePatient;
    this.change = change;
    this.requests = requests;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response register(
      @HeaderParam("Idempotency-Key") @Nullable String key, @Nullable SubmittedPatient submitted) {
    SubmittedPatient body = Refused.required(submitted);
    return change.make(
        tell ->
            requests.once(
                key,
                "POST /v1/patients",
                body,
                () -> {
                  Patient patient = registerPatient.register(body, tell);
                  return Response.created(URI.create("/v1/patients/" + patient.id()))
                      .tag(tag(patient))
                      .entity(RecordedPatient.of(patient))
                      .build();
                }));
  }

  @GET
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public Page<RecordedPatient> list(
      @RestQuery @Nullable String identifier,
      @RestQuery @Nullable String cursor,
      @RestQuery @Nullable String limit) {
    if (identifier != null) {
      return new Page<>(
          patients.findByIdentifier(parse(identifier)).map(RecordedPatient::of).stream().toList(),
          null);
    }
    var ask = Page.Ask.of(cursor, limit);
    return Page.of(
        patients.page(ask),
        ask,
        patient -> new Place(patient.registeredAt, patient.id),
        RecordedPatient::of);
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public Response get(@RestPath UUID id) {
    return shown(patients.findByIdOptional(id).orElseThrow(RevisePatient::unknown));
  }

  /// When a patient's profile changed, oldest first.
  @GET
  @Path("/{id}/versions")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public Page<Version> versions(@RestPath UUID id) {
    return new Page<>(
        history(id).stream()
            .map(patient -> new Version(patient.version, patient.recordedAt))
            .toList(),
        null);
  }

  public record Version(int version, Instant recordedAt) {}

  @GET
  @Path("/{id}/versions/{version}")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public Response version(@RestPath UUID id, @RestPath int version) {
    return shown(
        history(id).stream()
            .filter(patient -> patient.version == version)
            .findFirst()
            .orElseThrow(
                () ->
                    new Refused(
                        Refused.Kind.UNKNOWN, "version", "The patient has no such version.")));
  }

  private List<Patient> history(UUID id) {
    return patients.versions(patients.findByIdOptional(id).orElseThrow(RevisePatient::unknown));
  }

  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response revise(
      @RestPath UUID id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Nullable SubmittedPatient submitted) {
    SubmittedPatient body = Refused.required(submitted);
    return change.make(
        tell ->
            requests.once(
                key,
                "PUT /v1/patients/" + id,
                body,
                () -> shown(revisePatient.revise(id, ifMatch, body, tell))));
  }

  private static Response shown(Patient patient) {
    return Response.ok(RecordedPatient.of(patient)).tag(tag(patient)).build();
  }

  private static EntityTag tag(Patient patient) {
    return new EntityTag(Integer.toString(patient.version()));
  }

  private static Identifier parse(String token) {
    int bar = token.indexOf('|');
    if (bar < 1 || bar == token.length() - 1 || token.indexOf('\0') >= 0) {
      throw Problems.invalid(
          List.of(new Violation("identifier", "query", "Has the form system|value.")));
    }
    return new Identifier(token.substring(0, bar), token.substring(bar + 1));
  }
}
