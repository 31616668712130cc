package org.trabecula.protocol.regimen;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.regulatory.RegulatoryQuestion;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.clinicalrules.regulatory.RegulatoryTable;
import org.trabecula.contracts.RegimenAssigned.Flag;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;
import org.trabecula.protocol.patient.KnownPatient;
import org.trabecula.protocol.regulatory.TableInForce;

/// What the regulator where the patient is treated says of each agent, in the forms that its route
/// leaves open and for people like the patient.
@ApplicationScoped
class RegimenFlags {
  private final TableInForce inForce;
  private final Agents agents;

  RegimenFlags(TableInForce inForce, Agents agents) {
    this.inForce = inForce;
    this.agents = agents;
  }

  List<Flag> of(List<Step> steps, KnownPatient patient) {
    Region region = patient.region();
    if (region == null) {
      return List.of();
    }
    RegulatoryTable table = inForce.current().table();
    return steps.stream()
        .flatMap(step -> table.flags(question(region, step, patient)).stream())
        .map(RegimenFlags::flag)
        .distinct()
        .toList();
  }

  private RegulatoryQuestion question(Region region, Step step, KnownPatient patient) {
    return new RegulatoryQuestion(
        region,
        step.agent(),
        agents.find(step.agent()).orElseThrow().forms(step.route()),
        patient.population(),
        step.indication());
  }

  private static Flag flag(RegulatoryFlag flag) {
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
