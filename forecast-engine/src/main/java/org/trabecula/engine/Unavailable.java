package org.trabecula.engine;

/// A quantity that a forecast does not hold.
///
/// @param text for a person to read
public record Unavailable(Quantity quantity, Reason reason, String text) {

  public enum Reason {
    /// A T-score where Z-scores are due, or the other way round.
    DOES_NOT_APPLY,
    /// Nobody's values to compare with at this site, sex, scanner or age.
    NO_REFERENCE
  }
}
