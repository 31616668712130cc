package org.trabecula.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.protocol.Shipped.AGENTS;
import static org.trabecula.protocol.Shipped.PROTOCOLS;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trabecula.clinicalrules.ShippedData;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.agent.HistoryAgent;
import org.trabecula.clinicalrules.dose.Dosing;
import org.trabecula.clinicalrules.regulatory.Population;
import org.trabecula.clinicalrules.regulatory.PublishedTable;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.regulatory.RegulatoryQuestion;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Quantity;
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

  /// Every published version.
  static List<Protocol> protocols() {
    return PROTOCOLS.latest().stream()
        .flatMap(latest -> PROTOCOLS.versions(latest.code()).stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("agents")
  void theEngineModelsEveryAgentByEveryRouteUnlessTheFileSaysOtherwise(Agent agent) {
    if (agent.engineCode() == null) {
      assertThat(agent.noModel()).isNotBlank();
      assertThat(Agents.shipped().find(agent.code())).isEmpty();
      return;
    }
    org.trabecula.engine.Agent modelled = Agents.shipped().find(agent.engineCode()).orElseThrow();
    assertThat(modelled.outsideModel()).isEqualTo(agent.noModel() != null);
    if (modelled.outsideModel()) {
      return;
    }
    for (Route route : agent.routes()) {
      assertThat(modelled.routes()).extracting(Enum::name).contains(route.name());
      assertThat(modelled.units()).containsAll(agent.units(route));
    }
  }

  @Test
  void everyAgentOfTheEngineIsOrderedHereOrKnownFromHistory() {
    Set<String> known = new TreeSet<>();
    agents().forEach(agent -> known.add(String.valueOf(agent.engineCode())));
    history().forEach(agent -> known.add(String.valueOf(agent.engineCode())));

    assertThat(Agents.shipped().codes()).isSubsetOf(known);
  }

  static List<HistoryAgent> history() {
    return List.of(
        ShippedData.read(
            "history-agents.json", ShippedData.file("history-agents.json"), HistoryAgent[].class));
  }

  @ParameterizedTest
  @MethodSource("history")
  void whatIsKnownFromHistoryIsNotOrderedAndHasTheEnginesCodeWhereItHasOne(HistoryAgent agent) {
    assertThat(AGENTS.find(agent.code())).isEmpty();
    assertThat(Agents.shipped().find(agent.code()).map(org.trabecula.engine.Agent::code))
        .isEqualTo(Optional.ofNullable(agent.engineCode()));
    assertThat(List.of(agent.display(), agent.agentClass(), agent.source(), agent.provenance()))
        .doesNotContain("");
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

  @ParameterizedTest
  @MethodSource("agents")
  void aLimitIsInAUnitThatEveryDoseOfTheAgentComparesWith(Agent agent) {
    for (Route route : agent.routes()) {
      for (String unit : agent.units(route)) {
        var dosing = new Dosing(new Quantity(BigDecimal.ONE, unit), BigDecimal.ONE, null);
        assertThat(agent.doseLimits()).allSatisfy(limit -> limit.normalised(dosing));
      }
    }
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
              assertThat(dosings(step))
                  .allSatisfy(
                      dosing ->
                          assertThat(agent.doseLimits())
                              .filteredOn(limit -> limit.holdsFor(sexOf(protocol)))
                              .isNotEmpty()
                              .allSatisfy(
                                  limit ->
                                      assertThat(limit.normalised(dosing))
                                          .isBetween(limit.usualLow(), limit.usualHigh())));
            });
  }

  private static List<Dosing> dosings(Protocol.Step step) {
    var dosings = new ArrayList<Dosing>();
    dosings.add(new Dosing(step.dose(), step.intervalDays(), step.asNeededPerWeek()));
    for (Protocol.Change change : step.changes()) {
      boolean asOften = change.intervalDays() == null && change.asNeededPerWeek() == null;
      dosings.add(
          asOften
              ? dosings.getLast().of(change.dose())
              : new Dosing(change.dose(), change.intervalDays(), change.asNeededPerWeek()));
    }
    return dosings;
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void aTemplateForAWomanWithAUterusProtectsTheEndometriumAndNoOtherDoes(Protocol protocol) {
    boolean estrogen = protocol.steps().stream().anyMatch(step -> isA("estrogen", step));
    boolean isProtected =
        protocol.steps().stream()
            .map(step -> AGENTS.find(step.agent()).orElseThrow())
            .anyMatch(agent -> agent.endometrialProtection() != null);

    assertThat(estrogen && protocol.forWhom().uterus() == Presence.PRESENT).isEqualTo(isProtected);
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void noTemplateGivesTestosteroneAndASermAtOnce(Protocol protocol) {
    for (Protocol.Step androgen : protocol.steps()) {
      for (Protocol.Step serm : protocol.steps()) {
        if (isA("androgen", androgen) && isA("selective-estrogen-receptor-modulator", serm)) {
          assertThat(androgen.stopAfterDays()).isNotNull();
          assertThat(serm.startAfterDays()).isGreaterThanOrEqualTo(androgen.stopAfterDays());
        }
      }
    }
  }

  private static boolean isA(String agentClass, Protocol.Step step) {
    return AGENTS.find(step.agent()).orElseThrow().agentClass().equals(agentClass);
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

  @Test
  void theLatestVersionIsTheOneThatIsFound() {
    assertThat(PROTOCOLS.versions("mht-patch")).extracting(Protocol::version).containsExactly(1, 2);
    assertThat(PROTOCOLS.find("mht-patch", null).orElseThrow().version()).isEqualTo(2);
    assertThat(PROTOCOLS.find("mht-patch", 1).orElseThrow().version()).isEqualTo(1);
    assertThat(PROTOCOLS.find("mht-patch", 3)).isEmpty();
    assertThat(PROTOCOLS.find("none", null)).isEmpty();
    assertThat(PROTOCOLS.versions("none")).isEmpty();
    assertThat(PROTOCOLS.latest())
        .filteredOn(protocol -> protocol.code().equals("mht-patch"))
        .extracting(Protocol::version)
        .containsExactly(2);
    assertThat(PROTOCOLS.latest()).extracting(Protocol::code).isSorted().doesNotHaveDuplicates();
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
        .map(
            region ->
                new RegulatoryQuestion(region, step.agent(), forms, population, step.indication()))
        .flatMap(question -> PUBLISHED.table().flags(question).stream())
        .map(RegulatoryFlag::effectiveStatus);
  }

  private static Sex sexOf(Protocol protocol) {
    Sex sex = protocol.forWhom().sex();
    return sex == null ? Sex.UNKNOWN : sex;
  }
}
