package org.trabecula.clinicalrules.safety;

import static java.time.temporal.ChronoUnit.DAYS;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.agent.Agent.EndometrialProtection;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Cycle;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Step;

/// What rules ask about the regimen: the variable `regimen` of their conditions.
///
/// An argument `what` is the code of an agent or of a class of agents. All of it is known, except
/// what it is given for.
final class RegimenInquiry {
  /// A pause that does not end a course of treatment, and the time for which a stop is news
  /// (assumed).
  private static final int PAUSE_DAYS = 90;

  private static final double DAYS_PER_YEAR = 365.25;

  /// The unit of what a patch releases.
  private static final String RELEASED = "ug/d";

  private final Plan plan;
  private final LocalDate today;
  private final Classes classes;
  private final Log log;
  private final List<Step> steps;

  RegimenInquiry(Plan plan, LocalDate today, Classes classes, Log log) {
    this.plan = plan;
    this.today = today;
    this.classes = classes;
    this.log = log;
    this.steps = plan.from(today);
  }

  boolean includes(String what) {
    return of(what).findAny().isPresent();
  }

  boolean includes(String what, String route) {
    return of(what).anyMatch(step -> step.route() == Route.valueOf(route));
  }

  /// Whether it is all of the regimen.
  boolean only(String what) {
    return !steps.isEmpty() && steps.stream().allMatch(is(what));
  }

  /// Whether it is to stop for good within these days, by the dates of the order.
  boolean ends(String what, long days) {
    LocalDate last = today.plusDays(days);
    return of(what).map(Step::stop).allMatch(stop -> stop != null && !stop.isAfter(last));
  }

  /// How many different agents.
  long agents(String what) {
    return of(what).map(Step::agent).distinct().count();
  }

  /// Whether one is taken while the other is.
  boolean together(String one, String other) {
    return of(one).anyMatch(a -> of(other).anyMatch(b -> a != b && overlap(a, b)));
  }

  private static boolean overlap(Step one, Step other) {
    return (other.stop() == null || one.start().isBefore(other.stop()))
        && (one.stop() == null || other.start().isBefore(one.stop()));
  }

  /// Whether it was taken until lately, or until the regimen that this one replaces ended, and is
  /// in this one no longer.
  boolean stops(String what) {
    return !includes(what)
        && plan.history().stream()
            .filter(is(what))
            .map(Step::stop)
            .filter(Objects::nonNull)
            .anyMatch(stop -> stop.isAfter(today.minusDays(PAUSE_DAYS)));
  }

  /// Since the present course began, pauses included; 0 for what has not begun.
  double daysOn(String what) {
    LocalDate begun = null;
    List<Step> courses =
        Stream.concat(steps.stream(), plan.history().stream())
            .filter(is(what))
            .sorted(Comparator.comparing(Step::start).reversed())
            .toList();
    if (!includes(what)) {
      return 0;
    }
    for (Step course : courses) {
      LocalDate stop = course.stop();
      if (begun == null || stop == null || stop.plusDays(PAUSE_DAYS).isAfter(begun)) {
        begun = begun == null || course.start().isBefore(begun) ? course.start() : begun;
      }
    }
    return begun == null ? 0 : Math.max(0, DAYS.between(begun, today));
  }

  double yearsOn(String what) {
    return daysOn(what) / DAYS_PER_YEAR;
  }

  /// Whether it is given for this, as the order says.
  boolean givenFor(String what, String indication) {
    List<Step> given = of(what).toList();
    if (given.stream().anyMatch(step -> indication.equals(step.indication()))) {
      return true;
    }
    if (given.stream().anyMatch(step -> step.indication() == null)) {
      throw log.unknown("indication");
    }
    return false;
  }

  /// The most that is taken in a week at any one time, of all that it is: mg, or ug of a patch.
  double perWeek(String what, String unit) {
    return most(of(what), step -> weekly(step, unit));
  }

  /// The same by one route.
  double perWeek(String what, String unit, String route) {
    return most(
        of(what).filter(step -> step.route() == Route.valueOf(route)), step -> weekly(step, unit));
  }

  private static double most(Stream<Step> taken, ToDoubleFunction<Step> weekly) {
    List<Step> steps = taken.toList();
    return steps.stream()
        .mapToDouble(
            begins ->
                steps.stream()
                    .filter(step -> isTaken(step, begins.start()))
                    .mapToDouble(weekly)
                    .sum())
        .max()
        .orElse(0);
  }

  private static boolean isTaken(Step step, LocalDate day) {
    return !step.start().isAfter(day) && (step.stop() == null || step.stop().isAfter(day));
  }

  /// On days on which it is taken, if it is taken in cycles.
  private static double weekly(Step step, String unit) {
    double amount = amount(step.dose(), unit);
    return step.dose().unit().equals(RELEASED) ? amount * 7 : amount * 7 * timesADay(step);
  }

  private static double amount(Quantity dose, String unit) {
    boolean milligrams = dose.unit().equals("mg");
    double micrograms = dose.value().doubleValue() * (milligrams ? 1000 : 1);
    return switch (unit) {
      case "mg" -> micrograms / 1000;
      case "ug" -> micrograms;
      default -> throw new IllegalArgumentException("unit: mg or ug, not " + unit);
    };
  }

  private static double timesADay(Step step) {
    BigDecimal perWeek = step.asNeededPerWeek();
    return perWeek != null
        ? perWeek.doubleValue() / 7
        : 1 / Objects.requireNonNull(step.intervalDays()).doubleValue();
  }

  /// The longest time between two doses, in days; 0 when there is none.
  double interval(String what) {
    return of(what)
        .map(Step::intervalDays)
        .filter(Objects::nonNull)
        .mapToDouble(BigDecimal::doubleValue)
        .max()
        .orElse(0);
  }

  /// The most doses a day.
  double timesADay(String what) {
    return of(what).mapToDouble(RegimenInquiry::timesADay).max().orElse(0);
  }

  /// Whether a progestogen protects the endometrium at all times at which an estrogen is taken.
  boolean endometriumProtected() {
    return throughout("estrogen", this::protects);
  }

  /// Whether a progestogen that reaches the endometrium is taken whenever an estrogen is, whatever
  /// its dose.
  boolean progestogenReachesEndometrium() {
    return throughout("estrogen", step -> protection(step) != null);
  }

  /// Whether something of this kind is taken from now on whenever the other is.
  private boolean throughout(String what, Predicate<Step> kind) {
    List<Step> beside = steps.stream().filter(kind).toList();
    return of(what)
        .allMatch(
            step ->
                Stream.concat(
                        Stream.of(later(step.start(), today)),
                        beside.stream()
                            .map(Step::stop)
                            .filter(Objects::nonNull)
                            .filter(stop -> isTaken(step, stop)))
                    .allMatch(day -> beside.stream().anyMatch(other -> isTaken(other, day))));
  }

  private boolean protects(Step step) {
    EndometrialProtection needed = protection(step);
    if (needed == null) {
      return false;
    }
    Cycle cycle = step.cycle();
    if (needed.validDays() != null) {
      return step.start().plusDays(needed.validDays()).isAfter(today);
    }
    double daily = weekly(step, "mg") / 7;
    if (cycle == null) {
      return needed.continuousMgPerDay() != null
          && daily >= needed.continuousMgPerDay().doubleValue();
    }
    return needed.sequentialMgPerDay() != null
        && needed.sequentialDays() != null
        && daily >= needed.sequentialMgPerDay().doubleValue()
        && cycle.daysOn() * 28 >= needed.sequentialDays() * cycle.lengthDays();
  }

  private @Nullable EndometrialProtection protection(Step step) {
    Agent agent = classes.agent(step.agent());
    return agent == null ? null : agent.endometrialProtection();
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  String jurisdiction() {
    if (plan.jurisdiction() == null) {
      throw log.unknown("jurisdiction");
    }
    return plan.jurisdiction().name();
  }

  /// Codes of the agents that a rule on these speaks of; all when it names none.
  List<String> codes(List<String> whats) {
    return steps.stream()
        .filter(step -> whats.isEmpty() || whats.stream().anyMatch(what -> is(what).test(step)))
        .map(Step::agent)
        .distinct()
        .sorted()
        .toList();
  }

  private Stream<Step> of(String what) {
    return steps.stream().filter(is(what));
  }

  private Predicate<Step> is(String what) {
    return step -> classes.is(step.agent(), what);
  }
}
