package org.trabecula.patient.profile;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/// When someone was born, as exactly as it is kept: the month, or the year where no more was said.
public record Birth(Year year, @Nullable Month month) {

  /// @param text `YYYY`, `YYYY-MM`, or a date of which the month is kept
  /// @throws DateTimeException for anything else
  @JsonCreator
  public static Birth parse(String text) {
    return switch (text.length()) {
      case 4 -> new Birth(Year.parse(text), null);
      case 7 -> of(YearMonth.parse(text));
      default -> of(YearMonth.from(LocalDate.parse(text)));
    };
  }

  public static Birth of(YearMonth month) {
    return new Birth(Year.of(month.getYear()), month.getMonth());
  }

  /// Null when no more than the year is known.
  public @Nullable YearMonth known() {
    return month == null ? null : year.atMonth(month);
  }

  public YearMonth earliest() {
    return year.atMonth(month == null ? Month.JANUARY : month);
  }

  YearMonth latest() {
    return year.atMonth(month == null ? Month.DECEMBER : month);
  }

  /// For an age: of a year, its middle, which is off by half a year at most (assumed).
  public YearMonth assumed() {
    return year.atMonth(month == null ? Month.JULY : month);
  }

  @JsonValue
  @Override
  public String toString() {
    return month == null ? "%04d".formatted(year.getValue()) : year.atMonth(month).toString();
  }
}
