package org.trabecula.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param values one per month of the forecast, in the unit of the quantity
/// @param reference the population behind a T-score or a prior; null where none is involved
public record Series(
    Quantity quantity, Basis basis, List<Double> values, @Nullable String reference) {

  /// What the level of a series stands on.
  public enum Basis {
    /// A change from the patient's own value at `asOf`.
    RELATIVE,
    /// The level comes from the patient's own results.
    OBSERVED,
    /// No result of this patient: the level is that of the population.
    POPULATION_PRIOR,
    /// An index that follows from the model's states; not a measurement and not comparable with
    /// one.
    MODEL_INFERRED
  }

  public Series {
    values = List.copyOf(values);
  }
}
