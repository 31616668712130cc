package org.trabecula.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Person.GrowthHormoneDeficiency;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.MenopausalStatus;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.Refusal.Reason;
import org.trabecula.engine.Refusals.Ground;

/// What cannot be true of anybody, or not at once. Nothing is corrected: who stated it has to.
///
/// The bounds are assumed. They are meant to catch a wrong unit, a wrong year or a wrong column,
/// not a rare value.
final class Plausibility {

  private static final int OLDEST = 120;
  private static final int EARLIEST_MENOPAUSE = 10;
  private static final double LEAST_BMI = 8;
  private static final double LARGEST_BMI = 150;
  private static final int LONGEST_INTERVAL_DAYS = 3660;
  private static final int MOST_PER_WEEK = 168;
  private static final int FURTHEST_YEARS = 100;

  /// A milligram taken for a microgram is a thousand times the dose; the highest dose of a trial is
  /// a few times the usual.
  private static final double MOST_USUAL_DOSES = 20;

  private final Agents agents;
  private final Person person;
  private final YearMonth birth;
  private final List<Administration> administrations;
  private final List<Observation> observations;
  private final Timeline timeline;

  Plausibility(Agents agents, ForecastRequest request, YearMonth birth, Timeline timeline) {
    this.agents = agents;
    this.person = request.person();
    this.birth = birth;
    this.administrations = request.administrations();
    this.observations = request.observations();
    this.timeline = timeline;
  }

  Optional<Ground> first() {
    return age()
        .or(this::size)
        .or(this::menopause)
        .or(this::onsets)
        .or(this::courses)
        .or(this::results);
  }

  private Optional<Ground> age() {
    return when(
        timeline.age(birth) > OLDEST,
        Reason.DATE_IMPLAUSIBLE,
        "person.birth",
        "Nobody is older than %d years.".formatted(OLDEST));
  }

  private Optional<Ground> size() {
    Double height = person.heightCm();
    Double weight = person.weightKg();
    return outside("person.heightCm", height, 50, 250, "cm")
        .or(() -> outside("person.weightKg", weight, 20, 400, "kg"))
        .or(
            () ->
                height == null || weight == null
                    ? Optional.empty()
                    : outside(
                        "person.weightKg",
                        weight / (height * height / 1e4),
                        LEAST_BMI,
                        LARGEST_BMI,
                        "kg/m2 for the height"));
  }

  private Optional<Ground> menopause() {
    LocalDate last = person.finalMenstrualPeriod();
    boolean male = person.sex() == SexForClinicalUse.MALE;
    return when(
            male && person.menopausalStatus() != MenopausalStatus.UNKNOWN,
            Reason.FACTS_CONTRADICT,
            "person.menopausalStatus",
            "The sex for clinical use is male.")
        .or(
            () ->
                when(
                    male && last != null,
                    Reason.FACTS_CONTRADICT,
                    "person.finalMenstrualPeriod",
                    "The sex for clinical use is male."))
        .or(
            () ->
                when(
                    last != null && last.isBefore(birth.plusYears(EARLIEST_MENOPAUSE).atDay(1)),
                    Reason.DATE_IMPLAUSIBLE,
                    "person.finalMenstrualPeriod",
                    "Lies before the age of %d years.".formatted(EARLIEST_MENOPAUSE)))
        .or(
            () ->
                when(
                    person.menopausalStatus() == MenopausalStatus.PREMENOPAUSAL
                        && last != null
                        && !last.isAfter(timeline.today()),
                    Reason.FACTS_CONTRADICT,
                    "person.finalMenstrualPeriod",
                    "There is none yet before menopause."));
  }

  private Optional<Ground> onsets() {
    return onset(
            "person.hypogonadismOnset",
            person.hypogonadismOnset(),
            person.hypogonadism() == Hypogonadism.NONE)
        .or(
            () ->
                onset(
                    "person.growthHormoneDeficiencyOnset",
                    person.growthHormoneDeficiencyOnset(),
                    person.growthHormoneDeficiency() == GrowthHormoneDeficiency.ABSENT));
  }

  private Optional<Ground> onset(String field, @Nullable LocalDate onset, boolean absent) {
    return when(
            onset != null && absent,
            Reason.FACTS_CONTRADICT,
            field,
            "There is no onset of what the patient does not have.")
        .or(
            () ->
                when(
                    onset != null && beforeBirth(onset),
                    Reason.DATE_IMPLAUSIBLE,
                    field,
                    "Lies before birth."));
  }

  private Optional<Ground> courses() {
    Optional<Ground> ground = Optional.empty();
    for (int i = 0; i < administrations.size() && ground.isEmpty(); i++) {
      Administration given = administrations.get(i);
      String at = "administrations[" + i + "]";
      List<Administration> earlier = administrations.subList(0, i);
      ground =
          course(given, at)
              .or(
                  () ->
                      when(
                          earlier.stream().anyMatch(given::repeats),
                          Reason.STATED_TWICE,
                          at,
                          "The same course is stated twice for the same days; one with the sum of"
                              + " the doses is meant, or only one of them."));
    }
    return ground;
  }

  private Optional<Ground> course(Administration given, String at) {
    LocalDate start = given.start();
    LocalDate stop = given.stop();
    return positive(at + ".dose", given.dose(), Double.MAX_VALUE)
        .or(() -> positive(at + ".intervalDays", given.intervalDays(), LONGEST_INTERVAL_DAYS))
        .or(() -> positive(at + ".expectedPerWeek", given.expectedPerWeek(), MOST_PER_WEEK))
        .or(
            () ->
                when(
                    stop != null && stop.isBefore(start),
                    Reason.DATE_IMPLAUSIBLE,
                    at + ".stop",
                    "Lies before the start."))
        .or(
            () ->
                when(
                    beforeBirth(start),
                    Reason.DATE_IMPLAUSIBLE,
                    at + ".start",
                    "Lies before birth."))
        .or(() -> tooFar(at + ".start", start))
        .or(() -> tooFar(at + ".stop", stop))
        .or(() -> tooMuch(given, at));
  }

  private Optional<Ground> tooFar(String field, @Nullable LocalDate day) {
    return when(
        day != null && day.isAfter(timeline.today().plusYears(FURTHEST_YEARS)),
        Reason.DATE_IMPLAUSIBLE,
        field,
        "Lies more than %d years ahead; what goes on has no last day.".formatted(FURTHEST_YEARS));
  }

  private Optional<Ground> tooMuch(Administration given, String at) {
    return agents
        .find(given.agent())
        .filter(agent -> agent.maxDailyDose() > 0 && agent.units().contains(given.unit()))
        .filter(
            agent ->
                agent.dailyDose(given.dose(), given.unit(), 1 / given.daysBetween())
                    > MOST_USUAL_DOSES * agent.maxDailyDose())
        .map(
            agent ->
                new Ground(
                    Reason.VALUE_IMPLAUSIBLE,
                    at + ".dose",
                    "More than %.0f times the highest usual dose of %s."
                        .formatted(MOST_USUAL_DOSES, agent.code())));
  }

  private Optional<Ground> results() {
    Set<String> ids = new HashSet<>();
    Instant born = birth.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Optional<Ground> ground = Optional.empty();
    for (int i = 0; i < observations.size() && ground.isEmpty(); i++) {
      Observation observation = observations.get(i);
      Analyte analyte = observation.analyte();
      String at = "observations[" + i + "]";
      boolean known = !ids.add(observation.id());
      ground =
          outside(
                  at + ".value",
                  observation.value(),
                  analyte.lowest(),
                  analyte.highest(),
                  analyte.unit())
              .or(
                  () ->
                      when(
                          observation.at().isBefore(born),
                          Reason.DATE_IMPLAUSIBLE,
                          at + ".at",
                          "Lies before birth."))
              .or(
                  () ->
                      when(
                          known,
                          Reason.STATED_TWICE,
                          at + ".id",
                          "Another result has the same identifier."));
    }
    return ground;
  }

  private boolean beforeBirth(LocalDate day) {
    return day.isBefore(birth.atDay(1));
  }

  private static Optional<Ground> positive(String field, @Nullable Double value, double most) {
    return when(
        value != null && !(value > 0 && value <= most),
        Reason.VALUE_IMPLAUSIBLE,
        field,
        "Must be positive%s."
            .formatted(most < Double.MAX_VALUE ? ", at most %.0f".formatted(most) : ""));
  }

  private static Optional<Ground> outside(
      String field, @Nullable Double value, double least, double most, String unit) {
    return when(
        value != null && !(value >= least && value <= most),
        Reason.VALUE_IMPLAUSIBLE,
        field,
        "Must be %s to %s %s.".formatted(least, most, unit));
  }

  private static Optional<Ground> when(boolean wrong, Reason reason, String field, String message) {
    return wrong ? Optional.of(new Ground(reason, field, message)) : Optional.empty();
  }
}
