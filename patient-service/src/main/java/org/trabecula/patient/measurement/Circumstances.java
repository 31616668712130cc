package org.trabecula.patient.measurement;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Menopause;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Quantity;

/// What the rules ask about a patient and the clinic. What nobody has told is UNKNOWN or null.
///
/// @param medications null when nobody has said
/// @param facts what has been stated; a fact that is not here is unknown
/// @param zone in which the clinic's mornings are
record Circumstances(
    Sex sex,
    Menopause menopause,
    @Nullable YearMonth birth,
    @Nullable List<Medication> medications,
    List<Fact> facts,
    ZoneId zone,
    LeastSignificantChanges leastSignificantChanges) {

  /// Codes in the agent catalogue.
  private static final Set<String> GLUCOCORTICOIDS =
      Set.of(
          "prednisone",
          "prednisolone",
          "methylprednisolone",
          "hydrocortisone",
          "dexamethasone",
          "betamethasone",
          "deflazacort",
          "cortisone");

  private static final Set<String> AROMATASE_INHIBITORS =
      Set.of("anastrozole", "letrozole", "exemestane");

  /// Something stated of the patient, dated as exactly as it was.
  ///
  /// @param since first day it held, or the day it happened; null when unknown
  /// @param until last day it held; null when it still does, or unknown
  record Fact(
      String code,
      Presence presence,
      @Nullable Quantity quantity,
      @Nullable LocalDate since,
      @Nullable LocalDate until) {

    boolean holdsOn(LocalDate day) {
      return (since == null || !since.isAfter(day)) && (until == null || !until.isBefore(day));
    }
  }

  Stream<Fact> facts(String code) {
    return facts.stream().filter(fact -> fact.code().equals(code));
  }

  Truth isFemale() {
    return switch (sex) {
      case FEMALE -> Truth.TRUE;
      case MALE -> Truth.FALSE;
      case UNKNOWN -> Truth.UNKNOWN;
    };
  }

  /// Whether menopause, natural or by operation, lay behind the patient that day. The transition
  /// before it does not count.
  Truth isPostmenopausal(LocalDate day) {
    if (sex == Sex.MALE) {
      return Truth.FALSE;
    }
    YearMonth last = menopause.finalPeriod();
    Truth now =
        switch (menopause.status()) {
          case POSTMENOPAUSAL, SURGICAL -> Truth.TRUE;
          case PREMENOPAUSAL, PERIMENOPAUSAL -> Truth.FALSE;
          case NOT_APPLICABLE, UNKNOWN -> Truth.UNKNOWN;
        };
    return now == Truth.TRUE && last != null ? Truth.of(!YearMonth.from(day).isBefore(last)) : now;
  }

  /// Whether the transition had not begun that day.
  Truth isPremenopausal(LocalDate day) {
    return menopause.status() == MenopausalStatus.PERIMENOPAUSAL
        ? Truth.FALSE
        : isPostmenopausal(day).not();
  }

  /// Whole years, of the month of birth; null when that is unknown.
  @Nullable Integer age(LocalDate day) {
    return birth == null ? null : (int) ChronoUnit.YEARS.between(birth, YearMonth.from(day));
  }

  Truth takesGlucocorticoid(LocalDate day) {
    return takes(GLUCOCORTICOIDS, day);
  }

  Truth takesAromataseInhibitor(LocalDate day) {
    return takes(AROMATASE_INHIBITORS, day);
  }

  private Truth takes(Set<String> agents, LocalDate day) {
    if (medications == null) {
      return Truth.UNKNOWN;
    }
    return medications.stream()
        .filter(medication -> agents.contains(medication.agent()))
        .map(medication -> isTaken(medication, day))
        .reduce(Truth.FALSE, Truth::or);
  }

  private static Truth isTaken(Medication medication, LocalDate day) {
    Truth begun =
        medication.start() == null ? Truth.UNKNOWN : Truth.of(!medication.start().isAfter(day));
    return begun.and(Truth.of(medication.stop() == null || medication.stop().isAfter(day)));
  }
}
