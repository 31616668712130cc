package org.trabecula.engine;

import org.jspecify.annotations.Nullable;

/// One quantity over the months of a forecast, in its unit. Two bands, never to be confused: where
/// the patient's true value lies, and where the next measurement of it will lie.
///
/// @param patient of the true value
/// @param nextMeasurement of one more scan on the scanner of the latest scan, or of one more sample
/// in the same laboratory; of a change, between two measurements, at `asOf` and at the month. Null
/// for what nobody measures, and for hormones
/// @param reference the population behind a score or a prior; null where none is involved
public record Series(
    Quantity quantity,
    Basis basis,
    Band patient,
    @Nullable Band nextMeasurement,
    @Nullable String reference) {

  /// What the level of a series stands on.
  public enum Basis {
    /// A change from the patient's own value at `asOf`.
    RELATIVE,
    /// The level comes from the patient's own results.
    OBSERVED,
    /// No result of this patient: the level is that of the population, and so is its spread.
    POPULATION_PRIOR,
    /// An index that follows from the model's states; not a measurement and not comparable with
    /// one.
    MODEL_INFERRED
  }
}
