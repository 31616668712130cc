package org.trabecula.patient.measurement;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.MeasurementRecorded.Status;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.kit.http.Problems;
import org.trabecula.patient.Refused;
import org.trabecula.patient.measurement.Measurement.Standing;
import org.trabecula.patient.measurement.RecordMeasurements.Effect;
import org.trabecula.patient.measurement.RecordMeasurements.Recorded;
import org.trabecula.patient.measurement.RecordMeasurements.Submission;
import org.trabecula.patient.measurement.WithdrawMeasurements.Withdrawal;
import org.trabecula.patient.profile.Patients;

/// Corrects or withdraws one measurement that the caller has seen. What has been done already is a
/// success without a second effect, whatever version the caller names (RFC 9110 § 13.1.1).
@ApplicationScoped
class CorrectMeasurement {
  private final Measurements measurements;
  private final Patients patients;
  private final RecordMeasurements recordMeasurements;
  private final WithdrawMeasurements withdrawMeasurements;

  CorrectMeasurement(
      Measurements measurements,
      Patients patients,
      RecordMeasurements recordMeasurements,
      WithdrawMeasurements withdrawMeasurements) {
    this.measurements = measurements;
    this.patients = patients;
    this.recordMeasurements = recordMeasurements;
    this.withdrawMeasurements = withdrawMeasurements;
  }

  /// @param ifMatch the version that the caller has seen
  Measurement correct(
      UUID patient,
      UUID id,
      @Nullable String ifMatch,
      SubmittedMeasurement submitted,
      Consumer<OutgoingEvent> tell) {
    Measurement present = required(patient, id);
    requireNamed(ifMatch, present);
    Source source = new Source(present.sourceSystem, present.sourceId);
    if (submitted.source() != null && !submitted.source().equals(source)) {
      throw new Refused(
          Refused.Kind.INVALID,
          "source",
          "Is what the measurement is known by; a correction does not change it.");
    }
    requireChangeable(present, submitted);
    Recorded recorded =
        recordMeasurements
            .record(List.of(new Submission(patient, submitted.from(source))), tell)
            .getFirst();
    if (recorded.effect() != Effect.NONE) {
      Problems.requireVersion(ifMatch, present.version);
    }
    return recorded.measurement();
  }

  Measurement withdraw(
      UUID patient,
      UUID id,
      @Nullable String ifMatch,
      String reason,
      Consumer<OutgoingEvent> tell) {
    Measurement present = required(patient, id);
    requireNamed(ifMatch, present);
    if (present.status == Standing.WITHDRAWN) {
      return present;
    }
    Problems.requireVersion(ifMatch, present.version);
    Source source = new Source(present.sourceSystem, present.sourceId);
    withdrawMeasurements.withdraw(List.of(new Withdrawal(patient, source, reason)), tell);
    return required(patient, id);
  }

  /// The patient is held, so that the version that is checked is the one that is changed: whoever
  /// changes a stored measurement holds its patient.
  private Measurement required(UUID patient, UUID id) {
    patients.lock(List.of(patient));
    return measurements
        .find(patient, id)
        .orElseThrow(
            () ->
                new Refused(
                    Refused.Kind.UNKNOWN, "measurementId", "The patient has no such measurement."));
  }

  private static void requireNamed(@Nullable String ifMatch, Measurement present) {
    if (ifMatch == null) {
      Problems.requireVersion(null, present.version);
    }
  }

  private static void requireChangeable(Measurement present, SubmittedMeasurement submitted) {
    if (present.status == Standing.WITHDRAWN) {
      throw new Refused(
          Refused.Kind.CONFLICT, "status", "The measurement was withdrawn; it does not come back.");
    }
    if (present.isFinal() && submitted.status() == Status.PRELIMINARY) {
      throw new Refused(
          Refused.Kind.CONFLICT, "status", "A preliminary result does not replace a final one.");
    }
  }
}
