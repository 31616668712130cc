package org.trabecula.patient.statement;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.Quantity;
import org.trabecula.patient.Ucum;

/// What the statements about one patient come to.
///
/// Of each fact the latest statement counts. Of an event every time it happened counts, and that it
/// never happened only when no source says that it did. What is present makes present what it
/// implies.
final class Known {
  private static final MathContext DIGITS = new MathContext(12);

  /// The last is the one that counts. Of two that were stated and recorded at once it is the one
  /// that tells of something.
  private static final Comparator<Candidate> LATEST =
      comparing((Candidate candidate) -> candidate.fact.statedOn())
          .thenComparing(Candidate::recordedAt)
          .thenComparing(candidate -> candidate.fact.presence() != Presence.UNKNOWN)
          .thenComparing(candidate -> candidate.fact.presence() != Presence.ABSENT)
          .thenComparing(candidate -> Objects.toString(candidate.fact.since(), ""))
          .thenComparing(candidate -> candidate.fact.toString());

  private static final Comparator<Fact> ORDER =
      comparing(Fact::code).thenComparing(Fact::since, nullsLast(naturalOrder()));

  private Known() {}

  /// An answer, and the statement that gives it.
  record Candidate(Fact fact, Statement statement) {
    boolean isPresent() {
      return fact.presence() == Presence.PRESENT;
    }

    Instant recordedAt() {
      return statement.recordedAt;
    }
  }

  /// By code and onset.
  static List<Fact> facts(List<Statement> statements, FactCatalogue catalogue, Ucum ucum) {
    return answers(statements, catalogue, ucum).stream().map(Candidate::fact).toList();
  }

  static List<Candidate> answers(List<Statement> statements, FactCatalogue catalogue, Ucum ucum) {
    Map<String, List<Candidate>> candidates = new TreeMap<>();
    for (Statement statement : statements) {
      if (statement.content instanceof StatedFact stated) {
        // A fact that a later catalogue drops is kept and counts no longer.
        catalogue
            .byCode(stated.code())
            .ifPresent(
                fact ->
                    candidates(statement, stated, fact, ucum)
                        .forEach(
                            candidate ->
                                candidates
                                    .computeIfAbsent(
                                        candidate.fact.code(), code -> new ArrayList<>())
                                    .add(candidate)));
      }
    }
    return candidates.entrySet().stream()
        .flatMap(
            entry ->
                isEvent(catalogue, entry.getKey())
                    ? events(entry.getValue())
                    : latest(entry.getValue()).stream())
        .sorted(comparing(Candidate::fact, ORDER))
        .toList();
  }

  static List<Medication> medications(List<Statement> statements) {
    return statements.stream()
        .flatMap(statement -> medication(statement).stream())
        .sorted(
            comparing(Medication::start, nullsLast(naturalOrder()))
                .thenComparing(Medication::toString))
        .toList();
  }

  /// @return in the catalogue's unit; empty when the unit is another kind of unit, or none
  static Optional<Quantity> canonical(Quantity stated, ClinicalFact fact, Ucum ucum) {
    String unit = Objects.requireNonNull(fact.unit());
    Optional<BigDecimal> factor =
        stated.unit().equals(unit)
            ? Optional.of(BigDecimal.ONE)
            : ucum.factor(stated.unit(), unit).filter(by -> !unit.startsWith("{"));
    return factor.map(by -> new Quantity(times(stated.value(), by), unit));
  }

  private static BigDecimal times(BigDecimal value, BigDecimal factor) {
    return factor.compareTo(BigDecimal.ONE) == 0
        ? value
        : Intake.plain(value.multiply(factor).round(DIGITS).stripTrailingZeros());
  }

  private static Stream<Candidate> candidates(
      Statement statement, StatedFact stated, ClinicalFact fact, Ucum ucum) {
    Stream<String> implied =
        stated.presence() == Presence.PRESENT ? fact.implies().stream() : Stream.empty();
    Quantity value =
        stated.value() == null ? null : canonical(stated.value(), fact, ucum).orElse(null);
    return Stream.concat(Stream.of(stated.code()), implied)
        .map(
            code ->
                new Candidate(
                    new Fact(
                        code,
                        stated.presence(),
                        value,
                        stated.coded(),
                        stated.since(),
                        stated.until(),
                        statement.statedOn()),
                    statement));
  }

  private static boolean isEvent(FactCatalogue catalogue, String code) {
    return catalogue
        .byCode(code)
        .filter(fact -> fact.kind() == ClinicalFact.Kind.EVENT)
        .isPresent();
  }

  private static Optional<Candidate> latest(List<Candidate> candidates) {
    return candidates.stream().max(LATEST);
  }

  /// Two sources may tell of one event, one more exactly than the other.
  private static Stream<Candidate> events(List<Candidate> candidates) {
    List<Candidate> happened =
        candidates.stream().filter(Candidate::isPresent).sorted(LATEST.reversed()).toList();
    if (happened.isEmpty()) {
      return latest(candidates).stream();
    }
    var kept = new ArrayList<Candidate>();
    for (Candidate candidate : happened) {
      boolean toldBetter =
          happened.stream()
              .anyMatch(other -> other != candidate && isToldBetter(candidate.fact, other.fact));
      boolean told = kept.stream().anyMatch(other -> isSameTime(other.fact, candidate.fact));
      if (!toldBetter && !told) {
        kept.add(candidate);
      }
    }
    return kept.stream();
  }

  private static boolean isSameTime(Fact one, Fact other) {
    return Objects.equals(one.since(), other.since());
  }

  private static boolean isToldBetter(Fact fact, Fact other) {
    PartialDate date = PartialDate.ofNullable(fact.since());
    PartialDate others = PartialDate.ofNullable(other.since());
    return others != null && (date == null || (!date.equals(others) && date.covers(others)));
  }

  private static Optional<Medication> medication(Statement statement) {
    if (!(statement.content instanceof StatedMedication taken) || taken.agent() == null) {
      return Optional.empty();
    }
    LocalDate start = first(taken.since());
    LocalDate stop = taken.over() ? over(statement, start) : after(taken.until());
    return Optional.of(new Medication(taken.agent(), taken.dailyDose(), start, stop));
  }

  /// What is over ended, at the latest, on the day that this was recorded.
  private static LocalDate over(Statement statement, @Nullable LocalDate start) {
    LocalDate after = statement.recordedAt.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(1);
    return start != null && start.isAfter(after) ? start : after;
  }

  private static @Nullable LocalDate first(@Nullable String since) {
    PartialDate date = PartialDate.ofNullable(since);
    return date == null ? null : date.first();
  }

  /// The first day without it.
  private static @Nullable LocalDate after(@Nullable String until) {
    PartialDate date = PartialDate.ofNullable(until);
    return date == null ? null : date.last().plusDays(1);
  }
}
