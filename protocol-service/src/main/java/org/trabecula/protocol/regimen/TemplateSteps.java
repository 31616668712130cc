package org.trabecula.protocol.regimen;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.trabecula.protocol.template.Protocol;

/// A template's step on the days that its start puts it on.
final class TemplateSteps {
  private TemplateSteps() {}

  static RegimenRequest.Step from(Protocol.Step step, LocalDate start) {
    LocalDate first = step.startAfterDays() == null ? start : start.plusDays(step.startAfterDays());
    return new RegimenRequest.Step(
        step.agent(),
        new RegimenRequest.Dose(step.dose().value(), step.dose().unit(), null),
        step.route().name(),
        step.intervalDays(),
        step.asNeededPerWeek(),
        cycle(step),
        step.indication(),
        first,
        step.stopAfterDays() == null ? null : start.plusDays(step.stopAfterDays()),
        step.changes().stream().map(change -> change(change, first)).toList());
  }

  private static RegimenRequest.@Nullable Cycle cycle(Protocol.Step step) {
    return step.cycle() == null
        ? null
        : new RegimenRequest.Cycle(step.cycle().daysOn(), step.cycle().lengthDays());
  }

  private static RegimenRequest.Change change(Protocol.Change change, LocalDate first) {
    return new RegimenRequest.Change(
        first.plusDays(change.afterDays()),
        new RegimenRequest.Dose(change.dose().value(), change.dose().unit(), null),
        change.intervalDays(),
        change.asNeededPerWeek());
  }
}
