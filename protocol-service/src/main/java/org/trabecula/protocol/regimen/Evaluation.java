package org.trabecula.protocol.regimen;

import java.util.List;
import org.trabecula.clinicalrules.safety.Plan;
import org.trabecula.clinicalrules.safety.Ruling;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Flag;

/// What rules and regulators say of a plan, for one patient on one day.
///
/// @param ruleSet version of the rules that were asked
public record Evaluation(Plan plan, String ruleSet, List<Ruling> rulings, List<Flag> flags) {

  public List<Finding> findings() {
    return rulings.stream().map(Ruling::finding).toList();
  }
}
