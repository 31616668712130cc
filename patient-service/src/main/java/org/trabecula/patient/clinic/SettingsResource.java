package org.trabecula.patient.clinic;

import static org.trabecula.kit.http.Roles.ADMINISTRATOR;
import static org.trabecula.kit.http.Roles.CLINICIAN;
import static org.trabecula.kit.http.Roles.INTEGRATION;
import static org.trabecula.kit.http.Roles.VIEWER;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ClinicConfigured;
import org.trabecula.contracts.ClinicConfigured.LeastSignificantChange;
import org.trabecula.contracts.EventType;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.kit.http.IdempotentRequests;
import org.trabecula.kit.http.Problems;
import org.trabecula.patient.Change;
import org.trabecula.patient.Page;
import org.trabecula.patient.Refused;
import org.trabecula.patient.clinic.Clinics.Configured;
import org.trabecula.patient.measurement.Catalogue;

/// How a clinic is set up, over HTTP.
@Path("/v1/clinic/settings")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class SettingsResource {
  private final Clinics clinics;
  private final Catalogue catalogue;
  private final CurrentClinic clinic;
  private final Change change;
  private final IdempotentRequests requests;
  private final Clock clock = Clock.systemUTC();

  SettingsResource(
      Clinics clinics,
      Catalogue catalogue,
      CurrentClinic clinic,
      Change change,
      IdempotentRequests requests) {
    this.clinics = clinics;
    this.catalogue = catalogue;
    this.clinic = clinic;
    this.change = change;
    this.requests = requests;
  }

  /// @param version 0 while nothing is configured
  /// @param inEffect the clinic's own least significant changes, and the defaults beside them
  record Shown(
      int version,
      @JsonUnwrapped ClinicSettings settings,
      List<LeastSignificantChange> inEffect,
      @Nullable Instant recordedAt) {
    static Shown of(Configured configured) {
      return new Shown(
          configured.version(),
          configured.settings(),
          configured.settings().everyLeastSignificantChange(),
          configured.recordedAt());
    }
  }

  @GET
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER, ADMINISTRATOR})
  public Response get() {
    return clinics
        .find()
        .map(SettingsResource::answer)
        .orElseGet(
            () ->
                Response.ok(
                        new Shown(
                            0,
                            ClinicSettings.UNCONFIGURED,
                            ClinicSettings.UNCONFIGURED.everyLeastSignificantChange(),
                            null))
                    .build());
  }

  @GET
  @Path("/versions")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER, ADMINISTRATOR})
  public Page<Shown> versions() {
    return new Page<>(clinics.versions().stream().map(Shown::of).toList(), null);
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(ADMINISTRATOR)
  public Response configure(
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Nullable SubmittedSettings submitted) {
    SubmittedSettings body = Refused.required(submitted);
    Response response =
        change.make(
            tell ->
                requests.once(
                    key,
                    "PUT /v1/clinic/settings",
                    body,
                    () -> answer(configure(ifMatch, ifNoneMatch, body, tell))));
    clinics.forget();
    return response;
  }

  private Configured configure(
      @Nullable String ifMatch,
      @Nullable String ifNoneMatch,
      SubmittedSettings body,
      Consumer<OutgoingEvent> tell) {
    Optional<Configured> present = clinics.find();
    Problems.requireState(ifMatch, ifNoneMatch, present.map(Configured::version).orElse(null));
    ClinicSettings settings = body.believed(catalogue);
    if (present.isPresent() && present.get().settings().equals(settings)) {
      return present.get();
    }
    var configured =
        new Configured(
            present.map(Configured::version).orElse(0) + 1,
            settings,
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    if (!clinics.store(configured)) {
      // Someone else has been faster; what they stored is there by now.
      Problems.requireState(
          Objects.requireNonNullElse(ifMatch, "\"0\""),
          ifNoneMatch,
          clinics.find().map(Configured::version).orElse(null));
    }
    tell.accept(event(configured));
    return configured;
  }

  private OutgoingEvent event(Configured configured) {
    ClinicConfigured body =
        configured
            .settings()
            .event(
                clinic.id(),
                configured.version(),
                Objects.requireNonNull(configured.settings().jurisdiction()));
    return new OutgoingEvent(
        UUID.randomUUID(),
        EventType.CLINIC_CONFIGURED,
        clinic.id(),
        clinic.id(),
        clinic.id(),
        "clinic/" + clinic.id(),
        body);
  }

  private static Response answer(Configured configured) {
    return Response.ok(Shown.of(configured))
        .tag(new EntityTag(Integer.toString(configured.version())))
        .build();
  }
}
