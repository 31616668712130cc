package org.trabecula.protocol.regimen;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.dose.Dosing;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.protocol.patient.KnownPatient;

/// One step as it was sent, and what is wrong with it.
///
/// @param path where it stands in the body; empty for a step of a template
record StepReading(String path, RegimenRequest.@Nullable Step sent) {
  private static final int YEARS_AHEAD = 1;

  /// The longest between two administrations, in days: longer is a typing error.
  private static final BigDecimal LONGEST_INTERVAL = BigDecimal.valueOf(366);

  /// The most administrations a week: every 90 minutes by pump.
  private static final BigDecimal MOST_A_WEEK = BigDecimal.valueOf(112);

  private static final BigDecimal SHORTEST_INTERVAL = new BigDecimal("0.0625");

  /// The step; null when there is something wrong with it, which is added to the violations.
  @Nullable Step read(
      Agents agents, KnownPatient patient, LocalDate today, List<Violation> violations) {
    if (sent == null) {
      violations.add(Violation.body(path, "is null"));
      return null;
    }
    int before = violations.size();
    Agent agent = agent(sent.agent(), agents, violations);
    Quantity dose = dose(sent.dose(), violations);
    Route route = sent.route();
    if (route == null) {
      violations.add(at("route", "is missing"));
    }
    Dosing dosing = dosing(sent, dose, violations);
    LocalDate start = dates(sent, patient, today, violations);
    if (agent != null && dose != null && route != null) {
      use(agent, dose, route, dosing, patient, violations);
    }
    return violations.size() > before
            || agent == null
            || dose == null
            || route == null
            || start == null
        ? null
        : new Step(
            agent.code(),
            dose,
            route,
            sent.intervalDays(),
            sent.asNeededPerWeek(),
            null,
            null,
            start,
            sent.stop());
  }

  private @Nullable Agent agent(@Nullable String code, Agents agents, List<Violation> violations) {
    Agent agent = code == null ? null : agents.find(code).orElse(null);
    if (agent == null) {
      violations.add(
          at(
              "agent",
              code == null ? "is missing" : "is unknown; allowed: " + list(agents.codes())));
    }
    return agent;
  }

  private @Nullable Quantity dose(RegimenRequest.@Nullable Dose dose, List<Violation> violations) {
    if (dose == null) {
      violations.add(at("dose", "is missing"));
      return null;
    }
    BigDecimal value = dose.value();
    if (value == null || value.signum() <= 0) {
      violations.add(at("dose.value", "must be above 0"));
    }
    if (dose.unit() == null) {
      violations.add(at("dose.unit", "is missing"));
    }
    return value == null || value.signum() <= 0 || dose.unit() == null
        ? null
        : new Quantity(value, dose.unit());
  }

  private @Nullable Dosing dosing(
      RegimenRequest.Step step, @Nullable Quantity dose, List<Violation> violations) {
    BigDecimal interval = step.intervalDays();
    BigDecimal perWeek = step.asNeededPerWeek();
    if ((interval == null) == (perWeek == null)) {
      violations.add(at("intervalDays", "either this or asNeededPerWeek is stated"));
      return null;
    }
    if (interval != null && outside(interval, SHORTEST_INTERVAL, LONGEST_INTERVAL)) {
      violations.add(at("intervalDays", "must be 0.0625 to 366 days"));
      return null;
    }
    if (perWeek != null && outside(perWeek, new BigDecimal("0.01"), MOST_A_WEEK)) {
      violations.add(at("asNeededPerWeek", "must be 0.01 to 112 a week"));
      return null;
    }
    return dose == null ? null : new Dosing(dose, interval, perWeek);
  }

  /// The start, when it is stated.
  private @Nullable LocalDate dates(
      RegimenRequest.Step step, KnownPatient patient, LocalDate today, List<Violation> violations) {
    LocalDate start = step.start();
    LocalDate stop = step.stop();
    LocalDate birth = patient.birthMonth();
    if (start == null) {
      violations.add(at("start", "is missing"));
    } else if (birth != null && start.isBefore(birth)) {
      violations.add(at("start", "is before the patient's birth"));
    } else if (start.isAfter(today.plusYears(YEARS_AHEAD))) {
      violations.add(at("start", "is more than a year ahead"));
    } else if (stop != null && !stop.isAfter(start)) {
      violations.add(at("stop", "must be after start: it is the first day without the agent"));
    }
    return start;
  }

  private void use(
      Agent agent,
      Quantity dose,
      Route route,
      @Nullable Dosing dosing,
      KnownPatient patient,
      List<Violation> violations) {
    if (!agent.routes().contains(route)) {
      violations.add(
          at(
              "route",
              "is not one of "
                  + agent.code()
                  + "; allowed: "
                  + list(agent.routes().stream().map(Route::name).toList())));
      return;
    }
    if (!agent.units(route).contains(dose.unit())) {
      violations.add(
          at(
              "dose.unit",
              "is not one of " + agent.code() + "; allowed: " + list(agent.units(route))));
      return;
    }
    String refusal = dosing == null ? null : agent.refusalOf(dosing, patient.sex());
    if (refusal != null) {
      violations.add(at("dose.value", refusal));
    }
  }

  private static boolean outside(BigDecimal value, BigDecimal low, BigDecimal high) {
    return value.compareTo(low) < 0 || value.compareTo(high) > 0;
  }

  private static String list(Collection<String> allowed) {
    return String.join(", ", allowed);
  }

  private Violation at(String field, String message) {
    return Violation.body(path.isEmpty() ? field : path + "." + field, message);
  }
}
