package org.trabecula.clinicalrules.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.agent.HistoryAgent;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.ProfileRecorded.Smoking;
import org.trabecula.contracts.Quantity;

/// What rules ask about a patient, and where each answer changes.
class PatientInquiryTest {
  private static final LocalDate TODAY = Person.TODAY;
  private static final Classes CLASSES =
      new Classes(
          Agents.shipped(),
          List.of(
              new HistoryAgent("prednisone", "", "glucocorticoid", BigDecimal.ONE, null, "", ""),
              new HistoryAgent(
                  "hydrocortisone", "", "glucocorticoid", new BigDecimal("0.25"), null, "", ""),
              new HistoryAgent("alendronate", "", "bisphosphonate", null, null, "", "")));

  private final Person woman = Person.woman();
  private final Person man = Person.man();
  private final Log log = new Log();

  private PatientInquiry of(Person person) {
    return new PatientInquiry(person.chart(), Vocabulary.shipped(), CLASSES, log);
  }

  private void assertUnknown(Runnable question, String... missing) {
    assertThatExceptionOfType(Unknown.class).isThrownBy(question::run);
    assertThat(log.missing()).containsExactlyInAnyOrder(missing);
  }

  @Test
  void sexIsOneOrTheOtherOrUnknown() {
    assertThat(of(woman).female()).isTrue();
    assertThat(of(woman).male()).isFalse();
    assertThat(of(man).female()).isFalse();
    assertThat(of(man).male()).isTrue();
    man.sex = Sex.UNKNOWN;
    assertUnknown(() -> of(man).male(), "sex");
  }

  @Test
  void ageCountsCompletedYears() {
    woman.birth = YearMonth.of(1976, 11);
    assertThat(of(woman).age()).isEqualTo(50);
    woman.birth = YearMonth.of(1976, 12);
    assertThat(of(woman).age()).isEqualTo(49);
    woman.forget("age");
    assertUnknown(() -> of(woman).age(), "birth");
  }

  @ParameterizedTest
  @CsvSource({
    "POSTMENOPAUSAL, true, false, false",
    "SURGICAL, true, false, true",
    "PERIMENOPAUSAL, false, false, false",
    "PREMENOPAUSAL, false, true, false",
    "NOT_APPLICABLE, false, false, false"
  })
  void theProfileSaysWhetherMenopauseIsOver(
      MenopausalStatus status, boolean post, boolean pre, boolean surgical) {
    woman.menopause = status;

    assertThat(of(woman).postmenopausal()).isEqualTo(post);
    assertThat(of(woman).premenopausal()).isEqualTo(pre);
    assertThat(of(woman).surgicalMenopause()).isEqualTo(surgical);
  }

  @Test
  void whereTheProfileLeavesMenopauseOpenAFactAnswers() {
    woman.menopause = MenopausalStatus.UNKNOWN;
    assertThat(of(woman).premenopausal()).isTrue();
    assertThat(of(woman).postmenopausal()).isFalse();
    assertThat(of(woman).surgicalMenopause()).isFalse();
    woman.present("surgical-menopause", null);
    assertThat(of(woman).postmenopausal()).isTrue();
    assertThat(of(woman).surgicalMenopause()).isTrue();
    woman.forget("menopause");
    assertUnknown(() -> of(woman).postmenopausal(), "menopause");
  }

  @Test
  void yearsSinceMenopauseCountFromTheFinalPeriod() {
    woman.finalPeriod = YearMonth.of(2016, 11);
    assertThat(of(woman).yearsSinceMenopause()).isCloseTo(10.06, within(0.01));
    woman.finalPeriod = null;
    assertUnknown(() -> of(woman).yearsSinceMenopause(), "final-period");
  }

  @Test
  void aHysterectomyAnswersForAUterusThatTheProfileLeavesOpen() {
    assertThat(of(woman).hasUterus()).isTrue();
    woman.uterus = Presence.ABSENT;
    assertThat(of(woman).hasUterus()).isFalse();
    woman.uterus = Presence.UNKNOWN;
    assertThat(of(woman).hasUterus()).isTrue();
    woman.present("hysterectomy", null);
    assertThat(of(woman).hasUterus()).isFalse();
    woman.forget("hysterectomy");
    assertUnknown(() -> of(woman).hasUterus(), "uterus");
  }

  @ParameterizedTest
  @EnumSource(HypogonadismKind.class)
  void theProfileSaysWhichHypogonadismItIs(HypogonadismKind kind) {
    man.hypogonadism = kind;

    assertThat(of(man).primaryHypogonadism()).isEqualTo(kind == HypogonadismKind.PRIMARY);
    assertThat(of(man).hypogonadal())
        .isEqualTo(kind == HypogonadismKind.PRIMARY || kind == HypogonadismKind.CENTRAL);
  }

  @Test
  void aFactAnswersForHypogonadismAndDeficiencyThatTheProfileLeavesOpen() {
    man.hypogonadism = HypogonadismKind.UNKNOWN;
    man.growthHormoneDeficiency = Presence.UNKNOWN;
    man.present("primary-hypogonadism", null).present("growth-hormone-deficiency", null);
    assertThat(of(man).primaryHypogonadism()).isTrue();
    assertThat(of(man).hypogonadal()).isTrue();
    assertThat(of(man).growthHormoneDeficient()).isTrue();
    man.growthHormoneDeficiency = Presence.ABSENT;
    assertThat(of(man).growthHormoneDeficient()).isFalse();
    man.growthHormoneDeficiency = Presence.PRESENT;
    assertThat(of(man).growthHormoneDeficient()).isTrue();
  }

  @Test
  void aStatedPregnancyCountsUnlessThereIsNoUterus() {
    woman.present("pregnancy", null);
    assertThat(of(woman).pregnant()).isTrue();
    woman.uterus = Presence.UNKNOWN;
    woman.forget("hysterectomy");
    assertThat(of(woman).pregnant()).isTrue();
    woman.uterus = Presence.ABSENT;
    assertThat(of(woman).pregnant()).isFalse();
    woman.state("pregnancy", Presence.ABSENT, null);
    assertThat(of(woman).pregnant()).isFalse();
  }

  @Test
  void aPregnancyThatNobodyStatedIsUnknownUntilSomethingExcludesIt() {
    Person young = Person.woman().forget("pregnancy");
    young.menopause = MenopausalStatus.PREMENOPAUSAL;
    young.birth = YearMonth.of(1971, 12);
    assertUnknown(() -> of(young).pregnant(), "pregnancy");
    young.birth = YearMonth.of(1971, 11);
    assertThat(of(young).pregnant()).isFalse();
    young.birth = YearMonth.of(1990, 1);
    assertThat(of(young.measure("hcg-beta", "4.9@14")).pregnant()).isFalse();
    assertUnknown(() -> of(young.measure("hcg-beta", "4.9@15")).pregnant(), "pregnancy");
    assertUnknown(() -> of(young.measure("hcg-beta", "5@3")).pregnant(), "pregnancy");
    young.menopause = MenopausalStatus.POSTMENOPAUSAL;
    assertThat(of(young).pregnant()).isFalse();
    assertThat(of(man.forget("pregnancy")).pregnant()).isFalse();
  }

  @Test
  void whatIsUnknownOnTheWayToPregnancyIsNotMissing() {
    woman.forget("pregnancy").forget("uterus").forget("menopause").forget("age").forget("sex");

    assertUnknown(() -> of(woman).pregnant(), "pregnancy");
  }

  @Test
  void aConditionIsPresentAbsentOrUnknown() {
    assertThat(of(man).has("oedema")).isFalse();
    assertThat(of(man).known("oedema")).isTrue();
    assertThat(of(man.present("oedema", null)).has("oedema")).isTrue();
    man.forget("oedema");
    assertThat(of(man).known("oedema")).isFalse();
    assertUnknown(() -> of(man).has("oedema"), "oedema");
  }

  @Test
  void whatIsAbsentExcludesWhatWouldImplyIt() {
    man.forget("heart-failure-uncontrolled");
    assertThat(of(man).has("heart-failure-uncontrolled")).isFalse();
    man.present("heart-failure", null);
    assertUnknown(() -> of(man).has("heart-failure-uncontrolled"), "heart-failure-uncontrolled");
  }

  @Test
  void aConditionThatIsOverIsAbsentAndWasThereEver() {
    state("malignancy", "2019", "2026-10");
    assertThat(of(man).has("malignancy")).isFalse();
    assertThat(of(man).ever("malignancy")).isTrue();
    state("malignancy", "2019", "2026-11");
    assertThat(of(man).has("malignancy")).isTrue();
    state("malignancy", "2019", "2026-11-24");
    assertThat(of(man).has("malignancy")).isTrue();
    state("malignancy", "2019", "2026-11-23");
    assertThat(of(man).has("malignancy")).isFalse();
  }

  @Test
  void anAnswerAgesWhereTheCatalogueSaysSo() {
    state("pregnancy", null, null, TODAY.minusDays(90));
    assertThat(of(man).has("pregnancy")).isTrue();
    state("pregnancy", null, null, TODAY.minusDays(91));
    assertUnknown(() -> of(man).has("pregnancy"), "pregnancy");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-25, true",
    "2026-05-24, false",
    "2026-06, true",
    "2026-04, false",
    "2025, false"
  })
  void anEventLiesWithinSoManyDaysOrNot(String date, boolean within) {
    man.present("stroke", date);

    assertThat(of(man).within("stroke", 183)).isEqualTo(within);
  }

  @ParameterizedTest
  @CsvSource({"2026-05", "2026"})
  void aDateThatMayLieWithinIsUnknown(String date) {
    man.present("stroke", date);

    assertUnknown(() -> of(man).within("stroke", 183), "stroke");
  }

  @Test
  void anEventWithoutADateMayLieWithin() {
    assertThat(of(man).within("stroke", 183)).isFalse();
    man.present("stroke", null);
    assertUnknown(() -> of(man).within("stroke", 183), "stroke");
    man.forget("stroke");
    assertUnknown(() -> of(man).within("stroke", 183), "stroke");
  }

  @Test
  void aConditionLastsUntilItsEnd() {
    state("malignancy-treatment", "2019", null);
    assertThat(of(man).within("malignancy-treatment", 365)).isTrue();
    state("malignancy-treatment", "2019", "2025-11-24");
    assertThat(of(man).within("malignancy-treatment", 365)).isTrue();
    state("malignancy-treatment", "2019", "2025-11-23");
    assertThat(of(man).within("malignancy-treatment", 365)).isFalse();
  }

  @Test
  void eventsAreCounted() {
    assertThat(of(man).times("fracture")).isZero();
    var fracture = new Fact("fracture", Presence.PRESENT, null, null, "2020", null, TODAY);
    man.facts.put("fracture", List.of(fracture, fracture));
    assertThat(of(man).times("fracture")).isEqualTo(2);
    man.forget("fracture");
    assertUnknown(() -> of(man).times("fracture"), "fracture");
  }

  @Test
  void aQuantityIsTheOneStatedLast() {
    assertThat(of(man).stated("ipss")).isEqualTo(5);
    man.state("ipss", new BigDecimal("21"));
    assertThat(of(man).stated("ipss")).isEqualTo(21);
    man.forget("ipss");
    assertUnknown(() -> of(man).stated("ipss"), "ipss");
  }

  @Test
  void smokingIsTheProfilesOrAFacts() {
    man.smoking = Smoking.CURRENT;
    assertThat(of(man).coded("smoking", "current")).isTrue();
    assertThat(of(man).coded("smoking", "former")).isFalse();
    man.smoking = Smoking.FORMER;
    assertThat(of(man).coded("smoking", "former")).isTrue();
    man.smoking = Smoking.NEVER;
    assertThat(of(man).coded("smoking", "never")).isTrue();
    man.smoking = Smoking.UNKNOWN;
    assertUnknown(() -> of(man).coded("smoking", "current"), "smoking");
    man.facts.put(
        "smoking", List.of(new Fact("smoking", null, null, "current", null, null, TODAY)));
    assertThat(of(man).coded("smoking", "current")).isTrue();
  }

  @Test
  void aResultCountsWithinItsDays() {
    man.measure("psa", "2.5@365", "1.0@500");
    assertThat(of(man).latest("psa", 365)).isEqualTo(2.5);
    assertThat(of(man).measured("psa", 365)).isTrue();
    assertThat(of(man).measured("psa", 364)).isFalse();
    assertUnknown(() -> of(man).latest("psa", 364), "psa");
    assertThat(of(man.forget("psa")).measured("psa", 365)).isFalse();
  }

  @Test
  void aMethodIsFoundInWhatTheLaboratorySays() {
    assertThat(of(man.measure("estradiol", "30@5 LC-MS/MS")).measuredBy("estradiol", "LC-MS", 180))
        .isTrue();
    assertThat(of(man.measure("estradiol", "30@5 lc-ms")).measuredBy("estradiol", "LC-MS", 180))
        .isTrue();
    assertThat(of(man.measure("estradiol", "30@5 ECLIA")).measuredBy("estradiol", "LC-MS", 180))
        .isFalse();
    assertThat(of(man.measure("estradiol", "30@5")).measuredBy("estradiol", "LC-MS", 180))
        .isFalse();
  }

  @Test
  void aChangeIsTheLatestLessTheLastBeforeTheDays() {
    man.measure("psa", "3.1@10", "2.0@100", "1.2@365", "0.4@900");
    assertThat(of(man).change("psa", 365)).isCloseTo(1.9, within(1e-9));
    assertThat(of(man).change("psa", 100)).isCloseTo(1.1, within(1e-9));
    assertUnknown(() -> of(man).change("psa", 901), "psa");
  }

  @Test
  void anySiteMakesAScoreLowAndAllAreNeededToSayThatNoneIs() {
    assertThat(of(man).tScoreAtMost(-0.5, 10)).isTrue();
    assertThat(of(man).tScoreAtMost(-0.6, 10)).isFalse();
    assertThat(of(man).zScoreAtMost(-2.0, 10)).isFalse();
    assertThat(of(man.measure("z-score-radius-third", "-2.0")).zScoreAtMost(-2.0, 10)).isTrue();
    assertThat(of(man.measure("t-score-unspecified", "-2.6")).tScoreAtMost(-2.5, 10)).isTrue();
    man.forget("t-score-total-hip").measure("t-score-lumbar-spine", "-0.5@11");
    assertThat(of(man).tScoreAtMost(-2.5, 10)).isTrue();
    assertUnknown(
        () -> of(man).tScoreAtMost(-2.7, 10), "t-score-total-hip", "t-score-lumbar-spine");
  }

  @Test
  void aScanOfAnySiteIsAScan() {
    assertThat(of(man).scanned(10)).isTrue();
    assertThat(of(man).scanned(9)).isFalse();
    assertThat(of(man.measure("t-score-total-hip", "-1@9")).scanned(9)).isTrue();
  }

  @Test
  void bodyMassIndexIsMeasuredOrWorkedOut() {
    assertThat(of(man).bmi(365)).isEqualTo(24);
    man.heightCm = 200.0;
    man.weightKg = 120.0;
    assertThat(of(man).bmi(365)).isEqualTo(24);
    man.forget("bmi");
    assertThat(of(man).bmi(365)).isEqualTo(30);
    man.weightKg = null;
    assertUnknown(() -> of(man).bmi(365), "bmi");
  }

  @Test
  void morningsBelowALimitAreCountedByDay() {
    man.measure("testosterone", "10.3@10", "9@10", "8@400", "10.4@20");
    assertThat(of(man).morningsBelow("testosterone", 10.4, 400)).isEqualTo(2);
    assertThat(of(man).morningsBelow("testosterone", 10.4, 399)).isEqualTo(1);
  }

  @Test
  void whatIsTakenBesidesIsTakenFromItsStartUntilItsStop() {
    assertThat(takes(null, null)).isTrue();
    assertThat(takes(TODAY, null)).isTrue();
    assertThat(takes(TODAY.plusDays(1), null)).isFalse();
    assertThat(takes(null, TODAY)).isFalse();
    assertThat(takes(null, TODAY.plusDays(1))).isTrue();
    assertThat(of(man).takes("glucocorticoid")).isFalse();
    assertThat(of(man).takes("anti-osteoporosis-drug")).isTrue();
  }

  private boolean takes(@Nullable LocalDate start, @Nullable LocalDate stop) {
    man.medications.clear();
    man.medications.add(new Medication("alendronate", null, start, stop));
    return of(man).takes("bisphosphonate");
  }

  @Test
  void aDailyDoseCountsInEquivalentsAndByItsDays() {
    assertThat(of(man).takesDaily("glucocorticoid", 5, 90)).isFalse();
    assertThat(takesDaily("hydrocortisone", "20", 90)).isTrue();
    assertThat(takesDaily("hydrocortisone", "19", 90)).isFalse();
    assertThat(takesDaily("prednisone", "5", 90)).isTrue();
    assertThat(takesDaily("prednisone", "5", 89)).isFalse();
    man.medications.clear();
    man.medications.add(new Medication("prednisone", null, TODAY.minusDays(90), null));
    assertUnknown(() -> of(man).takesDaily("glucocorticoid", 5, 90), "glucocorticoid");
  }

  private boolean takesDaily(String agent, String dose, int days) {
    man.medications.clear();
    man.medications.add(
        new Medication(
            agent, new Quantity(new BigDecimal(dose), "mg"), TODAY.minusDays(days), null));
    return of(man).takesDaily("glucocorticoid", 5, 90);
  }

  @Test
  void theRegionIsTheProfiles() {
    assertThat(of(man).region()).isEqualTo("US");
    man.region = null;
    assertUnknown(() -> of(man).region(), "region");
  }

  @Test
  void whatWasToldIsLoggedOnceWithItsDate() {
    of(man).has("oedema");
    of(man).has("oedema");
    of(man).latest("psa", 365);

    assertThat(log.told())
        .satisfiesExactly(
            oedema -> {
              assertThat(oedema.fact()).isEqualTo("oedema");
              assertThat(oedema.stated()).isEqualTo("absent");
              assertThat(oedema.on()).isEqualTo(TODAY);
            },
            psa -> {
              assertThat(psa.stated()).isEqualTo("1 ug/L");
              assertThat(psa.on()).isEqualTo(TODAY.minusDays(10));
            });
  }

  private void state(String code, @Nullable String since, @Nullable String until) {
    man.facts.put(code, List.of(new Fact(code, Presence.PRESENT, null, null, since, until, TODAY)));
  }

  private void state(
      String code, @Nullable String since, @Nullable String until, LocalDate statedOn) {
    man.facts.put(
        code, List.of(new Fact(code, Presence.PRESENT, null, null, since, until, statedOn)));
  }
}
