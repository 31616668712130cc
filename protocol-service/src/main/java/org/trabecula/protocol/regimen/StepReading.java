package org.trabecula.protocol.regimen;

import static java.time.temporal.ChronoUnit.DAYS;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.dose.DoseLimit;
import org.trabecula.clinicalrules.dose.Dosing;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Cycle;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Step;

/// One step as it was sent, and what is wrong with it. With its changes it is several steps, each
/// of which stops where the next starts.
///
/// @param path where it stands in the body, such as `steps[0]`
record StepReading(
    String path, RegimenRequest.@Nullable Step sent, OrderSetting setting, Refusals refusals) {
  static final String OF_PROTOCOL = "protocol.";

  private static final int YEARS_AHEAD = 1;
  private static final int MOST_CHANGES = 50;
  private static final int LONGEST_CYCLE = 366;

  /// The most administrations a week: every 90 minutes by pump.
  private static final BigDecimal MOST_A_WEEK = BigDecimal.valueOf(112);

  private static final BigDecimal FEWEST_A_WEEK = new BigDecimal("0.01");
  private static final BigDecimal SHORTEST_INTERVAL = new BigDecimal("0.0625");
  private static final BigDecimal LONGEST_INTERVAL = BigDecimal.valueOf(366);

  /// One dose of a step, from its first day to the day before the next.
  ///
  /// @param path where the dose is stated
  private record Phase(
      String path,
      RegimenRequest.@Nullable Dose dose,
      @Nullable BigDecimal intervalDays,
      @Nullable BigDecimal asNeededPerWeek,
      @Nullable LocalDate start,
      @Nullable LocalDate stop) {

    /// How long it goes on; null while open.
    @Nullable Long days() {
      return start == null || stop == null ? null : DAYS.between(start, stop);
    }
  }

  /// The steps in the order of their days; none when there is something wrong with any of them.
  List<Step> read() {
    if (sent == null) {
      refusals.add(path, "is null");
      return List.of();
    }
    int before = refusals.count();
    Agent agent = agent(sent.agent());
    Route route = route(sent.route(), agent);
    Cycle cycle = cycle(sent.cycle());
    String indication = indication(sent.indication());
    var steps = new ArrayList<Step>();
    for (Phase phase : phases(sent)) {
      Dosing dosing = dosing(phase, agent, route, cycle);
      if (dosing != null && agent != null && route != null && phase.start() != null) {
        steps.add(
            new Step(
                agent.code(),
                dosing.dose(),
                route,
                dosing.intervalDays(),
                dosing.perWeek(),
                cycle,
                indication,
                phase.start(),
                phase.stop()));
      }
    }
    return refusals.count() > before ? List.of() : List.copyOf(steps);
  }

  private @Nullable Agent agent(@Nullable String code) {
    if (code == null) {
      refusals.add(at("agent"), "is missing");
      return null;
    }
    Agent agent = setting.agents().find(code).orElse(null);
    if (agent == null) {
      refusals.add(
          at("agent"),
          Refusals.AGENT,
          "is unknown; allowed: " + Refusals.list(setting.agents().codes()));
    }
    return agent;
  }

  private @Nullable Route route(@Nullable String name, @Nullable Agent agent) {
    if (name == null) {
      refusals.add(at("route"), "is missing");
      return null;
    }
    Route route =
        Arrays.stream(Route.values()).filter(it -> it.name().equals(name)).findFirst().orElse(null);
    if (route == null) {
      refusals.add(
          at("route"),
          Refusals.ROUTE,
          "is unknown; allowed: "
              + Refusals.list(agent == null ? List.of(Route.values()) : agent.routes()));
    } else if (agent != null && !agent.routes().contains(route)) {
      refusals.add(
          at("route"),
          Refusals.ROUTE,
          "is not one of " + agent.code() + "; allowed: " + Refusals.list(agent.routes()));
    }
    return route;
  }

  private @Nullable Cycle cycle(RegimenRequest.@Nullable Cycle cycle) {
    if (cycle == null) {
      return null;
    }
    Integer on = cycle.daysOn();
    Integer length = cycle.lengthDays();
    if (on == null || on < 1) {
      refusals.add(at("cycle.daysOn"), "must be 1 or more");
      return null;
    }
    if (length == null || length < 2 || length > LONGEST_CYCLE) {
      refusals.add(at("cycle.lengthDays"), "must be 2 to " + LONGEST_CYCLE + " days");
      return null;
    }
    if (on > length) {
      refusals.add(
          at("cycle.daysOn"),
          Refusals.DATES,
          "%d days are more than the %d of the cycle".formatted(on, length));
      return null;
    }
    return new Cycle(on, length);
  }

  private @Nullable String indication(@Nullable String code) {
    if (code == null) {
      return setting.indication();
    }
    if (!setting.indications().contains(code)) {
      refusals.add(
          at("indication"),
          Refusals.INDICATION,
          "is unknown; allowed: " + Refusals.list(setting.indications()));
    }
    return code;
  }

  /// The step as it is first taken, and each of its changes.
  private List<Phase> phases(RegimenRequest.Step step) {
    dates(step);
    List<RegimenRequest.@Nullable Change> changes =
        step.changes() == null ? List.of() : step.changes();
    if (changes.size() > MOST_CHANGES) {
      refusals.add(at("changes"), "must be at most " + MOST_CHANGES);
      return List.of();
    }
    var phases = new ArrayList<Phase>();
    var phase =
        new Phase(
            path,
            step.dose(),
            step.intervalDays(),
            step.asNeededPerWeek(),
            step.start(),
            step.stop());
    for (int i = 0; i < changes.size(); i++) {
      RegimenRequest.Change change = changes.get(i);
      String where = at("changes[" + i + "]");
      if (change == null) {
        refusals.add(where, "is null");
        continue;
      }
      LocalDate on = day(change, where, phase.start(), step.stop());
      phases.add(
          new Phase(
              phase.path(),
              phase.dose(),
              phase.intervalDays(),
              phase.asNeededPerWeek(),
              phase.start(),
              on));
      boolean asOften = change.intervalDays() == null && change.asNeededPerWeek() == null;
      phase =
          new Phase(
              where,
              change.dose(),
              asOften ? phase.intervalDays() : change.intervalDays(),
              asOften ? phase.asNeededPerWeek() : change.asNeededPerWeek(),
              on,
              step.stop());
    }
    phases.add(phase);
    return phases;
  }

  private void dates(RegimenRequest.Step step) {
    LocalDate start = step.start();
    LocalDate stop = step.stop();
    if (start == null) {
      refusals.add(start(), "is missing");
    } else if (setting.birth() != null && start.isBefore(setting.birth())) {
      refusals.add(start(), Refusals.DATES, "is before the patient's birth");
    } else if (start.isAfter(setting.today().plusYears(YEARS_AHEAD))) {
      refusals.add(start(), Refusals.DATES, "is more than a year ahead");
    } else if (stop != null && !stop.isAfter(start)) {
      refusals.add(
          at("stop"), Refusals.DATES, "must be after start: it is the first day without the agent");
    }
  }

  /// The first day of a change: after the one before it, and before the stop.
  private @Nullable LocalDate day(
      RegimenRequest.Change change,
      String where,
      @Nullable LocalDate before,
      @Nullable LocalDate stop) {
    LocalDate on = change.on();
    if (on == null) {
      refusals.add(where + ".on", "is missing");
    } else if (before != null && !on.isAfter(before)) {
      refusals.add(where + ".on", Refusals.DATES, "must be after " + before);
      return null;
    } else if (stop != null && !on.isBefore(stop)) {
      refusals.add(where + ".on", Refusals.DATES, "must be before the stop, " + stop);
      return null;
    }
    return on;
  }

  private @Nullable Dosing dosing(
      Phase phase, @Nullable Agent agent, @Nullable Route route, @Nullable Cycle cycle) {
    var reading = new DoseReading(phase.path() + ".dose", phase.dose(), refusals);
    Quantity dose = reading.read(agent, route);
    boolean frequency = frequency(phase, agent, cycle);
    if (dose == null || !frequency) {
      return null;
    }
    var dosing = new Dosing(dose, phase.intervalDays(), phase.asNeededPerWeek());
    if (agent == null || route == null || !agent.routes().contains(route)) {
      return null;
    }
    if (!reading.isOneOf(agent, route, dosing, setting.sex())) {
      return null;
    }
    String refusal = agent.refusalOf(dosing, setting.sex(), phase.days());
    if (refusal != null) {
      refusals.add(
          phase.path() + ".dose.value",
          DoseLimit.RULE,
          refusal + DoseReading.hint(agent, route, dosing, setting.sex()));
      return null;
    }
    return dosing;
  }

  private boolean frequency(Phase phase, @Nullable Agent agent, @Nullable Cycle cycle) {
    BigDecimal interval = phase.intervalDays();
    BigDecimal perWeek = phase.asNeededPerWeek();
    if ((interval == null) == (perWeek == null)) {
      refusals.add(phase.path() + ".intervalDays", "either this or asNeededPerWeek is stated");
      return false;
    }
    if (interval == null) {
      return perWeek(phase.path(), Objects.requireNonNull(perWeek));
    }
    return interval(phase, interval, agent, cycle);
  }

  private boolean perWeek(String where, BigDecimal perWeek) {
    if (outside(perWeek, FEWEST_A_WEEK, MOST_A_WEEK)) {
      refusals.add(where + ".asNeededPerWeek", "must be 0.01 to 112 a week");
      return false;
    }
    return true;
  }

  private boolean interval(
      Phase phase, BigDecimal interval, @Nullable Agent agent, @Nullable Cycle cycle) {
    String where = phase.path() + ".intervalDays";
    BigDecimal longest = agent == null ? LONGEST_INTERVAL : agent.longestInterval();
    if (outside(interval, SHORTEST_INTERVAL, longest)) {
      refusals.add(where, "must be 0.0625 to " + longest + " days");
      return false;
    }
    Long days = phase.days();
    if (days != null && days > 0 && interval.compareTo(BigDecimal.valueOf(days)) > 0) {
      refusals.add(where, Refusals.DATES, "is longer than the " + days + " days that it goes on");
      return false;
    }
    if (cycle != null && interval.compareTo(BigDecimal.valueOf(cycle.daysOn())) > 0) {
      refusals.add(
          where, Refusals.DATES, "is longer than the " + cycle.daysOn() + " days of a cycle");
      return false;
    }
    return true;
  }

  private static boolean outside(BigDecimal value, BigDecimal low, BigDecimal high) {
    return value.compareTo(low) < 0 || value.compareTo(high) > 0;
  }

  /// Of a template's step, the start is stated for the whole.
  private String start() {
    return path.startsWith(OF_PROTOCOL) ? "start" : at("start");
  }

  private String at(String field) {
    return path + "." + field;
  }
}
