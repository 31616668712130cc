package org.trabecula.projection.forecast;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.context.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.engine.ForecastEngine;
import org.trabecula.engine.Outcome;
import org.trabecula.engine.model.Parameters;
import org.trabecula.projection.dossier.Dossier;
import org.trabecula.projection.dossier.Dossiers;
import org.trabecula.projection.dossier.Traces;

/// Brings one patient's forecast up to date with the dossier.
@ApplicationScoped
class Forecaster {
  private final Dossiers dossiers;
  private final Forecasts forecasts;
  private final Traces traces;
  private final Timer engineTime;
  private final ForecastEngine engine = new ForecastEngine(Parameters.shipped());
  private final Clock clock = Clock.systemUTC();

  Forecaster(Dossiers dossiers, Forecasts forecasts, Traces traces, MeterRegistry meters) {
    this.dossiers = dossiers;
    this.forecasts = forecasts;
    this.traces = traces;
    this.engineTime =
        Timer.builder("trabecula.forecast.engine")
            .description("Time the engine takes for one forecast")
            .publishPercentileHistogram()
            .register(meters);
  }

  /// Computes, stores and publishes what the dossier now says, and clears its mark, in one
  /// transaction.
  ///
  /// @return false when the patient is not due or somebody else is at it
  @Transactional
  boolean forecast(UUID patient) {
    Optional<Dossier> claimed = dossiers.claim(patient);
    claimed.ifPresent(this::forecast);
    return claimed.isPresent();
  }

  /// Puts a forecast off that could not be made, so that it does not stand in the way of others.
  ///
  /// @return failed attempts since the last change
  @Transactional
  int putOff(UUID patient) {
    return dossiers
        .claim(patient)
        .map(
            dossier -> {
              dossier.forecastFailed(clock.instant());
              return dossier.forecastAttempts();
            })
        .orElse(0);
  }

  private void forecast(Dossier dossier) {
    ProfileRecorded profile = Objects.requireNonNull(dossier.profile());
    Given given =
        Given.of(
            profile, dossier.regimen(), dossiers.measurements(dossier), engine.parameterHash());
    InputsHash hash =
        InputsHash.of(
            dossier.clinic(),
            dossier.patientId(),
            given,
            ForecastEngine.MODEL_VERSION,
            engine.parameterHash());
    if (!isCurrent(dossier.patientId(), hash)) {
      Outcome outcome = engineTime.record(() -> engine.forecast(given.request()));
      Event body = Announcement.of(dossier.patientId(), hash, given, outcome);
      try (Scope trace = traces.resume(dossier.traceparent())) {
        forecasts.publish(dossier, hash, outcome, body);
      }
    }
    dossier.forecastMade();
  }

  private boolean isCurrent(UUID patient, InputsHash hash) {
    return forecasts
        .current(patient)
        .filter(current -> current.inputsHash.equals(hash.hex()))
        .isPresent();
  }
}
