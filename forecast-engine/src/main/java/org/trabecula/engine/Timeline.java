package org.trabecula.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.trabecula.engine.model.Physiology;

/// The model's clock: days from `asOf`. A date without time is its first moment in UTC.
record Timeline(Instant asOf) {

  private static final double SECONDS_PER_DAY = 86_400;

  double day(Instant instant) {
    return Duration.between(asOf, instant).toSeconds() / SECONDS_PER_DAY;
  }

  double day(LocalDate date) {
    return day(date.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  LocalDate today() {
    return LocalDate.ofInstant(asOf, ZoneOffset.UTC);
  }

  /// Years from the middle of the month of birth.
  double ageAt(YearMonth birth, LocalDate date) {
    return (day(date) - day(birth.atDay(15))) / Physiology.YEAR;
  }

  double age(YearMonth birth) {
    return -day(birth.atDay(15)) / Physiology.YEAR;
  }

  static double dayOfMonth(int month) {
    return month * Physiology.YEAR / 12;
  }
}
