package org.trabecula.clinicalrules.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.trabecula.clinicalrules.agent.Agents;
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
