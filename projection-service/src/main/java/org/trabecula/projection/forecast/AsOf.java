package org.trabecula.projection.forecast;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.RegimenAssigned;
import org.trabecula.engine.Observation;
import org.trabecula.projection.dossier.Regimen;

/// Month 0 of a forecast: the latest effective time among its inputs, never the clock, so that the
/// same inputs make the same forecast whenever they are computed.
///
/// The inputs' effective times are
/// - when each sample was drawn and each scan made, of those that the engine is given;
/// - the days on which a step of the regimen, or another medication, starts or stops. A day counts
///   from its start in UTC. What was still to come when it was stated takes effect in this sense on
///   the day it was stated: a planned step lies ahead of month 0, where the engine follows it.
///
/// Without any of these it is the time when the patient was registered, which never changes.
final class AsOf {
  private AsOf() {}

  static Instant of(
      ProfileRecorded profile, @Nullable Regimen regimen, Collection<Observation> observations) {
    return Stream.of(
            observations.stream().map(Observation::at),
            medicationDays(profile),
            regimen == null ? Stream.<Instant>of() : regimenDays(regimen))
        .flatMap(times -> times)
        .max(Comparator.naturalOrder())
        .orElse(profile.registeredAt());
  }

  private static Stream<Instant> regimenDays(Regimen regimen) {
    return regimen
        .everyStep()
        .flatMap((RegimenAssigned.Step step) -> Stream.of(step.start(), step.stop()))
        .filter(Objects::nonNull)
        .map(day -> atMost(day, regimen.statedAt()));
  }

  private static Stream<Instant> medicationDays(ProfileRecorded profile) {
    return profile.medications().stream()
        .flatMap(medication -> Stream.of(medication.start(), medication.stop()))
        .filter(Objects::nonNull)
        .map(day -> atMost(day, profile.recordedAt()));
  }

  private static Instant atMost(LocalDate day, Instant stated) {
    LocalDate statedOn = stated.atOffset(ZoneOffset.UTC).toLocalDate();
    return (day.isBefore(statedOn) ? day : statedOn).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
