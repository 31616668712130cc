package org.trabecula.clinicalrules.dose;

import java.math.BigDecimal;

/// How soon a depot may follow the last: earlier ones accumulate.
///
/// @param warnBelowDays asked about below this
/// @param hardBelowDays refused below this
public record IntervalLimit(
    BigDecimal warnBelowDays, BigDecimal hardBelowDays, String source, String provenance) {

  public boolean refuses(Dosing dosing) {
    return dosing.meanInterval().compareTo(hardBelowDays) < 0;
  }

  /// Whether one asks about it.
  public boolean asks(Dosing dosing) {
    return dosing.meanInterval().compareTo(warnBelowDays) < 0;
  }

  public String refusal() {
    return "%s: less than %s days between doses"
        .formatted(DoseLimit.RULE, hardBelowDays.stripTrailingZeros().toPlainString());
  }
}
