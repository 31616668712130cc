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
/// @param probabilities null while the forecast is a single trajectory, as are the diagnostics
/// @param unavailable quantities that the forecast does not hold
/// @param regimenGrade grade of [Evidence] of the regimen as a whole; null when no agent acts on
/// bone
/// @param reported what the source article calls typical of such a treatment; null when it speaks
// of
/// none such
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
    @Nullable List<Probability> probabilities,
    @Nullable List<Unavailable> unavailable,
    @Nullable Diagnostics diagnostics,
    @Nullable String regimenGrade,
    List<Evidence> evidence,
    @Nullable List<Reported> reported,
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

  /// One quantity over the forecast's months. Its own quantiles are of the true value.
  ///
  /// @param quantity such as `bmd-change`, `bmd`, `t-score`, `ctx`, `rankl-opg-ratio`
  /// @param site skeletal site, when the quantity has one
  /// @param unit UCUM code
  /// @param basis where the level comes from
  /// @param reference population behind a score or a prior; null where none is involved
  /// @param q05 5 % quantile per month; null while the forecast is a single trajectory, as are the
  /// other quantiles; of what the model infers, only 5 %, 50 % and 95 % are published
  /// @param nextMeasurement where the next measurement lies; null for what nobody measures, and for
  /// hormones
  public record Series(
      String quantity,
      @Nullable String site,
      String unit,
      Basis basis,
      @Nullable String reference,
      @Nullable List<Double> q05,
      @Nullable List<Double> q10,
      @Nullable List<Double> q25,
      List<Double> q50,
      @Nullable List<Double> q75,
      @Nullable List<Double> q90,
      @Nullable List<Double> q95,
      @Nullable Quantiles nextMeasurement) {}

  /// One list of values over the months per quantile.
  public record Quantiles(
      List<Double> q05,
      List<Double> q10,
      List<Double> q25,
      List<Double> q50,
      List<Double> q75,
      List<Double> q90,
      List<Double> q95) {}

  /// How probable something is, month by month.
  ///
  /// @param quantity one of the series, with its site
  /// @param unit of the threshold
  /// @param values 0 to 1
  public record Probability(
      Occurrence occurrence,
      String quantity,
      @Nullable String site,
      String unit,
      double threshold,
      List<Double> values) {}

  public enum Occurrence {
    /// Two measurements differ by more than the least significant change, upwards.
    GAIN_BEYOND_LSC,
    /// The same downwards.
    LOSS_BEYOND_LSC,
    /// The true value lies below that at `asOf`.
    BELOW_BASELINE,
    /// The true T-score is at or below the threshold.
    OSTEOPOROSIS_BY_T_SCORE
  }

  /// A quantity that is not among the series.
  public record Unavailable(String quantity, @Nullable String site, Absence reason, String text) {}

  public enum Absence {
    DOES_NOT_APPLY,
    NO_REFERENCE
  }

  /// How far the ensemble can be trusted.
  ///
  /// @param paretoK null where the weights have no tail
  /// @param conflicting measurements that do not fit
  public record Diagnostics(
      int members,
      int stages,
      double effectiveSize,
      double largestWeight,
      @Nullable Double paretoK,
      Verdict verdict,
      List<UUID> conflicting) {}

  public enum Verdict {
    FITS,
    STRAINED,
    DOES_NOT_FIT
  }

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

  /// A typical change as the source article states it, to be read beside the forecast and never
  /// instead of it.
  ///
  /// @param claim code of the claim, such as `mht-lumbar-spine`
  /// @param treatment what it speaks of, in words
  /// @param lowPercentPerYear lower end of the claim, in % a year
  /// @param highPercentPerYear upper end of the claim, in % a year
  /// @param text what trials show, in words
  /// @param trials identifiers of trials behind the verdict
  public record Reported(
      String claim,
      String treatment,
      String site,
      double lowPercentPerYear,
      double highPercentPerYear,
      Support support,
      String text,
      List<String> trials) {}

  /// What trials say of a claim.
  public enum Support {
    SUPPORTED,
    PARTLY_SUPPORTED,
    OVERSTATED,
    NOT_SUPPORTED
  }

  public record Statement(String code, String text) {}
}
