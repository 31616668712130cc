package org.trabecula.patient.measurement;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the change from one result to a later one of the same analyte means anything.
final class Comparability {
  /// Between two scans, in months (ISCD; found).
  private static final int MONTHS = 12;

  /// Between two scans under a glucocorticoid, in months (ISCD; found).
  private static final int MONTHS_UNDER_GLUCOCORTICOID = 6;

  private Comparability() {}

  /// What stands against comparing them.
  ///
  /// @param truth TRUE when they differ, UNKNOWN when it cannot be told
  record Obstacle(Rule rule, Truth truth, String reason) {}

  /// Results are compared within one assay of one laboratory, scans on one scanner, with one
  /// software and in one region, and not too soon.
  static Optional<Obstacle> between(Measurement earlier, Measurement later, Circumstances patient) {
    return method(earlier, later).or(() -> interval(earlier, later, patient));
  }

  static Optional<Obstacle> method(Measurement earlier, Measurement later) {
    return isScan(later.analyte) ? scanner(earlier, later) : assay(earlier, later);
  }

  static boolean isScan(String analyte) {
    return isAreal(analyte)
        || analyte.startsWith("t-score-")
        || analyte.startsWith("z-score-")
        || analyte.startsWith("hr-pqct-")
        || analyte.equals("tbs");
  }

  /// A bone mineral density by DXA, in g/cm2.
  static boolean isAreal(String analyte) {
    return analyte.startsWith("bmd-");
  }

  private static Optional<Obstacle> assay(Measurement earlier, Measurement later) {
    return obstacle(
            Rule.OTHER_ASSAY,
            isOther(earlier.laboratory, later.laboratory),
            "the laboratory",
            earlier.laboratory,
            later.laboratory)
        .or(
            () ->
                obstacle(
                    Rule.OTHER_ASSAY,
                    isOther(earlier.method, later.method),
                    "the assay",
                    earlier.method,
                    later.method));
  }

  /// The scanner must be known. Software and region are rarely stated: they count when both are.
  private static Optional<Obstacle> scanner(Measurement earlier, Measurement later) {
    return obstacle(
            Rule.OTHER_SCANNER,
            isOther(earlier.device, later.device),
            "the scanner",
            earlier.device,
            later.device)
        .or(() -> stated("the software", earlier.method, later.method))
        .or(() -> stated("the region", earlier.region, later.region));
  }

  private static Optional<Obstacle> interval(
      Measurement earlier, Measurement later, Circumstances patient) {
    if (!isAreal(later.analyte)) {
      return Optional.empty();
    }
    LocalDate from = Quality.day(earlier, patient);
    LocalDate to = Quality.day(later, patient);
    if (!from.plusMonths(MONTHS).isAfter(to)) {
      return Optional.empty();
    }
    Truth enough =
        Truth.of(!from.plusMonths(MONTHS_UNDER_GLUCOCORTICOID).isAfter(to))
            .and(patient.takesGlucocorticoid(to));
    return enough == Truth.TRUE
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                Rule.SHORT_INTERVAL,
                enough.not(),
                "Not comparable: less than %d months (%d under glucocorticoids) after the scan of %s."
                    .formatted(MONTHS, MONTHS_UNDER_GLUCOCORTICOID, from)));
  }

  private static Optional<Obstacle> stated(
      String what, @Nullable String earlier, @Nullable String later) {
    return earlier == null || later == null
        ? Optional.empty()
        : obstacle(Rule.OTHER_SCANNER, isOther(earlier, later), what, earlier, later);
  }

  private static Optional<Obstacle> obstacle(
      Rule rule, Truth other, String what, @Nullable String earlier, @Nullable String later) {
    return switch (other) {
      case FALSE -> Optional.empty();
      case TRUE ->
          Optional.of(
              new Obstacle(
                  rule,
                  other,
                  "Not comparable: %s is another, %s before and %s now."
                      .formatted(what, earlier, later)));
      case UNKNOWN ->
          Optional.of(
              new Obstacle(
                  rule,
                  other,
                  "Not comparable: whether %s is the same was not stated.".formatted(what)));
    };
  }

  private static Truth isOther(@Nullable String earlier, @Nullable String later) {
    return earlier == null || later == null
        ? Truth.UNKNOWN
        : Truth.of(!earlier.equalsIgnoreCase(later));
  }
}
