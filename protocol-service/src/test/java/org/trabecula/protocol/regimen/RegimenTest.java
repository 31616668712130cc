package org.trabecula.protocol.regimen;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trabecula.clinicalrules.safety.Plan;
import org.trabecula.clinicalrules.safety.Ruling;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Flag;
import org.trabecula.contracts.RegimenAssigned.Overridden;
import org.trabecula.contracts.RegimenAssigned.Protocol;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Severity;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.RegulatoryStatus;

class RegimenTest {
  private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
  private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);
  private static final LocalDate SEPTEMBER = LocalDate.of(2026, 9, 1);

  private static final Instant LATER = Instant.parse("2026-11-24T10:00:00Z");
  private static final Flag FLAG =
      new Flag(
          "estradiol-gel",
          Region.UK,
          RegulatoryStatus.UNKNOWN,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);

  @Test
  void anOpenStepStopsWhereTheRegimenEnds() {
    assertThat(ended(JUNE, step(MARCH, null)).taken()).containsExactly(step(MARCH, JUNE));
  }

  @Test
  void aStepThatStoppedBeforeKeepsItsStop() {
    assertThat(ended(SEPTEMBER, step(MARCH, JUNE)).taken()).containsExactly(step(MARCH, JUNE));
  }

  @Test
  void aStepThatWouldHaveGoneOnIsCutShort() {
    assertThat(ended(JUNE, step(MARCH, SEPTEMBER)).taken()).containsExactly(step(MARCH, JUNE));
  }

  @Test
  void aStepThatHadNotBegunWasNeverTaken() {
    assertThat(ended(JUNE, step(MARCH, null), step(JUNE, null), step(SEPTEMBER, null)).taken())
        .containsExactly(step(MARCH, JUNE));
  }

  @Test
  void anActiveRegimenIsTakenAsItWasOrdered() {
    Regimen regimen = regimen(step(MARCH, null));

    assertThat(regimen.active()).isTrue();
    assertThat(regimen.taken()).isEqualTo(regimen.steps);
    assertThat(regimen.start()).isEqualTo(MARCH);
  }

  @Test
  void whatRulesSayIsNewsOnlyWhenItIsSomethingElse() {
    Regimen regimen = regimen(step(MARCH, null));

    assertThat(regimen.take(evaluation("1", finding("A-01")), LATER)).isTrue();
    assertThat(regimen.findings).containsExactly(finding("A-01"));
    assertThat(regimen.ruleSet).isEqualTo("1");
    assertThat(regimen.jurisdiction).isEqualTo(Region.UK);
    assertThat(regimen.evaluatedAt).isEqualTo(LATER);
    regimen.dueAt = LATER;
    assertThat(regimen.take(evaluation("1", finding("A-01")), LATER)).isFalse();
    assertThat(regimen.dueAt).isNull();
    assertThat(regimen.take(evaluation("1", finding("A-02")), LATER)).isTrue();
    assertThat(regimen.take(evaluation("2", finding("A-02")), LATER)).isTrue();
    assertThat(regimen.take(flagged("2", finding("A-02")), LATER)).isTrue();
    assertThat(regimen.flags).containsExactly(FLAG);
  }

  @Test
  void aRuleThatIsSetAsideSaysSoOnItsFindingOnly() {
    Regimen regimen = regimen(step(MARCH, null));
    regimen.take(evaluation("1", finding("A-01"), finding("A-02")), LATER);
    regimen.overrides = List.of(new SetAside("A-02", "reason", "p", "prescriber", LATER));

    assertThat(regimen.stated()).extracting(Finding::rule).containsExactly("A-01", "A-02");
    assertThat(regimen.stated().getFirst().override()).isNull();
    assertThat(regimen.stated().getLast().override())
        .isEqualTo(new Overridden("reason", "prescriber", LATER));
  }

  @Test
  void whatWasReadIsNotedOnce() {
    Regimen regimen = regimen(step(MARCH, null));

    regimen.acknowledge(List.of("A-01"), "c", Instant.EPOCH);
    regimen.acknowledge(List.of("A-01", "A-02"), "d", LATER);

    assertThat(regimen.acknowledged)
        .containsExactly(
            new Regimen.Acknowledged("A-01", "c", Instant.EPOCH),
            new Regimen.Acknowledged("A-02", "d", LATER));
  }

  @Test
  void theEventSaysWhatIsTakenAndWhatWasFound() {
    Regimen regimen =
        new Regimen(
            UUID.randomUUID(),
            3,
            new RegimenOrder(
                new Protocol("code", 2),
                Region.JP,
                List.of(step(MARCH, null)),
                List.of(),
                List.of()),
            Instant.EPOCH);

    assertThat(regimen.event(List.of()).findings()).isNull();
    regimen.take(flagged("1", finding("A-01")), LATER);
    RegimenAssigned event = regimen.event(List.of(step(MARCH, JUNE)));

    assertThat(event.regimenId()).isEqualTo(regimen.id);
    assertThat(event.patientId()).isEqualTo(regimen.patientId);
    assertThat(event.version()).isEqualTo(3);
    assertThat(event.protocol()).isEqualTo(new Protocol("code", 2));
    assertThat(event.steps()).containsExactly(step(MARCH, null));
    assertThat(event.history()).containsExactly(step(MARCH, JUNE));
    assertThat(event.flags()).containsExactly(FLAG);
    assertThat(event.jurisdiction()).isEqualTo(Region.UK);
    assertThat(regimen.orderedJurisdiction).isEqualTo(Region.JP);
    assertThat(event.ruleSet()).isEqualTo("1");
    assertThat(event.findings()).containsExactly(finding("A-01"));
    assertThat(event.assignedAt()).isEqualTo(Instant.EPOCH);
  }

  private static Evaluation evaluation(String ruleSet, Finding... findings) {
    return new Evaluation(
        new Plan(List.of(), List.of(), Region.UK),
        ruleSet,
        Stream.of(findings).map(finding -> new Ruling(finding, null)).toList(),
        List.of());
  }

  private static Evaluation flagged(String ruleSet, Finding finding) {
    Evaluation unflagged = evaluation(ruleSet, finding);
    return new Evaluation(unflagged.plan(), ruleSet, unflagged.rulings(), List.of(FLAG));
  }

  private static Finding finding(String rule) {
    return new Finding(
        rule, Severity.WARN, "message", "evidence", List.of(), List.of(), List.of(), null);
  }

  private static Regimen ended(LocalDate day, Step... steps) {
    Regimen regimen = regimen(steps);
    regimen.end(day, "test", 2, Instant.EPOCH);
    return regimen;
  }

  private static Regimen regimen(Step... steps) {
    return new Regimen(
        UUID.randomUUID(),
        1,
        new RegimenOrder(null, null, List.of(steps), List.of(), List.of()),
        Instant.EPOCH);
  }

  private static Step step(LocalDate start, @Nullable LocalDate stop) {
    return new Step(
        "estradiol-gel",
        new Quantity(BigDecimal.ONE, "mg"),
        Route.TRANSDERMAL,
        BigDecimal.ONE,
        null,
        null,
        null,
        start,
        stop);
  }
}
