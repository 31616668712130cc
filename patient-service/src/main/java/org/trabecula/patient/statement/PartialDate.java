package org.trabecula.patient.statement;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/// A date as exactly as it was stated: a day, a month or a year.
///
/// @param first day that it may mean
/// @param last day that it may mean
public record PartialDate(LocalDate first, LocalDate last) {

  /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
  ///
  /// @throws DateTimeException for anything else
  public static PartialDate parse(String text) {
    return switch (text.length()) {
      case 4 -> of(Year.parse(text));
      case 7 -> of(YearMonth.parse(text));
      case 10 -> new PartialDate(LocalDate.parse(text), LocalDate.parse(text));
      default -> throw new DateTimeException("Is neither a day nor a month nor a year");
    };
  }

  /// @param text that has been read before
  static @Nullable PartialDate ofNullable(@Nullable String text) {
    return text == null ? null : parse(text);
  }

  private static PartialDate of(Year year) {
    return new PartialDate(year.atDay(1), year.atMonth(12).atEndOfMonth());
  }

  private static PartialDate of(YearMonth month) {
    return new PartialDate(month.atDay(1), month.atEndOfMonth());
  }

  /// Whether the other may be the same day, said more exactly.
  boolean covers(PartialDate other) {
    return !other.first.isBefore(first) && !other.last.isAfter(last);
  }
}
