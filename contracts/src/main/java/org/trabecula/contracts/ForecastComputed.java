package org.trabecula.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A patient's forecast: the same inputs give the same forecast, identifier included.
///
/// @param asOf latest effective time among the inputs; month 0 of every series
/// @param kind how uncertainty is expressed
/// @param months months after `asOf` at which every series has its values
/// @param inputsHash SHA-256 of what the model was given
/// @param inputs identifiers of what the model was given
public record ForecastComputed(
    UUID forecastId,
    UUID patientId,
    Instant asOf,
    Kind kind,
    Model model,
    String inputsHash,
    List<Input> inputs,
    List<Integer> months,
    List<Series> series,
    List<Evidence> evidence,
    List<Statement> assumptions,
    List<Statement> warnings)
    implements Event {

  public enum Kind {
    /// One trajectory at the population's parameters and the patient's scale: medians only.
    SINGLE_TRAJECTORY,
    /// Weighted ensemble: quantiles.
    ENSEMBLE
  }

  /// @param parameterHash SHA-256 of the parameter set
  public record Model(String name, String version, String parameterHash) {}

  /// @param kind `profile`, `measurement` or `regimen`
  public record Input(String kind, UUID id, int version) {}

  /// One quantity over the forecast's months.
  ///
  /// @param quantity such as `bmd-change`, `bmd`, `t-score`, `ctx`, `rankl-opg-ratio`
  /// @param site skeletal site, when the quantity has one
  /// @param unit UCUM code
  /// @param basis where the level comes from
  /// @param reference population behind a T-score or a prior; null where none is involved
  /// @param q05 5 % quantile per month; null while the forecast is a single trajectory, as are the
  /// other quantiles
  public record Series(
      String quantity,
      @Nullable String site,
      String unit,
      Basis basis,
      @Nullable String reference,
      @Nullable List<Double> q05,
      @Nullable List<Double> q25,
      List<Double> q50,
      @Nullable List<Double> q75,
      @Nullable List<Double> q95) {}

  public enum Basis {
    /// A change from the patient's own value at `asOf`, measured or not.
    RELATIVE,
    /// Anchored in the patient's own measurements.
    PATIENT,
    /// From the population's prior, for want of a measurement.
    POPULATION,
    /// Inferred by the model; nobody measured it.
    MODEL
  }

  /// @param grade A randomised BMD trials, B other BMD data, C hormone data only, D mechanism only
  public record Evidence(String agent, String grade, String text) {}

  public record Statement(String code, String text) {}
}
