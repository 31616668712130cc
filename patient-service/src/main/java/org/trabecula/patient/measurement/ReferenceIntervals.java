package org.trabecula.patient.measurement;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Analyte.Provenance;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Interpretation;
import org.trabecula.contracts.MeasurementRecorded.ReferenceInterval;
import org.trabecula.contracts.ProfileRecorded.Sex;

/// What is usual, by sex, menopausal state and age: the table `reference-intervals.csv`, each row
/// with its source. The laboratory's own interval goes before it. What is not known of the patient
/// is not presumed: then there is no interval, and a reason.
@Singleton
class ReferenceIntervals {
  /// The interval of a sample of 08:00 holds for one drawn from then (assumed) …
  private static final LocalTime MORNING_FROM = LocalTime.of(7, 0);

  /// … until then (assumed).
  private static final LocalTime MORNING_UNTIL = LocalTime.of(9, 0);

  private final Map<String, List<Row>> rows;

  ReferenceIntervals() throws IOException {
    try (InputStream table =
        ReferenceIntervals.class.getResourceAsStream("reference-intervals.csv")) {
      rows =
          new String(table.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(Row::parse)
              .collect(Collectors.groupingBy(Row::analyte));
    }
  }

  enum Menopause {
    BEFORE,
    AFTER
  }

  /// @param sex null for both
  /// @param menopause null for either side of it
  /// @param fromAge whole years; null for any
  /// @param toAge the last year that belongs to it; null for any
  /// @param morning true when it holds for a sample of about 08:00 only
  record Row(
      String analyte,
      @Nullable Sex sex,
      @Nullable Menopause menopause,
      @Nullable Integer fromAge,
      @Nullable Integer toAge,
      boolean morning,
      @Nullable BigDecimal low,
      @Nullable BigDecimal high,
      String unit,
      Provenance provenance,
      String source) {

    private static Row parse(String line) {
      String[] cells = line.split(",", 11);
      return new Row(
          cells[0],
          cells[1].isEmpty() ? null : Sex.valueOf(cells[1]),
          cells[2].isEmpty() ? null : Menopause.valueOf(cells[2]),
          cells[3].isEmpty() ? null : Integer.valueOf(cells[3]),
          cells[4].isEmpty() ? null : Integer.valueOf(cells[4]),
          !cells[5].isEmpty(),
          cells[6].isEmpty() ? null : new BigDecimal(cells[6]),
          cells[7].isEmpty() ? null : new BigDecimal(cells[7]),
          cells[8],
          Provenance.valueOf(cells[9]),
          cells[10]);
    }

    private ReferenceInterval interval() {
      return new ReferenceInterval(low, high, ReferenceInterval.Basis.TABLE, source);
    }
  }

  /// @param without why there is none; null when there is one, or none is known for anybody
  record Usual(@Nullable ReferenceInterval interval, @Nullable String without) {}

  boolean has(String analyte) {
    return rows.containsKey(analyte);
  }

  List<Row> rows() {
    return rows.values().stream().flatMap(List::stream).toList();
  }

  Usual of(Measurement measurement, Circumstances patient) {
    if (measurement.intervalLow != null || measurement.intervalHigh != null) {
      return new Usual(
          new ReferenceInterval(
              measurement.intervalLow,
              measurement.intervalHigh,
              ReferenceInterval.Basis.LABORATORY,
              "Stated with the result"),
          null);
    }
    List<Row> candidates = rows.getOrDefault(measurement.analyte, List.of());
    return candidates.isEmpty()
        ? new Usual(null, null)
        : narrowed(measurement, patient, candidates);
  }

  private static Usual narrowed(
      Measurement measurement, Circumstances patient, List<Row> candidates) {
    var day = Quality.day(measurement, patient);
    Integer age = patient.age(day);
    LocalTime time = Quality.time(measurement, patient);
    List<Row> ofSex = only(candidates, row -> row.sex() == null || row.sex() == patient.sex());
    if (ofSex.isEmpty()) {
      return without(
          patient.sex() == Sex.UNKNOWN
              ? "The sex for clinical use is not known."
              : "None is known for this sex.");
    }
    List<Row> ofState = only(ofSex, row -> isIn(row, patient, day));
    if (ofState.isEmpty()) {
      return without(
          patient.isPremenopausal(day) == Truth.UNKNOWN
              ? "The menopausal state is not known."
              : "None is known for this menopausal state.");
    }
    List<Row> ofAge = only(ofState, row -> isOf(row, age));
    if (ofAge.isEmpty()) {
      return without(age == null ? "The age is not known." : "None is known for this age.");
    }
    List<Row> ofTime = only(ofAge, row -> !row.morning() || isMorning(time));
    return ofTime.isEmpty()
        ? without(
            time == null
                ? "It holds in the morning, and the time of day was not stated."
                : "It holds in the morning, and the sample was drawn at %s.".formatted(time))
        : new Usual(ofTime.getFirst().interval(), null);
  }

  private static List<Row> only(List<Row> rows, Predicate<Row> applies) {
    return rows.stream().filter(applies).toList();
  }

  private static boolean isIn(Row row, Circumstances patient, java.time.LocalDate day) {
    return switch (row.menopause()) {
      case null -> true;
      case BEFORE -> patient.isPremenopausal(day) == Truth.TRUE;
      case AFTER -> patient.isPostmenopausal(day) == Truth.TRUE;
    };
  }

  private static boolean isOf(Row row, @Nullable Integer age) {
    if (row.fromAge() == null && row.toAge() == null) {
      return true;
    }
    return age != null
        && (row.fromAge() == null || age >= row.fromAge())
        && (row.toAge() == null || age <= row.toAge());
  }

  private static boolean isMorning(@Nullable LocalTime time) {
    return time != null && !time.isBefore(MORNING_FROM) && !time.isAfter(MORNING_UNTIL);
  }

  private static Usual without(String reason) {
    return new Usual(null, reason);
  }

  /// Null when a limit of detection does not tell.
  static @Nullable Interpretation interpretation(
      Measurement measurement, @Nullable ReferenceInterval interval) {
    if (interval == null) {
      return null;
    }
    BigDecimal low = interval.low();
    BigDecimal high = interval.high();
    BigDecimal value = measurement.value;
    if (measurement.comparator == Comparator.LESS_THAN) {
      return low != null && value.compareTo(low) <= 0 ? Interpretation.LOW : null;
    }
    if (measurement.comparator == Comparator.GREATER_THAN) {
      return high != null && value.compareTo(high) >= 0 ? Interpretation.HIGH : null;
    }
    if (low != null && value.compareTo(low) < 0) {
      return Interpretation.LOW;
    }
    return high != null && value.compareTo(high) > 0 ? Interpretation.HIGH : Interpretation.NORMAL;
  }
}
