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
import org.trabecula.contracts.Event;
import org.trabecula.contracts.RegimenAssigned;
import org.trabecula.contracts.RegimenStopped;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.Outbox;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.kit.http.Problems;
import org.trabecula.protocol.patient.KnownPatient;
import org.trabecula.protocol.patient.KnownPatients;

/// Assigns and stops regimens: the regimen, its flags and its event in one transaction.
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class RegimenChanges {
  private static final int LONGEST_REASON = 500;

  private final KnownPatients patients;
  private final Regimens regimens;
  private final RegimenOrders orders;
  private final RegimenFlags flags;
  private final Outbox outbox;
  private final CurrentClinic clinic;
  private final Clock clock = Clock.systemUTC();

  RegimenChanges(
      KnownPatients patients,
      Regimens regimens,
      RegimenOrders orders,
      RegimenFlags flags,
      Outbox outbox,
      CurrentClinic clinic) {
    this.patients = patients;
    this.regimens = regimens;
    this.orders = orders;
    this.flags = flags;
    this.outbox = outbox;
    this.clinic = clinic;
  }

  /// Assigns a regimen; the one that was active, if any, ends where the new one starts.
  ///
  /// @param ifMatch version of the active regimen that is replaced
  Regimen assign(UUID patientId, @Nullable String ifMatch, @Nullable RegimenRequest request) {
    KnownPatient patient = patients.hold(patientId).orElseThrow(UnknownPatient::problem);
    if (patient.deceased()) {
      throw Problems.conflict("patientId", "The patient has died: no regimen can be assigned.");
    }
    int version = regimens.version(patientId);
    Regimen former = regimens.active(patientId).orElse(null);
    if (former != null || ifMatch != null) {
      Problems.requireVersion(ifMatch, version);
    }
    RegimenOrder order = orders.accept(request, patient, latestToday());
    Instant now = now();
    var regimen = new Regimen(patientId, version + 1, order, flags.of(order.steps(), patient), now);
    if (former != null) {
      former.end(regimen.start(), null, version + 1, now);
      regimens.flush();
    }
    regimens.persist(regimen);
    publish(
        patientId,
        new RegimenAssigned(
            regimen.id,
            patientId,
            regimen.version,
            regimen.protocol(),
            regimen.steps,
            regimens.history(patientId),
            regimen.flags,
            null,
            null,
            null,
            now));
    return regimen;
  }

  /// Ends the active regimen without another.
  ///
  /// @param ifMatch its version
  Regimen stop(UUID patientId, @Nullable String ifMatch, RegimenRequest.@Nullable Stop request) {
    if (patients.hold(patientId).isEmpty()) {
      throw UnknownPatient.problem();
    }
    Regimen regimen =
        regimens
            .active(patientId)
            .orElseThrow(() -> Problems.notFound("id", "The patient has no active regimen."));
    Problems.requireVersion(ifMatch, regimen.version);
    LocalDate day = stopDay(request, regimen);
    String reason = reason(request);
    Instant now = now();
    regimen.end(day, reason, regimen.version + 1, now);
    publish(
        patientId,
        new RegimenStopped(
            regimen.id, patientId, regimen.version, reason, day, regimens.history(patientId), now));
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
