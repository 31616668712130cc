package org.trabecula.protocol.regimen;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.http.Problems;
import org.trabecula.protocol.patient.KnownPatient;
import org.trabecula.protocol.patient.KnownPatients;
import org.trabecula.protocol.regimen.Clearance.Orderer;
import org.trabecula.protocol.regimen.Proposal.Decision;

/// Proposes, and decides on what is proposed. Nothing here is published but the order that a
/// clinician makes of a proposal.
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class ProposalChanges {
  private static final int LONGEST_REASON = 500;

  private final KnownPatients patients;
  private final Regimens regimens;
  private final Proposals proposals;
  private final RegimenOrders orders;
  private final RegimenChanges changes;
  private final Evaluations evaluations;
  private final Clock clock = Clock.systemUTC();

  ProposalChanges(
      KnownPatients patients,
      Regimens regimens,
      Proposals proposals,
      RegimenOrders orders,
      RegimenChanges changes,
      Evaluations evaluations) {
    this.patients = patients;
    this.regimens = regimens;
    this.proposals = proposals;
    this.orders = orders;
    this.changes = changes;
    this.evaluations = evaluations;
  }

  /// Keeps a proposal with what rules say of it: one that they block can be looked at, but not
  /// accepted.
  Proposal propose(UUID patientId, @Nullable RegimenRequest request, Orderer proposer) {
    KnownPatient patient =
        patients.findByIdOptional(patientId).orElseThrow(UnknownPatient::problem);
    RegimenOrder order =
        orders.propose(request, patient, LocalDate.now(clock.withZone(ZoneOffset.ofHours(14))));
    Evaluation evaluation =
        evaluations.of(
            patients.known(patient),
            order.steps(),
            regimens.historyIfReplaced(patientId, Regimen.start(order.steps())),
            order.jurisdiction());
    var proposal = new Proposal(patientId, order, evaluation, proposer.subject(), now());
    proposals.persistAndFlush(proposal);
    return proposal;
  }

  /// Makes an order of a proposal.
  ///
  /// @param ifMatch version of the active regimen that it replaces
  Regimen accept(
      UUID patientId,
      UUID proposalId,
      @Nullable String ifMatch,
      @Nullable ProposalAcceptance request,
      Orderer orderer) {
    Proposal proposal = open(patientId, proposalId);
    Regimen regimen =
        changes.activate(patientId, ifMatch, patient -> orders.accept(proposal, request), orderer);
    proposal.decide(Decision.ACCEPTED, orderer.subject(), now());
    proposal.regimenId = regimen.id;
    return regimen;
  }

  Proposal decline(
      UUID patientId,
      UUID proposalId,
      ProposalAcceptance.@Nullable Refusal request,
      Orderer orderer) {
    Proposal proposal = open(patientId, proposalId);
    String reason = request == null ? null : request.reason();
    if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw Problems.invalid("reason", "must have 1 to " + LONGEST_REASON + " characters");
    }
    proposal.decide(Decision.DECLINED, orderer.subject(), now());
    proposal.decisionReason = reason;
    return proposal;
  }

  private Proposal open(UUID patientId, UUID proposalId) {
    if (patients.hold(patientId).isEmpty()) {
      throw UnknownPatient.problem();
    }
    Proposal proposal =
        proposals.hold(patientId, proposalId).orElseThrow(ProposalChanges::noSuchProposal);
    if (!proposal.open()) {
      throw Problems.conflict("proposal", "The proposal has been decided on already.");
    }
    return proposal;
  }

  static RuntimeException noSuchProposal() {
    return Problems.notFound("proposal", "The patient has no such proposal.");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
