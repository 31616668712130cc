package org.trabecula.clinicalrules.safety;

import static java.time.temporal.ChronoUnit.DAYS;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.dose.DoseLimit;
import org.trabecula.clinicalrules.dose.Dosing;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.RegimenAssigned.Step;

/// What rules ask about one step of the regimen: the variable `step`.
///
/// @param agent null when it is not one of ours
record StepInquiry(Step step, @Nullable Agent agent, Sex sex, Log log) {

  /// Whether it is above the dose, or sooner than the interval, about which one asks.
  boolean aboveUsual() {
    if (agent == null) {
      return false;
    }
    Dosing dosing = new Dosing(step.dose(), step.intervalDays(), step.asNeededPerWeek());
    if (agent.intervalLimit() != null && agent.intervalLimit().asks(dosing, days())) {
      return true;
    }
    List<DoseLimit> above =
        agent.doseLimits().stream().filter(limit -> limit.asks(dosing)).toList();
    if (above.isEmpty()) {
      return false;
    }
    if (above.stream().anyMatch(limit -> limit.holdsFor(sex)) || above.equals(agent.doseLimits())) {
      return true;
    }
    if (sex == Sex.UNKNOWN) {
      throw log.unknown("sex");
    }
    return false;
  }

  private @Nullable Long days() {
    return step.stop() == null ? null : DAYS.between(step.start(), step.stop());
  }

  String dose() {
    return step.dose().value().stripTrailingZeros().toPlainString() + " " + step.dose().unit();
  }
}
