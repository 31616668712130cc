package org.trabecula.protocol.cds;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.jspecify.annotations.Nullable;
import org.trabecula.protocol.fhir.Codes;
import org.trabecula.protocol.regimen.RegimenRequest.Cycle;

/// How often a dosage of FHIR is given. Both are null when it does not say.
///
/// @param intervalDays of what is given at times
/// @param perWeek of what is given as needed
record Frequency(
    @Nullable BigDecimal intervalDays, @Nullable BigDecimal perWeek, @Nullable Cycle cycle) {
  private static final BigDecimal WEEK = BigDecimal.valueOf(7);
  private static final int DIGITS = 6;

  /// Days of a month and a year: those of the Gregorian calendar on average.
  private static final Map<UnitsOfTime, BigDecimal> DAYS =
      Map.of(
          UnitsOfTime.MIN, days("0.000694444"),
          UnitsOfTime.H, days("0.041666667"),
          UnitsOfTime.D, days("1"),
          UnitsOfTime.WK, days("7"),
          UnitsOfTime.MO, days("30.436875"),
          UnitsOfTime.A, days("365.2425"));

  /// Of HL7's general timing specification, those that name an interval.
  private static final Map<String, BigDecimal> CODES =
      Map.of(
          "QD", days("1"),
          "QOD", days("2"),
          "BID", days("0.5"),
          "TID", days("0.333333"),
          "QID", days("0.25"),
          "WK", days("7"));

  static Frequency of(Dosage dosage) {
    Cycle cycle = cycle(dosage);
    BigDecimal interval = interval(dosage.getTiming(), cycle);
    if (!isAsNeeded(dosage)) {
      return new Frequency(interval, null, cycle);
    }
    BigDecimal most = mostPerWeek(dosage);
    if (most == null && interval != null) {
      most = quotient(WEEK, interval);
    }
    return new Frequency(null, most, cycle);
  }

  private static boolean isAsNeeded(Dosage dosage) {
    return dosage.hasAsNeededCodeableConcept()
        || (dosage.hasAsNeededBooleanType() && dosage.getAsNeededBooleanType().booleanValue());
  }

  private static @Nullable BigDecimal interval(Timing timing, @Nullable Cycle cycle) {
    TimingRepeatComponent repeat = timing.getRepeat();
    BigDecimal unit = repeat.hasPeriodUnit() ? DAYS.get(repeat.getPeriodUnit()) : null;
    if (!repeat.hasPeriod() || unit == null) {
      return timing.getCode().getCoding().stream()
          .filter(coding -> coding.hasCode() && CODES.containsKey(coding.getCode()))
          .map(coding -> CODES.get(coding.getCode()))
          .findFirst()
          .orElse(null);
    }
    BigDecimal times = BigDecimal.valueOf(Math.max(1, repeat.getFrequency()));
    BigDecimal period =
        cycle == null || cycle.daysOn() == null
            ? repeat.getPeriod().multiply(unit)
            : BigDecimal.valueOf(cycle.daysOn());
    return quotient(period, times);
  }

  /// Of the most that may be taken in a time.
  private static @Nullable BigDecimal mostPerWeek(Dosage dosage) {
    Ratio most = dosage.getMaxDosePerPeriod();
    Quantity dose =
        dosage.getDoseAndRateFirstRep().hasDoseQuantity()
            ? dosage.getDoseAndRateFirstRep().getDoseQuantity()
            : new Quantity();
    BigDecimal amount = most.getNumerator().getValue();
    BigDecimal time = days(most.getDenominator());
    if (amount == null || time == null || !dose.hasValue() || dose.getValue().signum() <= 0) {
      return null;
    }
    if (!Objects.equals(most.getNumerator().getCode(), dose.getCode())) {
      return null;
    }
    return quotient(amount.multiply(WEEK), dose.getValue().multiply(time));
  }

  /// A time as days; null when it is none.
  static @Nullable BigDecimal days(Quantity time) {
    BigDecimal unit =
        switch (time.getCode()) {
          case "h" -> DAYS.get(UnitsOfTime.H);
          case "d" -> DAYS.get(UnitsOfTime.D);
          case "wk" -> DAYS.get(UnitsOfTime.WK);
          case "mo" -> DAYS.get(UnitsOfTime.MO);
          case "a" -> DAYS.get(UnitsOfTime.A);
          case null, default -> null;
        };
    return unit == null || !time.hasValue() || time.getValue().signum() <= 0
        ? null
        : time.getValue().multiply(unit);
  }

  private static @Nullable Cycle cycle(Dosage dosage) {
    return dosage.getExtensionByUrl(Codes.CYCLE) != null
            && dosage.getExtensionByUrl(Codes.CYCLE).getValue() instanceof Ratio ratio
            && ratio.getNumerator().hasValue()
            && ratio.getDenominator().hasValue()
        ? new Cycle(
            ratio.getNumerator().getValue().intValue(),
            ratio.getDenominator().getValue().intValue())
        : null;
  }

  private static BigDecimal quotient(BigDecimal numerator, BigDecimal denominator) {
    BigDecimal quotient =
        numerator.divide(denominator, DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
    return quotient.scale() < 0 ? quotient.setScale(0) : quotient;
  }

  private static BigDecimal days(String number) {
    return new BigDecimal(number);
  }
}
