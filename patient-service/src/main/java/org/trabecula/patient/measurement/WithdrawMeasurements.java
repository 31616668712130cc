package org.trabecula.patient.measurement;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.patient.measurement.Measurement.Standing;
import org.trabecula.patient.profile.Patient;
import org.trabecula.patient.profile.Patients;

/// Takes measurements back at the word of their source. They stay visible and count no longer.
@ApplicationScoped
public class WithdrawMeasurements {
  private final Measurements measurements;
  private final Patients patients;
  private final AssessMeasurements assess;
  private final CurrentClinic clinic;
  private final Clock clock = Clock.systemUTC();

  WithdrawMeasurements(
      Measurements measurements,
      Patients patients,
      AssessMeasurements assess,
      CurrentClinic clinic) {
    this.measurements = measurements;
    this.patients = patients;
    this.assess = assess;
    this.clinic = clinic;
  }

  /// @param patient whose measurement the source says it is
  public record Withdrawal(UUID patient, Source source, String reason) {}

  /// @param version the one that is withdrawn
  /// @param isNew false when it was withdrawn before: then nothing has changed
  public record Withdrawn(UUID id, int version, boolean isNew) {}

  /// Withdrawing again has no effect.
  ///
  /// @return the measurement of each withdrawal; empty where there is none to withdraw
  public List<Optional<Withdrawn>> withdraw(
      List<Withdrawal> withdrawals, Consumer<OutgoingEvent> tell) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Map<UUID, Patient> known =
        patients.lock(withdrawals.stream().map(Withdrawal::patient).collect(Collectors.toSet()));
    Map<UUID, Measurement> present =
        measurements.lock(withdrawals.stream().map(this::id).distinct().toList());
    var found = new ArrayList<Optional<Withdrawn>>();
    var changed = new ArrayList<Measurement>();
    var reasons = new ArrayList<String>();
    for (Withdrawal withdrawal : withdrawals) {
      Optional<Measurement> stored =
          Optional.ofNullable(present.get(id(withdrawal)))
              .filter(one -> one.patient.equals(withdrawal.patient()));
      found.add(stored.map(one -> withdrawn(one, changed)));
      stored
          .filter(one -> one.status != Standing.WITHDRAWN && !changed.contains(one))
          .ifPresent(
              one -> {
                changed.add(one);
                reasons.add(withdrawal.reason());
                tell.accept(event(one, withdrawal.reason(), now));
              });
    }
    measurements.withdraw(changed, reasons, now);
    reassess(changed, known, now, tell);
    return found;
  }

  private static Withdrawn withdrawn(Measurement one, List<Measurement> changed) {
    boolean isDone = one.status == Standing.WITHDRAWN;
    return new Withdrawn(
        one.id, isDone ? one.version : one.version + 1, !isDone && !changed.contains(one));
  }

  /// What stood beside a withdrawn result is read without it.
  private void reassess(
      List<Measurement> withdrawn,
      Map<UUID, Patient> known,
      Instant now,
      Consumer<OutgoingEvent> tell) {
    Set<UUID> touched = withdrawn.stream().map(one -> one.patient).collect(Collectors.toSet());
    Set<String> analytes = withdrawn.stream().map(one -> one.analyte).collect(Collectors.toSet());
    assess
        .settle(assess.whole(touched, analytes), Map.of(), known, Set.of(), now)
        .values()
        .forEach(one -> tell.accept(assess.event(one)));
  }

  private UUID id(Withdrawal withdrawal) {
    return Reading.id(clinic.id(), withdrawal.source());
  }

  private OutgoingEvent event(Measurement measurement, String reason, Instant now) {
    return OutgoingEvent.ofPatientItem(
        clinic.id(),
        measurement.patient,
        "measurement",
        measurement.id,
        measurement.withdrawn(reason, now));
  }
}
