package org.trabecula.clinicalrules.safety;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;

/// A regimen as the rules see it: one that is active, one that is asked for, or one that is only
/// thought of.
///
/// @param steps what is or will be taken; those that are over do not count
/// @param history what was taken before, the regimen that this one replaces included
/// @param jurisdiction whose prescribing law holds; unknown when null
public record Plan(List<Step> steps, List<Step> history, @Nullable Region jurisdiction) {
  public Plan {
    steps = List.copyOf(steps);
    history = List.copyOf(history);
  }

  /// The steps that are taken on a day or will be later.
  List<Step> from(LocalDate day) {
    return steps.stream().filter(step -> step.stop() == null || step.stop().isAfter(day)).toList();
  }
}
