package org.trabecula.patient.measurement;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Menopause;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.patient.profile.Profile;
import org.trabecula.patient.statement.PartialDate;

/// What the rules ask about a patient and the clinic. What nobody has told is UNKNOWN or null.
///
/// @param medications all that are known of
/// @param medicationsComplete false when there may be others
/// @param facts what has been stated; a fact that is not here is unknown
/// @param zone in which the clinic's mornings are
record Circumstances(
    Sex sex,
    Menopause menopause,
    @Nullable YearMonth birth,
    List<Medication> medications,
    boolean medicationsComplete,
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

  /// How long a statement without dates speaks for a sample, before and after it was made, in days
  /// (assumed).
  private static final int COUNTS = 365;

  static Circumstances of(Profile profile, ZoneId zone, LeastSignificantChanges changes) {
    return new Circumstances(
        profile.sexForClinicalUse(),
        profile.answeredMenopause(),
        profile.birth() == null ? null : profile.birth().assumed(),
        profile.everyMedication(),
        profile.medications() != null,
        Objects.requireNonNullElse(profile.facts(), List.of()),
        zone,
        changes);
  }

  /// Whether what was stated held on that day. A quantity has no presence: that it was stated is
  /// enough.
  static Truth held(Fact fact, LocalDate day) {
    if (fact.presence() != null && fact.presence() != Presence.PRESENT) {
      return Truth.of(fact.presence());
    }
    if (fact.since() == null && fact.until() == null) {
      return Truth.of(Math.abs(ChronoUnit.DAYS.between(fact.statedOn(), day)) <= COUNTS);
    }
    Truth begun = fact.since() == null ? Truth.TRUE : isNotAfter(parse(fact.since()), day);
    Truth ended = fact.until() == null ? Truth.FALSE : isBefore(parse(fact.until()), day);
    return begun.and(ended.not());
  }

  /// Whether an event lies up to so many months before that day.
  static Truth happened(Fact event, LocalDate day, int months) {
    if (event.presence() != Presence.PRESENT) {
      return event.presence() == null ? Truth.UNKNOWN : Truth.of(event.presence());
    }
    if (event.since() == null) {
      return Truth.UNKNOWN;
    }
    PartialDate on = parse(event.since());
    Truth old = isBefore(on, day.minusMonths(months).plusDays(1));
    return isNotAfter(on, day).and(old.not());
  }

  private static PartialDate parse(String stated) {
    return PartialDate.parse(stated);
  }

  private static Truth isNotAfter(PartialDate date, LocalDate day) {
    return !date.last().isAfter(day)
        ? Truth.TRUE
        : date.first().isAfter(day) ? Truth.FALSE : Truth.UNKNOWN;
  }

  private static Truth isBefore(PartialDate date, LocalDate day) {
    return date.last().isBefore(day)
        ? Truth.TRUE
        : date.first().isBefore(day) ? Truth.UNKNOWN : Truth.FALSE;
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

  /// Whole years, of the month of birth, or of the middle of its year; null when that is unknown.
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
    return medications.stream()
        .filter(medication -> agents.contains(medication.agent()))
        .map(medication -> isTaken(medication, day))
        .reduce(medicationsComplete ? Truth.FALSE : Truth.UNKNOWN, Truth::or);
  }

  private static Truth isTaken(Medication medication, LocalDate day) {
    Truth begun =
        medication.start() == null ? Truth.UNKNOWN : Truth.of(!medication.start().isAfter(day));
    return begun.and(Truth.of(medication.stop() == null || medication.stop().isAfter(day)));
  }
}
