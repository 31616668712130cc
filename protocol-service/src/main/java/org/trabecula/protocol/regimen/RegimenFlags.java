package org.trabecula.protocol.regimen;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.regulatory.Population;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.regulatory.RegulatoryQuestion;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.clinicalrules.regulatory.RegulatoryTable;
import org.trabecula.clinicalrules.safety.Plan;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.RegimenAssigned.Flag;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;
import org.trabecula.protocol.regulatory.TableInForce;

/// What the regulator whose law holds says of each agent, in the forms that its route leaves open,
/// for what it is given for and for people like the patient.
@ApplicationScoped
class RegimenFlags {
  private final TableInForce inForce;
  private final Agents agents;

  RegimenFlags(TableInForce inForce, Agents agents) {
    this.inForce = inForce;
    this.agents = agents;
  }

  /// Nothing where no law is known to hold.
  List<RegulatoryFlag> of(Plan plan, ProfileRecorded profile) {
    Region region = plan.jurisdiction();
    if (region == null) {
      return List.of();
    }
    Population population = Population.ofPatient(profile);
    RegulatoryTable table = inForce.current().table();
    return plan.steps().stream()
        .map(step -> question(region, step, population))
        .distinct()
        .flatMap(question -> table.flags(question).stream())
        .distinct()
        .toList();
  }

  private RegulatoryQuestion question(Region region, Step step, Population population) {
    return new RegulatoryQuestion(
        region,
        step.agent(),
        agents.find(step.agent()).orElseThrow().forms(step.route()),
        population,
        step.indication());
  }

  static Flag flag(RegulatoryFlag flag) {
    RegulatoryRow row = flag.row();
    return new Flag(
        flag.agent(),
        flag.region(),
        flag.status(),
        row == null ? null : row.form(),
        row == null ? null : row.populationWording(),
        row == null ? null : row.indicationWording(),
        row == null ? null : row.controlledSubstance(),
        row == null ? null : row.notes(),
        row == null ? null : row.source(),
        row == null ? null : row.confidence(),
        row == null ? null : row.asOf().toString());
  }
}
