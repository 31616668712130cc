package org.trabecula.protocol.regimen;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.safety.Chart;
import org.trabecula.clinicalrules.safety.Plan;
import org.trabecula.clinicalrules.safety.RuleSet;
import org.trabecula.clinicalrules.safety.Ruling;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;
import org.trabecula.protocol.patient.Known;

/// Asks rules and regulators about a plan. Nothing is stored and nothing is looked up but the
/// regulators' table.
@ApplicationScoped
public class Evaluations {
  private final RuleSet rules;
  private final RegimenFlags flags;
  private final Clock clock = Clock.systemUTC();

  Evaluations(RuleSet rules, RegimenFlags flags) {
    this.rules = rules;
    this.flags = flags;
  }

  public String ruleSet() {
    return rules.version();
  }

  /// @param steps what is or would be taken
  /// @param history what was taken before
  /// @param ordered whose law holds by the order; the clinic's or the patient's when null
  public Evaluation of(
      Known known, List<Step> steps, List<Step> history, @Nullable Region ordered) {
    Plan plan = new Plan(steps, history, known.jurisdiction(ordered));
    Chart chart = known.chart(clock);
    List<RegulatoryFlag> said = flags.of(plan, known.profile());
    return new Evaluation(
        plan,
        rules.version(),
        rules.evaluate(chart, plan, said),
        said.stream().map(RegimenFlags::flag).distinct().toList());
  }

  /// What keeps a plan from becoming active, whatever anybody sets aside.
  ///
  /// @param former steps of the regimen that it would replace; null when there is none
  List<Ruling> blocking(Known known, Evaluation evaluation, @Nullable List<Step> former) {
    Plan plan = evaluation.plan();
    Plan before = former == null ? null : new Plan(former, List.of(), plan.jurisdiction());
    return evaluation.rulings().stream()
        .filter(ruling -> rules.blocks(ruling, plan, before, known.chart(clock).today()))
        .toList();
  }
}
