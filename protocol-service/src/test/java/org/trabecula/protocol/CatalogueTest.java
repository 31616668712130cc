package org.trabecula.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.protocol.Shipped.AGENTS;
import static org.trabecula.protocol.Shipped.PROTOCOLS;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.dose.Dosing;
import org.trabecula.clinicalrules.regulatory.Population;
import org.trabecula.clinicalrules.regulatory.PublishedTable;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.regulatory.RegulatoryQuestion;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.RegulatoryStatus;
import org.trabecula.engine.AgentEvidence.Grade;
import org.trabecula.engine.Agents;
import org.trabecula.protocol.template.Protocol;

/// Agents, templates and the regulators' table, held to each other.
class CatalogueTest {
  private static final PublishedTable PUBLISHED = PublishedTable.shipped();

  static Collection<Agent> agents() {
    return AGENTS.all();
  }

  static List<Protocol> protocols() {
    return PROTOCOLS.latest();
  }

  @ParameterizedTest
  @MethodSource("agents")
  void theEngineModelsEveryAgentByEveryRouteUnlessTheFileSaysOtherwise(Agent agent) {
    if (agent.engineCode() == null) {
      assertThat(agent.noModel()).isNotBlank();
      return;
    }
    org.trabecula.engine.Agent modelled = Agents.shipped().find(agent.engineCode()).orElseThrow();
    assertThat(modelled.outsideModel()).isFalse();
    for (Route route : agent.routes()) {
      assertThat(modelled.routes()).extracting(Enum::name).contains(route.name());
      assertThat(modelled.units()).containsAll(agent.units(route));
    }
  }

  @ParameterizedTest
  @MethodSource("agents")
  void anAgentHasTheGradeOfEvidenceThatTheEngineGivesItWhereItIsKnownBest(Agent agent) {
    if (agent.engineCode() == null) {
      return;
    }
    org.trabecula.engine.Agent modelled = Agents.shipped().find(agent.engineCode()).orElseThrow();
    assertThat(agent.bmdEvidence().grade().toString())
        .isEqualTo(min(modelled.gradeWomen(), modelled.gradeMen()).name());
  }

  private static Grade min(Grade one, Grade other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  @Test
  void theTableSpeaksOfKnownAgentsOnly() {
    assertThat(PUBLISHED.table().rows())
        .extracting(RegulatoryRow::agent)
        .allMatch(AGENTS.codes()::contains);
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void aTemplateAsksForWhatItsAgentsAllow(Protocol protocol) {
    assertThat(protocol.steps())
        .allSatisfy(
            step -> {
              Agent agent = AGENTS.find(step.agent()).orElseThrow();
              assertThat(agent.routes()).contains(step.route());
              assertThat(agent.units(step.route())).contains(step.dose().unit());
              Dosing dosing = new Dosing(step.dose(), step.intervalDays(), step.asNeededPerWeek());
              assertThat(agent.doseLimits())
                  .filteredOn(limit -> limit.holdsFor(sexOf(protocol)))
                  .isNotEmpty()
                  .allSatisfy(
                      limit ->
                          assertThat(limit.normalised(dosing))
                              .isBetween(limit.usualLow(), limit.usualHigh()));
            });
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void aTemplateForAWomanWithAUterusProtectsTheEndometrium(Protocol protocol) {
    Set<String> classes = classes(protocol);

    assertThat(classes.contains("estrogen") && protocol.forWhom().uterus() == Presence.PRESENT)
        .isEqualTo(classes.contains("progestogen"));
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void noTemplateCombinesTestosteroneWithASerm(Protocol protocol) {
    assertThat(
            classes(protocol)
                .containsAll(Set.of("androgen", "selective-estrogen-receptor-modulator")))
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void aTemplateExpectsTheRegulatoryFindingsThatTheTableGivesItSomewhere(Protocol protocol) {
    Set<RegulatoryStatus> statuses = new HashSet<>();
    protocol.steps().forEach(step -> flags(protocol, step).forEach(it -> statuses.add(it)));
    Set<String> expected = new HashSet<>(protocol.expectedFindings());
    expected.removeIf(rule -> !rule.startsWith("REG-"));

    Set<String> given = new HashSet<>();
    if (statuses.contains(RegulatoryStatus.OFF_LABEL)) {
      given.add("REG-01");
    }
    if (statuses.contains(RegulatoryStatus.NOT_APPROVED)
        || statuses.contains(RegulatoryStatus.COMPOUNDED_ONLY)) {
      given.add("REG-02");
    }
    assertThat(expected).isEqualTo(given);
  }

  @Test
  void theThreeFamiliesAreThere() {
    assertThat(PROTOCOLS.latest())
        .extracting(Protocol::family)
        .contains("male", "female", "peptide");
  }

  private static Stream<RegulatoryStatus> flags(Protocol protocol, Protocol.Step step) {
    Presence uterus = protocol.forWhom().uterus();
    Population population =
        Population.ofPatient(
            sexOf(protocol),
            sexOf(protocol) == Sex.FEMALE
                ? MenopausalStatus.POSTMENOPAUSAL
                : MenopausalStatus.UNKNOWN,
            uterus == null ? Presence.UNKNOWN : uterus);
    Set<String> forms = AGENTS.find(step.agent()).orElseThrow().forms(step.route());
    return Stream.of(Region.values())
        .map(region -> new RegulatoryQuestion(region, step.agent(), forms, population, null))
        .flatMap(question -> PUBLISHED.table().flags(question).stream())
        .map(RegulatoryFlag::effectiveStatus);
  }

  private static Set<String> classes(Protocol protocol) {
    Set<String> classes = new HashSet<>();
    protocol
        .steps()
        .forEach(step -> classes.add(AGENTS.find(step.agent()).orElseThrow().agentClass()));
    return classes;
  }

  private static Sex sexOf(Protocol protocol) {
    Sex sex = protocol.forWhom().sex();
    return sex == null ? Sex.UNKNOWN : sex;
  }
}
