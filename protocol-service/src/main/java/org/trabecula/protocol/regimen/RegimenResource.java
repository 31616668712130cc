package org.trabecula.protocol.regimen;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned;
import org.trabecula.contracts.Region;
import org.trabecula.kit.http.IdempotentRequests;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Roles;
import org.trabecula.protocol.patient.KnownPatients;

@Path("/v1/patients/{id}/regimens")
@RunOnVirtualThread
@Transactional
@RolesAllowed({Roles.CLINICIAN, Roles.INTEGRATION, Roles.VIEWER})
public class RegimenResource {
  private final RegimenChanges changes;
  private final Regimens regimens;
  private final KnownPatients patients;
  private final IdempotentRequests requests;
  private final EvaluationLog log;
  private final PresentOrderer orderer;

  RegimenResource(
      RegimenChanges changes,
      Regimens regimens,
      KnownPatients patients,
      IdempotentRequests requests,
      EvaluationLog log,
      PresentOrderer orderer) {
    this.log = log;
    this.orderer = orderer;
    this.changes = changes;
    this.regimens = regimens;
    this.patients = patients;
    this.requests = requests;
  }

  public enum Status {
    ACTIVE,
    REPLACED,
    STOPPED
  }

  /// @param intent always `order`: what is only proposed is elsewhere
  /// @param jurisdiction whose law holds; absent when unknown
  /// @param findings what safety rules find, with what a prescriber has set aside
  /// @param acknowledged findings that a clinician has read
  /// @param flagsNote why there are no flags; absent when there are
  /// @param endedOn first day without it; absent while active
  /// @param reason why it was stopped; absent while active and when replaced
  public record Answer(
      UUID regimenId,
      UUID patientId,
      int version,
      Status status,
      String intent,
      RegimenAssigned.@Nullable Protocol protocol,
      List<RegimenAssigned.Step> steps,
      @Nullable Region jurisdiction,
      List<RegimenAssigned.Flag> flags,
      @Nullable String flagsNote,
      @Nullable String ruleSet,
      List<RegimenAssigned.Finding> findings,
      List<Regimen.Acknowledged> acknowledged,
      Instant assignedAt,
      @Nullable LocalDate endedOn,
      @Nullable String reason,
      @Nullable Instant endedAt) {

    static Answer of(Regimen regimen) {
      return new Answer(
          regimen.id,
          regimen.patientId,
          regimen.version,
          regimen.active()
              ? Status.ACTIVE
              : regimen.endReason == null ? Status.REPLACED : Status.STOPPED,
          RegimenOrders.ORDER,
          regimen.protocol(),
          regimen.taken(),
          regimen.jurisdiction,
          regimen.flags,
          regimen.jurisdiction == null
              ? "Neither the order, the clinic nor the patient names a region: no regulator could be asked."
              : null,
          regimen.ruleSet,
          regimen.stated(),
          regimen.acknowledged,
          regimen.assignedAt,
          regimen.endedOn,
          regimen.endReason,
          regimen.endedAt);
    }
  }

  public record Page(List<Answer> items, @Nullable String next) {}

  @POST
  @RolesAllowed(Roles.CLINICIAN)
  public Response assign(
      @PathParam("id") UUID patientId,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @Nullable RegimenRequest request) {
    return once(
        key,
        "POST " + path(patientId),
        request,
        () ->
            answer(
                Response.created(URI.create(path(patientId) + "/current")),
                changes.assign(patientId, ifMatch, request, orderer.get())));
  }

  @POST
  @Path("/current/stop")
  @RolesAllowed(Roles.CLINICIAN)
  public Response stop(
      @PathParam("id") UUID patientId,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      RegimenRequest.@Nullable Stop request) {
    return once(
        key,
        "POST " + path(patientId) + "/current/stop",
        request,
        () -> answer(Response.ok(), changes.stop(patientId, ifMatch, request)));
  }

  @GET
  @Path("/current")
  public Response current(@PathParam("id") UUID patientId) {
    known(patientId);
    return answer(
        Response.ok(),
        regimens
            .active(patientId)
            .orElseThrow(() -> Problems.notFound("id", "The patient has no active regimen.")));
  }

  /// The present regimen and those before it, newest first.
  @GET
  public Page all(
      @PathParam("id") UUID patientId,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    known(patientId);
    Paging asked = Paging.of(limit, cursor);
    int size = asked.size();
    List<Regimen> found = regimens.page(patientId, asked.before(), size + 1);
    List<Regimen> page = found.subList(0, Math.min(size, found.size()));
    return new Page(
        page.stream().map(Answer::of).toList(),
        found.size() > size ? Paging.cursor(page.getLast().sequence) : null);
  }

  /// What rules and regulators said at each version of a regimen, newest first.
  @GET
  @Path("/{regimen}/evaluations")
  public Evaluated evaluations(
      @PathParam("id") UUID patientId, @PathParam("regimen") UUID regimenId) {
    known(patientId);
    List<EvaluationLog.Entry> entries = log.of(patientId, regimenId);
    if (entries.isEmpty()) {
      throw Problems.notFound("regimen", "The patient has no such regimen.");
    }
    return new Evaluated(entries);
  }

  public record Evaluated(List<EvaluationLog.Entry> items) {}

  /// Notes that a finding has been read.
  @POST
  @Path("/current/findings/{rule}/acknowledgement")
  @RolesAllowed(Roles.CLINICIAN)
  public Response acknowledge(@PathParam("id") UUID patientId, @PathParam("rule") String rule) {
    return answer(Response.ok(), changes.acknowledge(patientId, rule, orderer.get()));
  }

  private Response once(
      @Nullable String key, String operation, @Nullable Object body, Supplier<Response> effect) {
    return requests.once(key, operation, body == null ? "" : body, effect);
  }

  private static Response answer(Response.ResponseBuilder response, Regimen regimen) {
    return response
        .tag(new EntityTag(Integer.toString(regimen.version)))
        .entity(Answer.of(regimen))
        .build();
  }

  private void known(UUID patientId) {
    if (patients.findByIdOptional(patientId).isEmpty()) {
      throw UnknownPatient.problem();
    }
  }

  private static String path(UUID patientId) {
    return "/v1/patients/" + patientId + "/regimens";
  }
}
