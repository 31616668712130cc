package org.trabecula.patient.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/// A date that a search compares with: a stretch of time, as long as the date is vague.
///
/// What has no zone is in UTC, as measurements of a day without a zone are kept.
///
/// @param to the first instant behind it
record SearchDate(Prefix prefix, Instant from, Instant to) {
  /// FHIR's comparisons (R4, search § date), but for `ap`, whose answer would be a guess.
  enum Prefix {
    EQ,
    NE,
    GT,
    LT,
    GE,
    LE,
    SA,
    EB
  }

  private static final Pattern PREFIXED = Pattern.compile("(eq|ne|gt|lt|ge|le|sa|eb)?(\\d.*)");
  private static final Pattern WITHOUT_SECONDS =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2})(Z|[+-].*)?");
  private static final Pattern ZONED = Pattern.compile(".*T.*(Z|[+-]\\d{2}:\\d{2})");

  /// @throws DateTimeException when it is none
  static SearchDate parse(String text) {
    // A plus sign that was not escaped arrives as a space.
    var prefixed = PREFIXED.matcher(text.replace(' ', '+'));
    if (!prefixed.matches()) {
      throw new DateTimeException("No date");
    }
    Prefix prefix =
        prefixed.group(1) == null
            ? Prefix.EQ
            : Prefix.valueOf(prefixed.group(1).toUpperCase(java.util.Locale.ROOT));
    String date = prefixed.group(2);
    return switch (date.length()) {
      case 4 -> days(prefix, Year.parse(date).atDay(1), Year.parse(date).plusYears(1).atDay(1));
      case 7 ->
          days(
              prefix, YearMonth.parse(date).atDay(1), YearMonth.parse(date).plusMonths(1).atDay(1));
      case 10 -> days(prefix, LocalDate.parse(date), LocalDate.parse(date).plusDays(1));
      default -> time(prefix, date);
    };
  }

  /// From an instant on; what has no time of day is none.
  ///
  /// @throws DateTimeException when it is none
  static SearchDate since(String instant) {
    if (!ZONED.matcher(instant.replace(' ', '+')).matches()) {
      throw new DateTimeException("No instant");
    }
    return parse("ge" + instant);
  }

  private static SearchDate days(Prefix prefix, LocalDate from, LocalDate to) {
    return new SearchDate(
        prefix,
        from.atStartOfDay(ZoneOffset.UTC).toInstant(),
        to.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private static SearchDate time(Prefix prefix, String date) {
    var minute = WITHOUT_SECONDS.matcher(date);
    boolean isMinute = minute.matches();
    String whole =
        isMinute
            ? minute.group(1) + ":00" + (minute.group(2) == null ? "" : minute.group(2))
            : date;
    Instant from =
        ZONED.matcher(whole).matches()
            ? OffsetDateTime.parse(whole).toInstant()
            : LocalDateTime.parse(whole).toInstant(ZoneOffset.UTC);
    ChronoUnit unit =
        isMinute ? ChronoUnit.MINUTES : date.contains(".") ? ChronoUnit.MILLIS : ChronoUnit.SECONDS;
    return new SearchDate(prefix, from, from.plus(1, unit));
  }

  /// For a column that holds an instant.
  Clause at(String column) {
    return switch (prefix) {
      case EQ -> Clause.of("(%1$s >= ? and %1$s < ?)".formatted(column), from, to);
      case NE -> Clause.of("(%1$s < ? or %1$s >= ?)".formatted(column), from, to);
      case GT, SA -> Clause.of(column + " >= ?", to);
      case GE -> Clause.of(column + " >= ?", from);
      case LT, EB -> Clause.of(column + " < ?", from);
      case LE -> Clause.of(column + " < ?", to);
    };
  }

  /// For two columns that hold the start and the end of a stretch of time, the end not being part
  // of
  /// it.
  Clause within(String start, String end) {
    Clause contained = Clause.of("(%s >= ? and %s <= ?)".formatted(start, end), from, to);
    Clause later = Clause.of(end + " > ?", to);
    Clause earlier = Clause.of(start + " < ?", from);
    return switch (prefix) {
      case EQ -> contained;
      case NE -> new Clause("not " + contained.sql(), contained.values());
      case GT -> later;
      case LT -> earlier;
      case GE -> Clause.anyOf(java.util.List.of(later, contained));
      case LE -> Clause.anyOf(java.util.List.of(earlier, contained));
      case SA -> Clause.of(start + " >= ?", to);
      case EB -> Clause.of(end + " <= ?", from);
    };
  }
}
