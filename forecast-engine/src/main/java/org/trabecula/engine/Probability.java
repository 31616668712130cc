package org.trabecula.engine;

import java.util.List;

/// How probable something is, month by month.
///
/// @param quantity that the event is about
/// @param threshold in the unit of the quantity
public record Probability(Event event, Quantity quantity, double threshold, List<Double> values) {

  public enum Event {
    /// Two measurements, at `asOf` and at the month, show a rise of more than the least significant
    /// change.
    GAIN_BEYOND_LSC,
    /// The same for a fall.
    LOSS_BEYOND_LSC,
    /// The true value lies below that at `asOf`.
    BELOW_BASELINE,
    /// The true value lies at or below the T-score that defines osteoporosis.
    OSTEOPOROSIS_BY_T_SCORE
  }

  public Probability {
    values = List.copyOf(values);
  }
}
