package org.trabecula.clinicalrules.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;

/// What rules ask about a regimen, its steps and the regulators' flags, and where each answer
/// changes.
class RegimenInquiryTest {
  private static final Classes CLASSES = new Classes(Agents.shipped(), List.of());

  private final List<Step> steps = new ArrayList<>();
  private final List<Step> history = new ArrayList<>();
  private final Log log = new Log();

  private RegimenInquiry regimen() {
    return new RegimenInquiry(new Plan(steps, history, Region.EU), Person.TODAY, CLASSES, log);
  }

  /// @param more `field=value` of the shorthand of examples
  private static Step step(String agent, String dose, String... more) {
    var stated = new HashMap<String, Object>(Map.of("agent", agent, "dose", dose));
    for (String field : more) {
      String[] words = field.split("=", 2);
      stated.put(words[0], words[1]);
    }
    return Situation.step(stated);
  }

  @Test
  void itIncludesWhatIsTakenNowOrLater() {
    steps.add(step("estradiol-patch", "50 ug/d", "start=-10", "stop=1"));
    steps.add(step("testosterone-gel", "5 mg", "start=-10", "stop=0"));
    steps.add(step("sermorelin", "0.2 mg", "start=30"));

    assertThat(regimen().includes("estrogen")).isTrue();
    assertThat(regimen().includes("estradiol-patch", "TRANSDERMAL")).isTrue();
    assertThat(regimen().includes("estrogen", "ORAL")).isFalse();
    assertThat(regimen().includes("androgen")).isFalse();
    assertThat(regimen().includes("growth-hormone-axis")).isTrue();
    assertThat(regimen().codes(List.of())).containsExactly("estradiol-patch", "sermorelin");
    assertThat(regimen().codes(List.of("estrogen"))).containsExactly("estradiol-patch");
  }

  @Test
  void itIsOnlyThatWhenEveryStepIs() {
    assertThat(regimen().only("peptide")).isFalse();
    steps.add(step("sermorelin", "0.2 mg"));
    assertThat(regimen().only("peptide")).isTrue();
    steps.add(step("estradiol-patch", "50 ug/d"));
    assertThat(regimen().only("peptide")).isFalse();
    assertThat(regimen().agents("peptide")).isEqualTo(1);
  }

  @Test
  void itEndsWhenEveryStepStopsInTime() {
    steps.add(step("testosterone-gel", "50 mg", "stop=30"));
    steps.add(step("testosterone-gel", "25 mg", "start=30", "stop=90"));
    assertThat(regimen().ends("androgen", 90)).isTrue();
    assertThat(regimen().ends("androgen", 89)).isFalse();
    steps.add(step("testosterone-gel", "25 mg", "start=120"));
    assertThat(regimen().ends("androgen", 90)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"10, 10, false", "10, 9, true", "10, 11, false"})
  void stepsThatFollowEachOtherAreNotTogether(int stop, int start, boolean together) {
    steps.add(step("testosterone-gel", "50 mg", "stop=" + stop));
    steps.add(step("enclomiphene", "12.5 mg", "start=" + start));

    assertThat(regimen().together("androgen", "enclomiphene")).isEqualTo(together);
    assertThat(regimen().together("enclomiphene", "androgen")).isEqualTo(together);
  }

  @Test
  void aStepIsNotTogetherWithItself() {
    steps.add(step("sermorelin", "0.2 mg"));

    assertThat(regimen().together("ghrh-analogue", "ghrh-analogue")).isFalse();
  }

  @Test
  void itStopsWhatWasTakenUntilLately() {
    history.add(step("estradiol-patch", "50 ug/d", "start=-500", "stop=-90"));
    assertThat(regimen().stops("estrogen")).isFalse();
    history.add(step("estradiol-patch", "50 ug/d", "start=-500", "stop=-89"));
    assertThat(regimen().stops("estrogen")).isTrue();
    steps.add(step("estradiol-gel", "0.75 mg"));
    assertThat(regimen().stops("estrogen")).isFalse();
  }

  @Test
  void aCourseGoesOnOverAPause() {
    assertThat(regimen().daysOn("estrogen")).isZero();
    history.add(step("estradiol-patch", "50 ug/d", "start=-800", "stop=-500"));
    assertThat(regimen().daysOn("estrogen")).isZero();
    steps.add(step("estradiol-patch", "50 ug/d", "start=-100"));
    assertThat(regimen().daysOn("estrogen")).isEqualTo(100);
    history.add(step("estradiol-oral", "1 mg", "start=-300", "stop=-189"));
    assertThat(regimen().daysOn("estrogen")).isEqualTo(300);
    assertThat(regimen().yearsOn("estrogen")).isCloseTo(0.821, within(0.001));
    steps.add(step("sermorelin", "0.2 mg", "start=20"));
    assertThat(regimen().daysOn("ghrh-analogue")).isZero();
  }

  @Test
  void aPauseOfNinetyDaysEndsACourse() {
    steps.add(step("estradiol-patch", "50 ug/d", "start=-100"));
    history.add(step("estradiol-oral", "1 mg", "start=-300", "stop=-190"));

    assertThat(regimen().daysOn("estrogen")).isEqualTo(100);
  }

  @Test
  void whatItIsGivenForIsUnknownUntilItIsStated() {
    steps.add(step("testosterone-gel", "5 mg", "for=hsdd"));
    assertThat(regimen().givenFor("androgen", "hsdd")).isTrue();
    assertThat(regimen().givenFor("androgen", "male-hypogonadism")).isFalse();
    steps.add(step("testosterone-gel", "5 mg"));
    assertThat(regimen().givenFor("androgen", "hsdd")).isTrue();
    assertThatExceptionOfType(Unknown.class)
        .isThrownBy(() -> regimen().givenFor("androgen", "male-hypogonadism"));
    assertThat(log.missing()).containsExactly("indication");
  }

  @Test
  void aWeekHoldsTheMostThatIsTakenAtOneTime() {
    assertThat(regimen().perWeek("androgen", "mg")).isZero();
    steps.add(step("testosterone-cypionate", "100 mg", "every=14", "stop=30"));
    steps.add(step("testosterone-cypionate", "80 mg", "start=30"));
    steps.add(step("testosterone-gel", "5 mg", "start=40"));
    assertThat(regimen().perWeek("androgen", "mg")).isCloseTo(115, within(1e-9));
    assertThat(regimen().perWeek("androgen", "mg", "TRANSDERMAL")).isCloseTo(35, within(1e-9));
    assertThat(regimen().perWeek("androgen", "ug", "INTRAMUSCULAR")).isCloseTo(80e3, within(1e-6));
  }

  @Test
  void aPatchReleasesTheSameEveryDayHoweverOftenItIsChanged() {
    steps.add(step("estradiol-patch", "50 ug/d"));

    assertThat(regimen().perWeek("estrogen", "ug")).isCloseTo(350, within(1e-9));
  }

  @Test
  void intervalAndFrequencyAreTheExtremesOfTheSteps() {
    assertThat(regimen().interval("androgen")).isZero();
    steps.add(step("testosterone-cypionate", "100 mg", "every=14"));
    steps.add(step("testosterone-cypionate", "50 mg", "every=7"));
    steps.add(step("gonadorelin", "100 ug", "every=0.25"));
    steps.add(step("anastrozole", "0.5 mg", "perWeek=14"));
    assertThat(regimen().interval("androgen")).isEqualTo(14);
    assertThat(regimen().timesADay("gonadorelin")).isEqualTo(4);
    assertThat(regimen().timesADay("anastrozole")).isEqualTo(2);
    assertThat(regimen().interval("anastrozole")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "100 mg, , true",
    "99 mg, , false",
    "200 mg, 12/28, true",
    "200 mg, 11/28, false",
    "199 mg, 12/28, false",
    "200 mg, 14/31, true",
    "200 mg, 13/31, false"
  })
  void aProgestogenProtectsInSufficientDoseOnSufficientDays(
      String dose, String cycle, boolean protects) {
    steps.add(step("estradiol-patch", "50 ug/d"));
    steps.add(
        cycle == null
            ? step("progesterone-micronised", dose)
            : step("progesterone-micronised", dose, "cycle=" + cycle));

    assertThat(regimen().endometriumProtected()).isEqualTo(protects);
    assertThat(regimen().progestogenReachesEndometrium()).isTrue();
  }

  @Test
  void aProgestogenProtectsOnlyWhileItIsTaken() {
    steps.add(step("estradiol-patch", "50 ug/d", "stop=100"));
    assertThat(regimen().progestogenReachesEndometrium()).isFalse();
    steps.add(step("progesterone-micronised", "100 mg", "stop=99"));
    assertThat(regimen().progestogenReachesEndometrium()).isFalse();
    steps.set(1, step("progesterone-micronised", "100 mg", "stop=100"));
    assertThat(regimen().endometriumProtected()).isTrue();
    steps.set(1, step("progesterone-micronised", "100 mg", "start=1"));
    assertThat(regimen().endometriumProtected()).isFalse();
  }

  @Test
  void aDeviceProtectsForItsTimeAndACreamNever() {
    int days =
        Agents.shipped()
            .find("levonorgestrel-ius")
            .orElseThrow()
            .endometrialProtection()
            .validDays();
    steps.add(step("estradiol-patch", "50 ug/d", "start=-3000"));
    steps.add(step("levonorgestrel-ius", "20 ug/d", "start=" + (1 - days)));
    assertThat(regimen().endometriumProtected()).isTrue();
    steps.set(1, step("levonorgestrel-ius", "20 ug/d", "start=" + -days));
    assertThat(regimen().endometriumProtected()).isFalse();
    assertThat(regimen().progestogenReachesEndometrium()).isTrue();
    steps.set(1, step("progesterone-cream", "20 mg"));
    assertThat(regimen().progestogenReachesEndometrium()).isFalse();
  }

  @Test
  void theJurisdictionIsThePlansOrUnknown() {
    assertThat(regimen().jurisdiction()).isEqualTo("EU");
    var nowhere = new RegimenInquiry(new Plan(steps, history, null), Person.TODAY, CLASSES, log);
    assertThatExceptionOfType(Unknown.class).isThrownBy(nowhere::jurisdiction);
    assertThat(log.missing()).containsExactly("jurisdiction");
  }

  @ParameterizedTest
  @CsvSource({
    "estradiol-oral, 2 mg, FEMALE, false",
    "estradiol-oral, 2.1 mg, FEMALE, true",
    "testosterone-gel, 10 mg, FEMALE, false",
    "testosterone-gel, 11 mg, FEMALE, true",
    "testosterone-gel, 11 mg, MALE, false",
    "testosterone-gel, 101 mg, UNKNOWN, true",
    "testosterone-gel, 9 mg, UNKNOWN, false"
  })
  void aStepIsAboveWhatIsUsualForTheSex(String agent, String dose, Sex sex, boolean above) {
    assertThat(inquiry(step(agent, dose), sex).aboveUsual()).isEqualTo(above);
  }

  @Test
  void whetherAStepIsAboveWhatIsUsualIsUnknownWhereSexDecides() {
    assertThatExceptionOfType(Unknown.class)
        .isThrownBy(() -> inquiry(step("testosterone-gel", "11 mg"), Sex.UNKNOWN).aboveUsual());
    assertThat(log.missing()).containsExactly("sex");
  }

  @Test
  void aStepSoonerThanTheIntervalIsAboveWhatIsUsual() {
    assertThat(inquiry(step("estradiol-implant", "50 mg", "every=149"), Sex.FEMALE).aboveUsual())
        .isTrue();
    assertThat(inquiry(step("estradiol-implant", "50 mg", "every=150"), Sex.FEMALE).aboveUsual())
        .isFalse();
    assertThat(inquiry(step("estradiol-oral", "2.50 mg"), Sex.FEMALE).dose()).isEqualTo("2.5 mg");
    assertThat(new StepInquiry(step("estradiol-oral", "9 mg"), null, Sex.FEMALE, log).aboveUsual())
        .isFalse();
  }

  @Test
  void theLoadingOfADepotIsUsualAndTheSameIntervalForGoodIsNot() {
    Step loading = step("testosterone-undecanoate-im", "1000 mg", "every=42", "stop=42");
    Step open = step("testosterone-undecanoate-im", "1000 mg", "every=42");

    assertThat(inquiry(loading, Sex.MALE).aboveUsual()).isFalse();
    assertThat(inquiry(open, Sex.MALE).aboveUsual()).isTrue();
  }

  private StepInquiry inquiry(Step step, Sex sex) {
    return new StepInquiry(step, CLASSES.agent(step.agent()), sex, log);
  }

  @Test
  void flagsOfAnAgentAnswerTogether() {
    FlagsInquiry us = flags("somatropin", Region.US);
    assertThat(us.any("APPROVED")).isTrue();
    assertThat(us.any("NOT_APPROVED")).isTrue();
    assertThat(us.any("COMPOUNDED_ONLY")).isFalse();
    assertThat(us.prohibited()).isTrue();
    assertThat(flags("somatropin", Region.EU).prohibited()).isFalse();
    assertThat(us.age()).isEqualTo(23);
    assertThat(us.statement()).contains("Authorised in US", "Forbidden by law in US");
    assertThat(flags("testosterone-cypionate", Region.US).controlled()).isTrue();
    assertThat(flags("testosterone-cypionate", Region.US).controls()).contains("CIII");
    assertThat(flags("clomiphene", Region.US).controlled()).isFalse();
    assertThat(flags("clomiphene", Region.US).controls()).isEqualTo("none");
    assertThat(flags("clomiphene", Region.US).confidence("high")).isTrue();
    assertThat(flags("clomiphene", Region.US).confidence("low")).isFalse();
  }

  @Test
  void whereNoRowSpeaksNothingIsSaidButThatItIsUnknown() {
    var none =
        new FlagsInquiry(
            "ibutamoren", List.of(new RegulatoryFlag(Region.US, "ibutamoren", null)), Person.TODAY);

    assertThat(none.any("UNKNOWN")).isTrue();
    assertThat(none.controlled()).isFalse();
    assertThat(none.prohibited()).isFalse();
    assertThat(none.age()).isZero();
    assertThat(none.controls()).isEqualTo("none");
  }

  private static FlagsInquiry flags(String agent, Region region) {
    Step step = step(agent, agent.equals("somatropin") ? "0.2 mg" : "25 mg");
    List<RegulatoryFlag> flags =
        new Situation(Person.man(), new Plan(List.of(step), List.of(), region)).flags();
    return new FlagsInquiry(agent, flags, Person.TODAY);
  }

  @Test
  void agentsAreOfTheirCodesClassesAndGroups() {
    assertThat(CLASSES.is("tibolone", "tibolone")).isTrue();
    assertThat(CLASSES.is("tibolone", "selective-tissue-estrogenic")).isTrue();
    assertThat(CLASSES.is("tibolone", "menopausal-estrogen")).isTrue();
    assertThat(CLASSES.is("tibolone", "estrogen")).isFalse();
    assertThat(CLASSES.is("nothing", "menopausal-estrogen")).isFalse();
    assertThat(CLASSES.knows("peptide")).isTrue();
    assertThat(CLASSES.knows("tibolone")).isTrue();
    assertThat(CLASSES.knows("androgen")).isTrue();
    assertThat(CLASSES.knows("no-such-class")).isFalse();
    assertThat(CLASSES.equivalent("tibolone")).isEqualTo(1);
  }
}
