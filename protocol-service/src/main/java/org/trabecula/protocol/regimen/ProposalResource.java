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
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned;
import org.trabecula.contracts.Region;
import org.trabecula.kit.http.IdempotentRequests;
import org.trabecula.kit.http.Roles;
import org.trabecula.protocol.patient.KnownPatients;

/// What is only proposed. It is never published, and active only once a clinician accepts it.
@Path("/v1/patients/{id}/proposals")
@RunOnVirtualThread
@Transactional
@RolesAllowed({Roles.CLINICIAN, Roles.INTEGRATION, Roles.VIEWER})
public class ProposalResource {
  private final ProposalChanges changes;
  private final Proposals proposals;
  private final KnownPatients patients;
  private final IdempotentRequests requests;
  private final PresentOrderer orderer;

  ProposalResource(
      ProposalChanges changes,
      Proposals proposals,
      KnownPatients patients,
      IdempotentRequests requests,
      PresentOrderer orderer) {
    this.changes = changes;
    this.proposals = proposals;
    this.patients = patients;
    this.requests = requests;
    this.orderer = orderer;
  }

  public enum Status {
    OPEN,
    ACCEPTED,
    DECLINED
  }

  /// @param intent always `proposal`
  /// @param findings what rules found when it was proposed; they are asked again when it is
  /// accepted
  /// @param regimenId the order that it became; absent until then
  public record Answer(
      UUID proposalId,
      UUID patientId,
      Status status,
      String intent,
      RegimenAssigned.@Nullable Protocol protocol,
      List<RegimenAssigned.Step> steps,
      @Nullable Region jurisdiction,
      List<RegimenAssigned.Flag> flags,
      String ruleSet,
      List<RegimenAssigned.Finding> findings,
      String proposedBy,
      Instant proposedAt,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt,
      @Nullable String reason,
      @Nullable UUID regimenId) {

    static Answer of(Proposal proposal) {
      return new Answer(
          proposal.id,
          proposal.patientId,
          proposal.decision == null ? Status.OPEN : Status.valueOf(proposal.decision.name()),
          RegimenOrders.PROPOSAL,
          proposal.protocol(),
          proposal.steps,
          proposal.jurisdiction,
          proposal.flags,
          proposal.ruleSet,
          proposal.findings,
          proposal.proposedBy,
          proposal.proposedAt,
          proposal.decidedBy,
          proposal.decidedAt,
          proposal.decisionReason,
          proposal.regimenId);
    }
  }

  public record Page(List<Answer> items, @Nullable String next) {}

  @POST
  @RolesAllowed({Roles.CLINICIAN, Roles.INTEGRATION})
  public Response propose(
      @PathParam("id") UUID patientId,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Nullable RegimenRequest request) {
    return requests.once(
        key,
        "POST " + path(patientId),
        request == null ? "" : request,
        () -> {
          Proposal proposal = changes.propose(patientId, request, orderer.get());
          return Response.created(URI.create(path(patientId) + "/" + proposal.id))
              .entity(Answer.of(proposal))
              .build();
        });
  }

  /// Makes an order of it: rules are asked again, and block it as they block any order.
  @POST
  @Path("/{proposal}/accept")
  @RolesAllowed(Roles.CLINICIAN)
  public Response accept(
      @PathParam("id") UUID patientId,
      @PathParam("proposal") UUID proposalId,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @Nullable ProposalAcceptance request) {
    return requests.once(
        key,
        "POST " + path(patientId) + "/" + proposalId + "/accept",
        request == null ? "" : request,
        () -> {
          Regimen regimen = changes.accept(patientId, proposalId, ifMatch, request, orderer.get());
          return Response.created(URI.create("/v1/patients/" + patientId + "/regimens/current"))
              .tag(new EntityTag(Integer.toString(regimen.version)))
              .entity(RegimenResource.Answer.of(regimen))
              .build();
        });
  }

  @POST
  @Path("/{proposal}/decline")
  @RolesAllowed(Roles.CLINICIAN)
  public Answer decline(
      @PathParam("id") UUID patientId,
      @PathParam("proposal") UUID proposalId,
      ProposalAcceptance.@Nullable Refusal request) {
    return Answer.of(changes.decline(patientId, proposalId, request, orderer.get()));
  }

  @GET
  @Path("/{proposal}")
  public Answer one(@PathParam("id") UUID patientId, @PathParam("proposal") UUID proposalId) {
    known(patientId);
    return Answer.of(
        proposals.of(patientId, proposalId).orElseThrow(ProposalChanges::noSuchProposal));
  }

  /// Newest first.
  @GET
  public Page all(
      @PathParam("id") UUID patientId,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    known(patientId);
    Paging asked = Paging.of(limit, cursor);
    int size = asked.size();
    List<Proposal> found = proposals.page(patientId, asked.before(), size + 1);
    List<Proposal> page = found.subList(0, Math.min(size, found.size()));
    return new Page(
        page.stream().map(Answer::of).toList(),
        found.size() > size ? Paging.cursor(page.getLast().sequence) : null);
  }

  private void known(UUID patientId) {
    if (patients.findByIdOptional(patientId).isEmpty()) {
      throw UnknownPatient.problem();
    }
  }

  private static String path(UUID patientId) {
    return "/v1/patients/" + patientId + "/proposals";
  }
}
