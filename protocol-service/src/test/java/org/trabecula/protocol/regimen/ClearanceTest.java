package org.trabecula.protocol.regimen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.safety.Rule;
import org.trabecula.clinicalrules.safety.RuleSet;
import org.trabecula.clinicalrules.safety.Ruling;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Severity;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.protocol.regimen.Clearance.Orderer;

/// What lets an order through although rules block it.
class ClearanceTest {
  private static final Orderer PRESCRIBER = new Orderer("p", true);
  private static final Orderer CLINICIAN = new Orderer("c", false);
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final RuleSet RULES = RuleSet.shipped(Agents.shipped());
  private static final Ruling SOFT = ruling(rule(false));
  private static final Ruling HARD = ruling(rule(true));

  @Test
  void whatNothingBlocksNeedsNoOverride() {
    assertThat(clear(List.of(), List.of(), CLINICIAN)).isEmpty();
  }

  @Test
  void whatBlocksIsRefusedWithItsRuleItsMessageAndAllFindings() {
    HttpProblem problem = refusal(List.of(SOFT, HARD), List.of(), PRESCRIBER);

    assertThat(problem.getStatusCode()).isEqualTo(422);
    assertThat(violations(problem))
        .extracting(Violation::rule)
        .containsExactly(SOFT.finding().rule(), HARD.finding().rule());
    assertThat(violations(problem)).extracting(Violation::field).containsOnly("steps");
    assertThat(violations(problem))
        .extracting(Violation::message)
        .contains(SOFT.finding().message());
    assertThat(problem.getParameters())
        .containsEntry("findings", List.of(SOFT.finding(), HARD.finding()));
  }

  @Test
  void aPrescriberSetsARuleAsideAndTheRecordSaysWhoAndWhy() {
    assertThat(clear(List.of(SOFT), List.of(override(SOFT)), PRESCRIBER))
        .containsExactly(
            new SetAside(SOFT.finding().rule(), "a good reason", "p", "prescriber", NOW));
  }

  @Test
  void nobodyElseDoes() {
    HttpProblem problem = refusal(List.of(SOFT), List.of(override(SOFT)), CLINICIAN);

    assertThat(violations(problem))
        .extracting(Violation::field)
        .containsExactly("overrides[0].rule", "steps");
    assertThat(violations(problem).getFirst().message()).contains("prescriber");
  }

  @Test
  void noReasonSetsAHardRuleAside() {
    HttpProblem problem =
        refusal(List.of(SOFT, HARD), List.of(override(SOFT), override(HARD)), PRESCRIBER);

    assertThat(violations(problem))
        .extracting(Violation::field, Violation::rule)
        .containsExactly(
            tuple("overrides[1].rule", HARD.finding().rule()),
            tuple("steps", HARD.finding().rule()));
    assertThat(violations(problem).getFirst().message()).isEqualTo("cannot be set aside");
  }

  @Test
  void anOverrideOfWhatBlocksNothingIsRefused() {
    HttpProblem problem = refusal(List.of(), List.of(override(SOFT)), PRESCRIBER);

    assertThat(violations(problem).getFirst().message()).contains("blocks nothing");
  }

  @Test
  void anOverrideCarriesItsReasonOnTheFinding() {
    Finding finding = new SetAside("X-01", "because", "p", "prescriber", NOW).on(SOFT.finding());

    assertThat(finding.override()).isNotNull();
    assertThat(finding.override().reason()).isEqualTo("because");
    assertThat(finding.override().role()).isEqualTo("prescriber");
    assertThat(finding.override().at()).isEqualTo(NOW);
    assertThat(finding.message()).isEqualTo(SOFT.finding().message());
    assertThat(finding.basis()).isEqualTo(SOFT.finding().basis());
  }

  private static List<SetAside> clear(
      List<Ruling> blocking, List<RegimenOrder.Override> overrides, Orderer orderer) {
    return Clearance.clear(
        blocking, blocking.stream().map(Ruling::finding).toList(), overrides, orderer, NOW);
  }

  private static HttpProblem refusal(
      List<Ruling> blocking, List<RegimenOrder.Override> overrides, Orderer orderer) {
    HttpProblem problem =
        catchThrowableOfType(HttpProblem.class, () -> clear(blocking, overrides, orderer));
    assertThat(problem).isNotNull();
    return problem;
  }

  @SuppressWarnings("unchecked")
  private static List<Violation> violations(HttpProblem problem) {
    return (List<Violation>) problem.getParameters().get("violations");
  }

  private static RegimenOrder.Override override(Ruling ruling) {
    return new RegimenOrder.Override(ruling.finding().rule(), "a good reason");
  }

  private static Rule rule(boolean hard) {
    return RULES.rules().stream()
        .filter(rule -> rule.severity() == Severity.BLOCK && rule.hard() == hard)
        .findFirst()
        .orElseThrow();
  }

  private static Ruling ruling(Rule rule) {
    return new Ruling(
        new Finding(
            rule.id(),
            Severity.BLOCK,
            rule.message(),
            "evidence",
            List.of(),
            List.of(),
            List.of(),
            null),
        rule);
  }
}
