package org.trabecula.clinicalrules.safety;

import static java.time.temporal.ChronoUnit.DAYS;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.contracts.RegulatoryStatus;

/// What rules ask about what the regulator says of one agent: the variable `flags`.
///
/// @param flags of one agent, at least one
record FlagsInquiry(String agent, List<RegulatoryFlag> flags, LocalDate today) {

  /// Whether any of them has this status, by which rules go.
  boolean any(String status) {
    return flags.stream()
        .anyMatch(flag -> flag.effectiveStatus() == RegulatoryStatus.valueOf(status));
  }

  /// Whether a law forbids any of the uses.
  boolean prohibited() {
    return flags.stream().anyMatch(RegulatoryFlag::prohibitedByLaw);
  }

  /// Whether it is a controlled substance by any of them.
  boolean controlled() {
    return rows().anyMatch(row -> !NOT_CONTROLLED.contains(row.controlledSubstance()));
  }

  boolean confidence(String confidence) {
    return rows().anyMatch(row -> row.confidence().equals(confidence));
  }

  /// Days since the oldest of them was checked.
  double age() {
    return rows()
        .map(RegulatoryRow::checkedOn)
        .mapToLong(checked -> DAYS.between(checked, today))
        .max()
        .orElse(0);
  }

  /// What they say, in sentences.
  String statement() {
    return flags.stream()
        .map(RegulatoryFlag::statement)
        .distinct()
        .reduce((one, other) -> one + " " + other)
        .orElse("");
  }

  String controls() {
    return rows()
        .map(RegulatoryRow::controlledSubstance)
        .filter(schedule -> !NOT_CONTROLLED.contains(schedule))
        .distinct()
        .sorted(Comparator.naturalOrder())
        .reduce((one, other) -> one + "; " + other)
        .orElse("none");
  }

  /// How the table writes that a substance is not controlled.
  private static final List<String> NOT_CONTROLLED = List.of("none", "n/a", "unsure");

  private Stream<RegulatoryRow> rows() {
    return flags.stream().map(RegulatoryFlag::row).filter(Objects::nonNull);
  }
}
