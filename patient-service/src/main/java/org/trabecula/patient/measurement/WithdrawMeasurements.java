package org.trabecula.patient.measurement;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.patient.measurement.Measurement.Standing;

/// Takes measurements back at the word of their source. They stay visible and count no longer.
@ApplicationScoped
public class WithdrawMeasurements {
  private final Measurements measurements;
  private final CurrentClinic clinic;
  private final Clock clock = Clock.systemUTC();

  WithdrawMeasurements(Measurements measurements, CurrentClinic clinic) {
    this.measurements = measurements;
    this.clinic = clinic;
  }

  /// @param patient whose measurement the source says it is
  public record Withdrawal(UUID patient, Source source, String reason) {}

  /// Withdrawing again has no effect.
  ///
  /// @return the measurement of each withdrawal; empty where there is none to withdraw
  public List<Optional<UUID>> withdraw(List<Withdrawal> withdrawals, Consumer<OutgoingEvent> tell) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Map<UUID, Measurement> present =
        measurements.lock(withdrawals.stream().map(this::id).distinct().toList());
    var found = new ArrayList<Optional<UUID>>();
    var changed = new ArrayList<Measurement>();
    for (Withdrawal withdrawal : withdrawals) {
      Optional<Measurement> stored =
          Optional.ofNullable(present.get(id(withdrawal)))
              .filter(one -> one.patient.equals(withdrawal.patient()));
      found.add(stored.map(Measurement::id));
      stored
          .filter(one -> one.status != Standing.WITHDRAWN && !changed.contains(one))
          .ifPresent(
              one -> {
                changed.add(one);
                tell.accept(event(one, withdrawal.reason(), now));
              });
    }
    measurements.withdraw(changed, now);
    return found;
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
