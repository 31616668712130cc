package org.trabecula.clinicalrules.dose;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Quantity;

/// One administration and how often it comes: at an interval, or as needed so often a week.
///
/// @param dose mg, ug, or ug/d released
/// @param intervalDays days between administrations; null when as needed
/// @param perWeek administrations expected a week; null when at an interval
public record Dosing(
    Quantity dose, @Nullable BigDecimal intervalDays, @Nullable BigDecimal perWeek) {

  private static final BigDecimal WEEK = BigDecimal.valueOf(7);

  public Dosing {
    if ((intervalDays == null) == (perWeek == null)) {
      throw new IllegalArgumentException("intervalDays or perWeek: exactly one is stated");
    }
  }

  /// Another dose as often.
  public Dosing of(Quantity other) {
    return new Dosing(other, intervalDays, perWeek);
  }

  /// Days from one administration to the next, on average.
  BigDecimal meanInterval() {
    return intervalDays != null ? intervalDays : WEEK.divide(perWeek, MathContext.DECIMAL64);
  }

  BigDecimal aWeek(BigDecimal amount) {
    return amount.multiply(WEEK).divide(meanInterval(), MathContext.DECIMAL64);
  }

  /// What is taken on a day on which it is taken: rare doses are not thinned out over other days.
  BigDecimal aDayOfUse(BigDecimal amount) {
    BigDecimal interval = meanInterval();
    return interval.compareTo(BigDecimal.ONE) >= 0
        ? amount
        : amount.divide(interval, MathContext.DECIMAL64);
  }
}
