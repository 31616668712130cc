package org.trabecula.protocol.regimen;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.RegimenStopped;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.Outbox;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.kit.http.Problems;
import org.trabecula.protocol.patient.Known;
import org.trabecula.protocol.patient.KnownPatient;
import org.trabecula.protocol.patient.KnownPatients;
import org.trabecula.protocol.regimen.Clearance.Orderer;
import org.trabecula.protocol.regimen.EvaluationLog.Cause;

/// Assigns and stops regimens: the regimen, what rules and regulators say of it, and its event in
/// one transaction.
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class RegimenChanges {
  private static final int LONGEST_REASON = 500;

  private final KnownPatients patients;
  private final Regimens regimens;
  private final RegimenOrders orders;
  private final Evaluations evaluations;
  private final EvaluationLog log;
  private final Outbox outbox;
  private final CurrentClinic clinic;
  private final Clock clock = Clock.systemUTC();

  RegimenChanges(
      KnownPatients patients,
      Regimens regimens,
      RegimenOrders orders,
      Evaluations evaluations,
      EvaluationLog log,
      Outbox outbox,
      CurrentClinic clinic) {
    this.patients = patients;
    this.regimens = regimens;
    this.orders = orders;
    this.evaluations = evaluations;
    this.log = log;
    this.outbox = outbox;
    this.clinic = clinic;
  }

  /// Assigns a regimen; the one that was active, if any, ends where the new one starts.
  ///
  /// @param ifMatch version of the active regimen that is replaced
  Regimen assign(
      UUID patientId, @Nullable String ifMatch, @Nullable RegimenRequest request, Orderer orderer) {
    return activate(
        patientId, ifMatch, patient -> orders.accept(request, patient, latestToday()), orderer);
  }

  /// Activates what was ordered, unless rules block it.
  Regimen activate(
      UUID patientId,
      @Nullable String ifMatch,
      Function<KnownPatient, RegimenOrder> ordered,
      Orderer orderer) {
    KnownPatient patient = patients.hold(patientId).orElseThrow(UnknownPatient::problem);
    if (patient.deceased()) {
      throw Problems.conflict("patientId", "The patient has died: no regimen can be assigned.");
    }
    int version = regimens.version(patientId);
    Regimen former = regimens.active(patientId).orElse(null);
    if (former != null || ifMatch != null) {
      Problems.requireVersion(ifMatch, version);
    }
    RegimenOrder order = ordered.apply(patient);
    Instant now = now();
    var regimen = new Regimen(patientId, version + 1, order, now);
    if (former != null) {
      former.end(regimen.start(), null, version + 1, now);
      regimens.flush();
    }
    List<Step> history = regimens.history(patientId);
    Known known = patients.known(patient);
    Evaluation evaluation = evaluations.of(known, order.steps(), history, order.jurisdiction());
    regimen.overrides =
        Clearance.clear(
            evaluations.blocking(known, evaluation, former == null ? null : former.steps),
            evaluation.findings(),
            order.overrides(),
            orderer,
            now);
    regimen.take(evaluation, now);
    regimen.acknowledge(order.acknowledged(), orderer.subject(), now);
    regimens.persistAndFlush(regimen);
    log.add(regimen, Cause.ASSIGNED);
    publish(patientId, regimen.event(history));
    return regimen;
  }

  /// Notes that a clinician has read what rules found.
  Regimen acknowledge(UUID patientId, String rule, Orderer orderer) {
    if (patients.hold(patientId).isEmpty()) {
      throw UnknownPatient.problem();
    }
    Regimen regimen =
        regimens
            .active(patientId)
            .filter(active -> active.findings.stream().anyMatch(it -> it.rule().equals(rule)))
            .orElseThrow(
                () -> Problems.notFound("rule", "The active regimen has no such finding."));
    regimen.acknowledge(List.of(rule), orderer.subject(), now());
    return regimen;
  }

  /// Ends the active regimen without another.
  ///
  /// @param ifMatch its version
  Regimen stop(UUID patientId, @Nullable String ifMatch, RegimenRequest.@Nullable Stop request) {
    KnownPatient patient = patients.hold(patientId).orElseThrow(UnknownPatient::problem);
    Regimen regimen =
        regimens
            .active(patientId)
            .orElseThrow(() -> Problems.notFound("id", "The patient has no active regimen."));
    Problems.requireVersion(ifMatch, regimen.version);
    LocalDate day = stopDay(request, regimen);
    String reason = reason(request);
    Instant now = now();
    regimen.end(day, reason, regimen.version + 1, now);
    regimens.flush();
    List<Step> history = regimens.history(patientId);
    regimen.take(
        evaluations.of(patients.known(patient), List.of(), history, regimen.orderedJurisdiction),
        now);
    log.add(regimen, Cause.STOPPED);
    publish(
        patientId,
        new RegimenStopped(regimen.id, patientId, regimen.version, reason, day, history, now));
    return regimen;
  }

  private LocalDate stopDay(RegimenRequest.@Nullable Stop request, Regimen regimen) {
    LocalDate day = request == null ? null : request.stoppedOn();
    if (day == null) {
      throw Problems.invalid("stoppedOn", "is missing");
    }
    if (day.isBefore(regimen.start())) {
      throw Problems.invalid("stoppedOn", "is before the regimen's start");
    }
    if (day.isAfter(latestToday())) {
      throw Problems.invalid(
          "stoppedOn", "is in the future: give the steps of a new regimen a stop instead");
    }
    return day;
  }

  private static String reason(RegimenRequest.@Nullable Stop request) {
    String reason = request == null ? null : request.reason();
    if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw Problems.invalid("reason", "must have 1 to " + LONGEST_REASON + " characters");
    }
    return reason;
  }

  private void publish(UUID patientId, Event body) {
    outbox.append(OutgoingEvent.ofPatient(clinic.id(), patientId, body));
  }

  /// The latest date that it is anywhere: the clinic's own zone is not known here.
  private LocalDate latestToday() {
    return LocalDate.now(clock.withZone(ZoneOffset.ofHours(14)));
  }

  /// As exact as the database keeps it, so that the event and the answer agree.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
