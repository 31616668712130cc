package org.trabecula.patient.measurement;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Precision;

/// When something was measured, as exactly as it was said.
///
/// A day, month or year without a zone is kept as its start in UTC, whatever the server's zone.
///
/// @param at the start of the stated period; whole microseconds, as PostgreSQL keeps them
record EffectiveTime(Instant at, Precision precision) {
  /// The clocks of a laboratory and of this server differ by that much at most.
  private static final Duration SKEW = Duration.ofMinutes(5);

  /// Where a day begins first.
  private static final ZoneOffset FIRST = ZoneOffset.ofHours(14);

  /// No laboratory result or scan that means anything here is older.
  private static final int EARLIEST = 1900;

  /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or a date-time with its offset.
  ///
  /// @throws DateTimeException for anything else
  static EffectiveTime parse(String text) {
    return switch (text.length()) {
      case 4 -> startOf(Year.parse(text).atDay(1), Precision.YEAR);
      case 7 -> startOf(YearMonth.parse(text).atDay(1), Precision.MONTH);
      case 10 -> startOf(LocalDate.parse(text), Precision.DAY);
      default ->
          new EffectiveTime(
              OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                  .toInstant()
                  .truncatedTo(ChronoUnit.MICROS),
              Precision.INSTANT);
    };
  }

  private static EffectiveTime startOf(LocalDate day, Precision precision) {
    return new EffectiveTime(day.atStartOfDay(ZoneOffset.UTC).toInstant(), precision);
  }

  /// @return what is wrong with it; null when nothing is
  @Nullable String refusal(Clock clock, @Nullable YearMonth birth) {
    if (isInFuture(clock)) {
      return "Is in the future.";
    }
    if (at.atOffset(ZoneOffset.UTC).getYear() < EARLIEST) {
      return "Is before " + EARLIEST + ".";
    }
    return birth != null && lastMonth().isBefore(birth) ? "Is before the patient's birth." : null;
  }

  private boolean isInFuture(Clock clock) {
    return precision == Precision.INSTANT
        ? at.isAfter(clock.instant().plus(SKEW))
        : at.atOffset(ZoneOffset.UTC).toLocalDate().isAfter(LocalDate.now(clock.withZone(FIRST)));
  }

  private YearMonth lastMonth() {
    return switch (precision) {
      case INSTANT -> YearMonth.from(at.atOffset(FIRST));
      case DAY, MONTH -> YearMonth.from(at.atOffset(ZoneOffset.UTC));
      case YEAR -> YearMonth.from(at.atOffset(ZoneOffset.UTC)).withMonth(12);
    };
  }
}
