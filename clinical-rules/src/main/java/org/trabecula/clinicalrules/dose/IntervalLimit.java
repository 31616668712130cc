package org.trabecula.clinicalrules.dose;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// How soon a depot may follow the last: earlier ones accumulate.
///
/// @param warnBelowDays asked about below this
/// @param hardBelowDays refused below this
/// @param loading how a course may begin faster; null when it may not
public record IntervalLimit(
    BigDecimal warnBelowDays,
    BigDecimal hardBelowDays,
    @Nullable Loading loading,
    String source,
    String provenance) {

  /// The first doses of a course, which fill the depot.
  ///
  /// @param hardBelowDays refused below this
  /// @param mostDoses of a step at such an interval
  public record Loading(BigDecimal hardBelowDays, int mostDoses, String source, String provenance) {

    private boolean allows(BigDecimal interval, @Nullable Long days) {
      return days != null
          && interval.compareTo(hardBelowDays) >= 0
          && BigDecimal.valueOf(days)
                  .divide(interval, 0, RoundingMode.CEILING)
                  .compareTo(BigDecimal.valueOf(mostDoses))
              <= 0;
    }
  }

  /// Whether it is sooner than one gives without being asked about it.
  public boolean asks(Dosing dosing) {
    return dosing.meanInterval().compareTo(warnBelowDays) < 0;
  }

  /// The same of a step, whose loading one does not ask about.
  ///
  /// @param days how long it goes on; null while open
  public boolean asks(Dosing dosing, @Nullable Long days) {
    return asks(dosing) && (loading == null || !loading.allows(dosing.meanInterval(), days));
  }

  /// @param days how long it goes on; null while open
  public boolean refuses(Dosing dosing, @Nullable Long days) {
    BigDecimal interval = dosing.meanInterval();
    return interval.compareTo(hardBelowDays) < 0
        && (loading == null || !loading.allows(interval, days));
  }

  public String refusal() {
    String refusal =
        "%s: less than %s days between doses".formatted(DoseLimit.RULE, plain(hardBelowDays));
    return loading == null
        ? refusal
        : "%s, but for a first course of at most %d doses at least %s days apart"
            .formatted(refusal, loading.mostDoses(), plain(loading.hardBelowDays()));
  }

  private static String plain(BigDecimal days) {
    return days.stripTrailingZeros().toPlainString();
  }
}
