package org.trabecula.patient.measurement;

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
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
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
import org.trabecula.patient.measurement.Measurement.Standing;
import org.trabecula.patient.measurement.RecordMeasurements.Effect;
import org.trabecula.patient.measurement.RecordMeasurements.Recorded;
import org.trabecula.patient.measurement.RecordMeasurements.Submission;
import org.trabecula.patient.profile.Patients;

/// A patient's measurements over HTTP.
@Path("/v1/patients/{patient}/measurements")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class MeasurementResource {
  /// About a thousand years: no measurement lies beyond.
  private static final Duration FAR = Duration.ofDays(365_000);

  private final Measurements measurements;
  private final Patients patients;
  private final Catalogue catalogue;
  private final RecordMeasurements recordMeasurements;
  private final CorrectMeasurement correctMeasurement;
  private final Change change;
  private final IdempotentRequests requests;

  MeasurementResource(
      Measurements measurements,
      Patients patients,
      Catalogue catalogue,
      RecordMeasurements recordMeasurements,
      CorrectMeasurement correctMeasurement,
      Change change,
      IdempotentRequests requests) {
    this.measurements = measurements;
    this.patients = patients;
    this.catalogue = catalogue;
    this.recordMeasurements = recordMeasurements;
    this.correctMeasurement = correctMeasurement;
    this.change = change;
    this.requests = requests;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response record(
      @RestPath UUID patient,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Nullable SubmittedMeasurement submitted) {
    SubmittedMeasurement body = Refused.required(submitted);
    return change.make(
        tell ->
            requests.once(
                key,
                "POST /v1/patients/" + patient + "/measurements",
                body,
                () ->
                    answer(
                        recordMeasurements
                            .record(List.of(new Submission(patient, body)), tell)
                            .getFirst())));
  }

  @GET
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public Page<RecordedMeasurement> list(
      @RestPath UUID patient,
      @RestQuery @Nullable String analyte,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to,
      @RestQuery @Nullable String status,
      @RestQuery @Nullable String cursor,
      @RestQuery @Nullable String limit) {
    if (analyte != null && catalogue.byCode(analyte).isEmpty()) {
      throw invalid("analyte", "Is not in the catalogue.");
    }
    var filter =
        new Measurements.Filter(
            patient, analyte, instant("from", from), instant("to", to), standing(status));
    var ask = Page.Ask.of(cursor, limit);
    if (patients.findByIdOptional(patient).isEmpty()) {
      throw unknown("patientId", "The clinic has no such patient.");
    }
    return Page.of(
        measurements.page(filter, ask),
        ask,
        measurement -> new Place(measurement.effectiveAt, measurement.id),
        RecordedMeasurement::of);
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public Response get(@RestPath UUID patient, @RestPath UUID id) {
    Measurement measurement =
        measurements
            .find(patient, id)
            .orElseThrow(() -> unknown("measurementId", "The patient has no such measurement."));
    return shown(Response.ok(), measurement);
  }

  /// Every version of the measurement, oldest first; the last is the present one.
  @GET
  @Path("/{id}/versions")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public List<RecordedMeasurement> versions(@RestPath UUID patient, @RestPath UUID id) {
    Measurement present =
        measurements
            .find(patient, id)
            .orElseThrow(() -> unknown("measurementId", "The patient has no such measurement."));
    return Stream.concat(measurements.superseded(id).stream(), Stream.of(present))
        .map(RecordedMeasurement::of)
        .toList();
  }

  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response correct(
      @RestPath UUID patient,
      @RestPath UUID id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @Nullable SubmittedMeasurement submitted) {
    SubmittedMeasurement body = Refused.required(submitted);
    return change.make(
        tell ->
            requests.once(
                key,
                "PUT /v1/patients/" + patient + "/measurements/" + id,
                body,
                () ->
                    shown(
                        Response.ok(),
                        correctMeasurement.correct(patient, id, ifMatch, body, tell))));
  }

  /// Why a clinic takes a measurement back. A code: free text has no place in a URL.
  public enum Reason {
    ENTERED_IN_ERROR,
    WRONG_PATIENT,
    SPECIMEN_UNFIT,
    OTHER
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Response withdraw(
      @RestPath UUID patient,
      @RestPath UUID id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @RestQuery @Nullable String reason) {
    String stated = reason(reason).name().toLowerCase(Locale.ROOT).replace('_', '-');
    return change.make(
        tell ->
            shown(Response.ok(), correctMeasurement.withdraw(patient, id, ifMatch, stated, tell)));
  }

  private static Reason reason(@Nullable String reason) {
    return Arrays.stream(Reason.values())
        .filter(one -> one.name().equals(reason))
        .findFirst()
        .orElseThrow(
            () -> invalid("reason", "Is one of " + Arrays.toString(Reason.values()) + "."));
  }

  private static @Nullable Standing standing(@Nullable String status) {
    if (status == null) {
      return null;
    }
    return Arrays.stream(Standing.values())
        .filter(one -> one.name().equals(status))
        .findFirst()
        .orElseThrow(
            () -> invalid("status", "Is one of " + Arrays.toString(Standing.values()) + "."));
  }

  private static Response answer(Recorded recorded) {
    Measurement measurement = recorded.measurement();
    URI location =
        URI.create("/v1/patients/" + measurement.patient + "/measurements/" + measurement.id);
    return shown(
        recorded.effect() == Effect.NEW
            ? Response.created(location)
            : Response.ok().location(location),
        measurement);
  }

  private static Response shown(Response.ResponseBuilder response, Measurement measurement) {
    return response
        .tag(new EntityTag(Integer.toString(measurement.version)))
        .entity(RecordedMeasurement.of(measurement))
        .build();
  }

  private static @Nullable Instant instant(String parameter, @Nullable String text) {
    try {
      Instant at = text == null ? null : EffectiveTime.parse(text).at();
      if (at == null
          || (at.isAfter(Instant.EPOCH.minus(FAR)) && at.isBefore(Instant.EPOCH.plus(FAR)))) {
        return at;
      }
    } catch (DateTimeException e) {
      // Answered below, as any other time that will not do.
    }
    throw invalid(parameter, "Is no date-time with an offset, and no date, month or year.");
  }

  private static Refused unknown(String field, String message) {
    return new Refused(Refused.Kind.UNKNOWN, field, message);
  }

  private static RuntimeException invalid(String parameter, String message) {
    return Problems.invalid(List.of(new Violation(parameter, "query", message)));
  }
}
