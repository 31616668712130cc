package org.trabecula.clinicalrules.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.safety.Rule.Blocks;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.GrowthHormoneDeficiency;
import org.trabecula.contracts.ProfileRecorded.Hypogonadism;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Menopause;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.ProfileRecorded.Smoking;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Severity;
import org.trabecula.contracts.RegimenAssigned.Step;

/// How rules are asked: severity, what is unknown, and what a finding says.
class RuleSetTest {
  private static final RuleSet RULES = RuleSet.shipped(Agents.shipped());
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

  @Test
  void whatNobodyHasStatedAboutTheUterusBlocksUnopposedEstrogen() {
    List<Finding> findings = findings(woman(Presence.UNKNOWN), patch());

    assertThat(findings)
        .filteredOn(finding -> finding.rule().equals("HRT-01"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.BLOCK);
              assertThat(finding.missing()).containsExactly("uterus");
              assertThat(finding.agents()).containsExactly("estradiol-patch");
            });
  }

  @Test
  void aMissingFactOfABlockingRuleIsNamedInTheFindingOnMissingFacts() {
    Step tablet = step("estradiol-oral", "1", "mg", Route.ORAL);

    assertThat(findings(woman(Presence.ABSENT), tablet))
        .filteredOn(finding -> finding.rule().equals(RuleSet.MISSING))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARN);
              assertThat(finding.missing()).contains("venous-thromboembolism", "thrombophilia");
              assertThat(finding.message()).contains("HRT-06a");
            });
  }

  @Test
  void aFactThatIsKnownIsNamedWithItsDate() {
    ProfileRecorded woman =
        woman(
            Presence.ABSENT,
            new Fact(
                "venous-thromboembolism", Presence.PRESENT, null, null, "2019-05", null, TODAY));

    assertThat(findings(woman, step("estradiol-oral", "1", "mg", Route.ORAL)))
        .filteredOn(finding -> finding.rule().equals("HRT-06a"))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.basis())
                    .anySatisfy(
                        basis -> {
                          assertThat(basis.fact()).isEqualTo("venous-thromboembolism");
                          assertThat(basis.on()).isEqualTo(TODAY);
                        }));
  }

  @Test
  void aRuleBlocksAnyRegimenOnlyOneThatGoesOnOrOnlyOneThatEscalates() {
    Plan fifty = testosterone("50");
    Plan hundred = testosterone("100");

    assertThat(blocks(null, fifty, hundred)).isTrue();
    assertThat(blocks(null, fifty, null)).isTrue();
    assertThat(blocks(Blocks.CONTINUATION, fifty, hundred)).isFalse();
    assertThat(blocks(Blocks.CONTINUATION, hundred, hundred)).isTrue();
    assertThat(blocks(Blocks.CONTINUATION, hundred, fifty)).isTrue();
    assertThat(blocks(Blocks.CONTINUATION, fifty, null)).isTrue();
    assertThat(blocks(Blocks.ESCALATION, fifty, hundred)).isFalse();
    assertThat(blocks(Blocks.ESCALATION, hundred, hundred)).isFalse();
    assertThat(blocks(Blocks.ESCALATION, hundred, fifty)).isTrue();
    assertThat(blocks(Blocks.ESCALATION, fifty, null)).isTrue();
  }

  @Test
  void whatIsNoBlockingFindingBlocksNothing() {
    Ruling ruling = ruling(Severity.WARN, null);

    assertThat(RULES.blocks(ruling, testosterone("50"), null, TODAY)).isFalse();
    assertThat(
            RULES.blocks(
                new Ruling(ruling(Severity.BLOCK, null).finding(), null),
                testosterone("50"),
                null,
                TODAY))
        .isFalse();
  }

  private static boolean blocks(@Nullable Blocks what, Plan asked, @Nullable Plan former) {
    return RULES.blocks(ruling(Severity.BLOCK, what), asked, former, TODAY);
  }

  private static Ruling ruling(Severity severity, @Nullable Blocks what) {
    return new Ruling(
        new Finding("X-01", severity, "m", "e", List.of(), List.of(), List.of(), null),
        new Rule(
            "X-01",
            severity,
            Rule.Each.REGIMEN,
            List.of("androgen"),
            "true",
            "true",
            Rule.OnUnknown.SILENT,
            null,
            severity == Severity.BLOCK ? what : null,
            false,
            "m",
            new Rule.Evidence("e", "design"),
            RULES.rules().getFirst().examples()));
  }

  private static Plan testosterone(String milligrams) {
    return new Plan(
        List.of(step("testosterone-cypionate", milligrams, "mg", Route.INTRAMUSCULAR)),
        List.of(),
        null);
  }

  private static List<Finding> findings(ProfileRecorded profile, Step... steps) {
    var chart = new Chart(profile, List.of(), TODAY, ZoneId.of("UTC"));
    return RULES.evaluate(chart, new Plan(List.of(steps), List.of(), null), List.of()).stream()
        .map(Ruling::finding)
        .toList();
  }

  private static Step patch() {
    return step("estradiol-patch", "50", "ug/d", Route.TRANSDERMAL);
  }

  private static Step step(String agent, String dose, String unit, Route route) {
    return new Step(
        agent,
        new Quantity(new BigDecimal(dose), unit),
        route,
        BigDecimal.ONE,
        null,
        null,
        null,
        TODAY,
        null);
  }

  private static ProfileRecorded woman(Presence uterus, Fact... facts) {
    return new ProfileRecorded(
        new UUID(0, 1),
        1,
        null,
        Sex.FEMALE,
        YearMonth.of(1970, 4),
        null,
        false,
        new Menopause(MenopausalStatus.POSTMENOPAUSAL, YearMonth.of(2021, 4)),
        uterus,
        new Hypogonadism(HypogonadismKind.NONE, null),
        new GrowthHormoneDeficiency(Presence.ABSENT, null),
        null,
        null,
        Smoking.NEVER,
        List.of(),
        List.of(facts),
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
