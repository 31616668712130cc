package org.trabecula.clinicalrules.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.clinicalrules.dose.Dosing;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Route;

/// What the agents that ship answer about themselves.
class AgentTest {
  private static final Agents AGENTS = Agents.shipped();

  @Test
  void isFoundByItsCode() {
    assertThat(AGENTS.find("hcg").orElseThrow().display())
        .isEqualTo("Human chorionic gonadotropin");
    assertThat(AGENTS.find("aspirin")).isEmpty();
    assertThat(AGENTS.codes()).contains("hcg", "tibolone");
    assertThat(AGENTS.all()).extracting(Agent::code).containsExactlyElementsOf(AGENTS.codes());
  }

  @Test
  void hasRoutesAndTheirFormsAndUnits() {
    Agent progesterone = agent("progesterone-micronised");

    assertThat(progesterone.routes()).containsExactly(Route.ORAL, Route.VAGINAL);
    assertThat(progesterone.forms(Route.VAGINAL)).containsExactly("vaginal-capsule");
    assertThat(progesterone.forms(Route.IMPLANT)).isEmpty();
    assertThat(agent("gonadorelin").forms(Route.SUBCUTANEOUS))
        .containsExactly("pump", "sc-injection");
    assertThat(agent("gonadorelin").units(Route.SUBCUTANEOUS)).containsExactly("mg", "ug");
    assertThat(agent("gonadorelin").units(Route.ORAL)).isEmpty();
  }

  @Test
  void isMeasuredByVolumeWhereItIsInjected() {
    assertThat(agent("hcg").isMeasuredByVolume(Route.INTRAMUSCULAR)).isTrue();
    assertThat(agent("hcg").isMeasuredByVolume(Route.ORAL)).isFalse();
    assertThat(agent("gonadorelin").isMeasuredByVolume(Route.SUBCUTANEOUS)).isTrue();
    assertThat(agent("testosterone-gel").isMeasuredByVolume(Route.TRANSDERMAL)).isFalse();
  }

  @Test
  void hasTheConcentrationsThatItComesIn() {
    assertThat(agent("testosterone-cypionate").concentrations(Route.INTRAMUSCULAR))
        .containsExactly(BigDecimal.valueOf(100), BigDecimal.valueOf(200));
    assertThat(agent("testosterone-enanthate").concentrations(Route.SUBCUTANEOUS)).isEmpty();
    assertThat(agent("testosterone-gel").concentrations(Route.TRANSDERMAL)).isEmpty();
    assertThat(agent("anastrozole").concentrations(Route.ORAL)).isEmpty();
  }

  @Test
  void isGivenAgainWithinAYearUnlessItProtectsForLonger() {
    assertThat(agent("levonorgestrel-ius").longestInterval()).isEqualTo("1826");
    assertThat(agent("progesterone-micronised").longestInterval()).isEqualTo("366");
    assertThat(agent("anastrozole").longestInterval()).isEqualTo("366");
  }

  @ParameterizedTest
  @CsvSource({
    // agent, dose, unit, interval in d, sex, refused, usual
    "testosterone-cypionate, 100,   mg, 7,  MALE,    ,                          true",
    "testosterone-cypionate, 100,   mg, 7,  UNKNOWN, ,                          true",
    "testosterone-cypionate, 100,   mg, 7,  FEMALE,  100 mg a week is over the limit of 15 mg (usual 2 to 5), false",
    "testosterone-cypionate, 3,     mg, 7,  FEMALE,  ,                          true",
    "testosterone-cypionate, 3,     mg, 7,  UNKNOWN, ,                          true",
    "testosterone-cypionate, 3,     mg, 7,  MALE,    ,                          false",
    "testosterone-cypionate, 300.1, mg, 7,  UNKNOWN, 300.1 mg a week is over the limit of 300 mg (usual 50 to 100), false",
    "testosterone-cypionate, 20,    mg, 7,  UNKNOWN, ,                          false",
    "anastrozole,            7.001, mg, 7,  MALE,    7.001 mg a week is over the limit of 7 mg (usual 0.5 to 2), false",
    "tibolone,               2.5,   mg, 1,  UNKNOWN, ,                          true",
    "tibolone,               5.1,   mg, 1,  UNKNOWN, 5.1 mg a day is over the limit of 5 mg (usual 1.25 to 2.5), false",
    "estradiol-implant,      50,    mg, 89, FEMALE,  less than 90 days between doses, true",
    "estradiol-implant,      50,    mg, 90, FEMALE,  ,                          true",
  })
  void refusesWhatIsOverAHardLimit(
      String code,
      BigDecimal dose,
      String unit,
      BigDecimal interval,
      Sex sex,
      @Nullable String refused,
      boolean usual) {
    var dosing = new Dosing(new Quantity(dose, unit), interval, null);

    assertThat(agent(code).refusalOf(dosing, sex, null))
        .isEqualTo(refused == null ? null : "DOSE-LIMIT: " + refused);
    assertThat(agent(code).isUsual(dosing, sex)).isEqualTo(usual);
  }

  @Test
  void letsALoadingCourseFollowSooner() {
    var dosing =
        new Dosing(new Quantity(BigDecimal.valueOf(750), "mg"), BigDecimal.valueOf(28), null);
    Agent depot = agent("testosterone-undecanoate-im");

    assertThat(depot.refusalOf(dosing, Sex.MALE, 28L)).isNull();
    assertThat(depot.refusalOf(dosing, Sex.MALE, null)).contains("less than 42 days");
  }

  private static Agent agent(String code) {
    return AGENTS.find(code).orElseThrow();
  }
}
