package org.trabecula.projection.forecast;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.context.Scope;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
  private final List<Sequel> sequels;
  private final Timer engineTime;
  private final ForecastEngine engine = new ForecastEngine(Parameters.shipped());
  private final Clock clock = Clock.systemUTC();

  Forecaster(
      Dossiers dossiers,
      Forecasts forecasts,
      Traces traces,
      @All List<Sequel> sequels,
      MeterRegistry meters) {
    this.dossiers = dossiers;
    this.forecasts = forecasts;
    this.traces = traces;
    this.sequels = sequels;
    this.engineTime =
        Timer.builder("trabecula.forecast.engine")
            .description("Time the engine takes for one forecast")
            .publishPercentileHistogram()
            .register(meters);
  }

  /// What a dossier says at one moment.
  private record Told(Given given, InputsHash hash) {}

  /// Brings the patient's forecast up to date, in three steps: reads what the dossier says and
  /// keeps others from the same work for a while; computes, holding nothing; publishes and clears
  /// the mark if the dossier still says the same. If it does not, its mark stands and the next turn
  /// is its.
  ///
  /// @return false when the patient is not due or somebody else is at it
  boolean forecast(UUID patient) {
    Turn turn = QuarkusTransaction.requiringNew().call(() -> begin(patient));
    if (turn.told() != null) {
      Told told = turn.told();
      Outcome outcome = engineTime.record(() -> engine.forecast(told.given().request()));
      Event body = Announcement.of(patient, told.hash(), told.given(), outcome);
      QuarkusTransaction.requiringNew().run(() -> finish(patient, told.hash(), outcome, body));
    }
    return turn.claimed();
  }

  /// Puts a forecast off that could not be made, so that it does not stand in the way of others.
  ///
  /// @return failed attempts since the last change
  @Transactional
  int putOff(UUID patient) {
    return dossiers
        .hold(patient)
        .filter(Dossier::isDue)
        .map(
            dossier -> {
              dossier.forecastFailed(clock.instant());
              return dossier.forecastAttempts();
            })
        .orElse(0);
  }

  /// @param told null when there is nothing to compute
  private record Turn(boolean claimed, @Nullable Told told) {}

  private Turn begin(UUID patient) {
    Dossier dossier = dossiers.claim(patient).orElse(null);
    if (dossier == null) {
      return new Turn(false, null);
    }
    Told told = read(dossier);
    if (isCurrent(patient, told.hash())) {
      resumed(dossier, () -> follow(dossier, null));
      dossier.forecastMade();
      return new Turn(true, null);
    }
    dossier.forecastBegun(clock.instant());
    return new Turn(true, told);
  }

  private void finish(UUID patient, InputsHash computed, Outcome outcome, Event body) {
    Dossier dossier = dossiers.hold(patient).filter(Dossier::isDue).orElse(null);
    if (dossier != null && read(dossier).hash().equals(computed)) {
      resumed(
          dossier,
          () -> {
            forecasts.publish(dossier, computed, outcome, body);
            follow(dossier, body);
          });
      dossier.forecastMade();
    }
  }

  /// In the trace of the change that it follows.
  private void resumed(Dossier dossier, Runnable work) {
    try (Scope trace = traces.resume(dossier.traceparent())) {
      work.run();
    }
  }

  private void follow(Dossier dossier, @Nullable Event published) {
    sequels.forEach(sequel -> sequel.follow(dossier, published));
  }

  private Told read(Dossier dossier) {
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
    return new Told(given, hash);
  }

  private boolean isCurrent(UUID patient, InputsHash hash) {
    return forecasts
        .current(patient)
        .filter(current -> current.inputsHash.equals(hash.hex()))
        .isPresent();
  }
}
