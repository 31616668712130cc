package org.trabecula.patient.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.contracts.ProfileRecorded.MenopausalStatus.PERIMENOPAUSAL;
import static org.trabecula.contracts.ProfileRecorded.MenopausalStatus.POSTMENOPAUSAL;
import static org.trabecula.contracts.ProfileRecorded.MenopausalStatus.PREMENOPAUSAL;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Finding;
import org.trabecula.contracts.MeasurementRecorded.Finding.Severity;
import org.trabecula.contracts.MeasurementRecorded.Finding.Use;
import org.trabecula.contracts.MeasurementRecorded.Status;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.patient.measurement.Rule.OnUnknown;

class QualityTest {
  private static final Circumstances NOBODY_KNOWS = Someone.unknown().build();
  private static final Circumstances MAN = Someone.man("1960-03").taking().build();

  private final Quality quality =
      new Quality(new Catalogue(new ObjectMapper()), new ReferenceIntervals());

  QualityTest() throws Exception {}

  /// A result, whose it is, and the results beside it.
  private record Case(Result result, Circumstances patient, List<Result> others) {
    static Case of(Result result, Circumstances patient, Result... others) {
      return new Case(result, patient, Arrays.asList(others));
    }
  }

  /// @param holds the rule has something to say
  /// @param holdsNot everything it asks for is known, and it has nothing to say
  /// @param unknown something that it asks for is not known
  private record Cases(Case holds, Case holdsNot, Case unknown) {}

  /// Of every rule: the compiler knows when one is forgotten.
  private static Cases cases(Rule rule) {
    return switch (rule) {
      case UNIT_CONFIRMED ->
          new Cases(
              Case.of(ctx("6000").confirmed(), NOBODY_KNOWS),
              Case.of(ctx("400").confirmed(), NOBODY_KNOWS),
              Case.of(ctx("400"), NOBODY_KNOWS));
      case CTX_SAMPLE ->
          new Cases(
              Case.of(ctx("400").fasting(Fasting.NO), NOBODY_KNOWS),
              Case.of(ctx("400"), NOBODY_KNOWS),
              Case.of(ctx("400").fasting(Fasting.UNKNOWN), NOBODY_KNOWS));
      case BIOTIN ->
          new Cases(
              Case.of(
                  ctx("400"), Someone.unknown().quantity("biotin-intake", "10", "mg/d").build()),
              Case.of(ctx("400"), Someone.unknown().quantity("biotin-intake", "5", "mg/d").build()),
              Case.of(ctx("400"), NOBODY_KNOWS));
      case OTHER_ASSAY ->
          new Cases(
              Case.of(p1np("50"), MAN, p1np("40").at("2025-06-01").laboratory("South")),
              Case.of(p1np("50"), MAN, p1np("40").at("2025-06-01").laboratory("NORTH")),
              Case.of(p1np("50"), MAN, p1np("40").at("2025-06-01").method(null)));
      case MARKER_WITHIN_LSC ->
          new Cases(
              Case.of(p1np("50"), MAN, p1np("40").at("2025-06-01")),
              Case.of(p1np("51"), MAN, p1np("40").at("2025-06-01")),
              Case.of(p1np("50"), MAN, p1np("40").at("2025-06-01").method(null)));
      case FRACTURE ->
          new Cases(
              Case.of(p1np("50"), fact("hip-fracture", Presence.PRESENT, "2025-03")),
              Case.of(p1np("50"), fact("fracture", Presence.PRESENT, "2025-01-05")),
              Case.of(p1np("50"), fact("fracture", Presence.PRESENT, null)));
      case OSTEOTOMY ->
          new Cases(
              Case.of(ctx("400"), fact("osteotomy", Presence.PRESENT, "2025-12-01")),
              Case.of(ctx("400"), fact("osteotomy", Presence.ABSENT, null)),
              Case.of(ctx("400"), NOBODY_KNOWS));
      case RENAL_RETENTION ->
          new Cases(
              Case.of(ctx("900"), MAN, egfr("22").at("2025-12-20")),
              Case.of(ctx("900"), MAN, egfr("30").at("2025-12-20")),
              Case.of(ctx("900"), MAN, egfr("22").at("2025-01-01")));
      case OTHER_SCANNER ->
          new Cases(
              Case.of(hip("0.8"), MAN, hip("0.8").at("2024-01-05").device("dxa-2")),
              Case.of(hip("0.8"), MAN, hip("0.8").at("2024-01-05")),
              Case.of(hip("0.8"), MAN, hip("0.8").at("2024-01-05").device(null)));
      case SHORT_INTERVAL ->
          new Cases(
              Case.of(hip("0.8"), MAN, hip("0.8").at("2025-06-05")),
              Case.of(
                  hip("0.8"),
                  Someone.man("1960-03").taking("prednisolone").build(),
                  hip("0.8").at("2025-06-05")),
              Case.of(hip("0.8"), NOBODY_KNOWS, hip("0.8").at("2025-06-05")));
      case SCAN_WITHIN_LSC ->
          new Cases(
              Case.of(hip("0.840"), MAN, hip("0.800").at("2024-01-05")),
              Case.of(hip("0.841"), MAN, hip("0.800").at("2024-01-05")),
              Case.of(hip("0.840"), MAN, hip("0.800").at("2024-01-05").device(null)));
      case T_SCORE ->
          new Cases(
              Case.of(tScore(), Someone.woman("1985-01", PREMENOPAUSAL).build()),
              Case.of(tScore(), Someone.woman("1960-01", POSTMENOPAUSAL).build()),
              Case.of(tScore(), NOBODY_KNOWS));
      case TESTOSTERONE_TIME ->
          new Cases(
              Case.of(testosterone("15").at("2026-01-05T16:00:00Z"), MAN),
              Case.of(testosterone("15"), MAN),
              Case.of(testosterone("15").at("2026-01-05"), MAN));
      case TESTOSTERONE_ONCE ->
          new Cases(
              Case.of(testosterone("8"), MAN),
              Case.of(testosterone("8"), MAN, testosterone("9").at("2025-12-01T08:00:00Z")),
              Case.of(testosterone("8"), NOBODY_KNOWS));
      case LOW_ESTRADIOL ->
          new Cases(
              Case.of(Result.of("estradiol", "60"), MAN),
              Case.of(Result.of("estradiol", "60").method("LC-MS/MS"), MAN),
              Case.of(Result.of("estradiol", "60").method(null), MAN));
      case SPINE ->
          new Cases(
              Case.of(Result.of("bmd-lumbar-spine", "0.9").region("L3"), MAN),
              Case.of(Result.of("bmd-lumbar-spine", "0.9").region("L1-L4"), MAN),
              Case.of(Result.of("bmd-lumbar-spine", "0.9"), MAN));
      case IGF_1 ->
          new Cases(
              Case.of(Result.of("igf-1", "150"), MAN),
              Case.of(Result.of("igf-1", "150"), MAN, Result.of("igf-1-z-score", "0.2")),
              Case.of(
                  Result.of("igf-1", "150"),
                  MAN,
                  Result.of("igf-1-z-score", "0.2").status(Status.PRELIMINARY)));
    };
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatTheRuleSays(Rule rule) {
    assertThat(findings(cases(rule).holds()))
        .filteredOn(finding -> finding.rule().equals(rule.id))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(rule.severity);
              assertThat(finding.excludes()).isEqualTo(rule.excludes);
              assertThat(finding.message()).isNotBlank();
            });
  }

  @ParameterizedTest
  @EnumSource
  void isSilentWhereTheRuleDoesNotHold(Rule rule) {
    assertThat(findings(cases(rule).holdsNot())).extracting(Finding::rule).doesNotContain(rule.id);
  }

  @ParameterizedTest
  @EnumSource
  void makesOfWhatNobodyKnowsWhatTheRuleSays(Rule rule) {
    assertThat(findings(cases(rule).unknown()).stream().anyMatch(f -> f.rule().equals(rule.id)))
        .isEqualTo(rule.onUnknown == OnUnknown.AS_TRUE);
  }

  @ParameterizedTest
  @EnumSource
  void everyRuleSaysWhereItComesFrom(Rule rule) {
    assertThat(rule.evidence).isNotBlank();
    assertThat(rule.id).matches("DATA-[0-9]{2}[a-z]?");
  }

  /// The rules of data quality that concern a measurement, from DATA-02 to DATA-14.
  @Test
  void hasARuleForEveryRow() {
    Stream<String> rows =
        Arrays.stream(Rule.values()).map(rule -> rule.id.substring(0, "DATA-00".length()));
    assertThat(rows.distinct())
        .containsExactlyInAnyOrder(
            "DATA-02", "DATA-03", "DATA-04", "DATA-05", "DATA-06", "DATA-07", "DATA-08", "DATA-09",
            "DATA-10", "DATA-11", "DATA-12", "DATA-13", "DATA-14");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T10:00:00Z, UTC, false",
    "2026-01-05T10:01:00Z, UTC, true",
    "2026-01-05T03:00:00Z, UTC, true",
    "2026-01-05, UTC, true",
    "2026-01-05T16:30:00Z, America/Los_Angeles, false",
    "2026-07-05T08:30:00Z, Europe/Dublin, false",
    "2026-07-05T09:30:00Z, Europe/Dublin, true",
  })
  void readsTheMorningOnTheClinicsClock(String at, String zone, boolean excluded) {
    Assessment found =
        quality.assess(ctx("400").at(at).build(), Someone.unknown().in(zone).build(), Chart.EMPTY);
    assertThat(found.excludes(Use.VERDICT)).isEqualTo(excluded);
  }

  @Test
  void namesEverythingThatIsWrongWithASample() {
    assertThat(
            findings(Case.of(ctx("400").at("2026-01-05T14:20:00Z").fasting(Fasting.UNKNOWN), MAN)))
        .filteredOn(finding -> finding.rule().equals("DATA-03"))
        .extracting(Finding::message)
        .containsExactly(
            "CTX needs a fasting sample before 10:00: fasting not stated, drawn at 14:20.");
  }

  @Test
  void onlyBiotinTakesAResultOutOfTheForecast() {
    assertThat(Rule.values())
        .filteredOn(rule -> rule.excludes.contains(Use.FORECAST))
        .containsExactly(Rule.BIOTIN);
    assertThat(Rule.values()).noneMatch(rule -> rule.severity == Severity.BLOCK);
  }

  @Test
  void massSpectrometryDoesNotMindBiotin() {
    assertThat(
            findings(
                Case.of(
                    testosterone("15").method("LC-MS/MS"),
                    Someone.man("1960-03").quantity("biotin-intake", "10", "mg/d").build())))
        .isEmpty();
  }

  @Test
  void intactP1npIsNotRetained() {
    assertThat(
            findings(
                Case.of(
                    p1np("60").method("UniQ intact P1NP RIA"), MAN, egfr("15").at("2026-01-04"))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"60, GREATER_THAN, false", "15, LESS_THAN, true", "60, LESS_THAN, false"})
  void readsALimitOfTheKidneysFunctionForWhatItIs(String value, Comparator limit, boolean low) {
    assertThat(findings(Case.of(ctx("400"), MAN, egfr(value).comparator(limit).at("2026-01-04"))))
        .extracting(Finding::rule)
        .hasSize(low ? 1 : 0);
  }

  @Test
  void theTransitionToMenopauseHasTScoresAndNoLowEstradiol() {
    Circumstances patient = Someone.woman("1975-01", PERIMENOPAUSAL).taking().build();
    assertThat(findings(Case.of(tScore(), patient))).isEmpty();
    assertThat(findings(Case.of(Result.of("estradiol", "60"), patient))).isEmpty();
  }

  @Test
  void readsAnOldResultInTheStateOfItsTime() {
    Circumstances patient = Someone.woman("1968-01", POSTMENOPAUSAL).finalPeriod("2020-05").build();
    assertThat(findings(Case.of(tScore(), patient))).isEmpty();
    assertThat(findings(Case.of(tScore().at("2015-03-01"), patient)))
        .extracting(Finding::rule)
        .containsExactly("DATA-10");
  }

  @Test
  void findsTheLatestResultThatItMayBeComparedWith() {
    assertThat(
            findings(
                Case.of(
                    p1np("42"),
                    MAN,
                    p1np("40").at("2024-06-01"),
                    p1np("90").at("2025-06-01").laboratory("South"))))
        .extracting(Finding::rule)
        .containsExactly("DATA-05", "DATA-06");
  }

  @Test
  void saysNothingOfWhatNoRuleConcerns() {
    assertThat(quality.concerns("body-weight")).isFalse();
    assertThat(quality.concerns("fasting-glucose")).isFalse();
    assertThat(quality.assess(Result.of("body-weight", "70").build(), MAN, Chart.EMPTY))
        .isEqualTo(Assessment.NONE);
  }

  /// What a result says of a neighbour is looked up when the neighbour is recorded, and the other
  /// way round.
  @Test
  void whatIsReadTogetherIsReadTogetherFromEitherSide() {
    for (String one : quality.concerned()) {
      for (String other : Quality.related(one)) {
        assertThat(Quality.related(other)).as(other + " and " + one).contains(one);
      }
    }
  }

  /// Whatever is sent, an assessment is made, made again the same, and no finding hides another's
  /// exclusion.
  @Test
  void assessesAnythingAndAlwaysTheSame() {
    List<String> analytes = List.copyOf(quality.concerned().stream().sorted().toList());
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      String analyte = analytes.get(random.nextInt(analytes.size()));
      var others =
          Stream.generate(() -> any(random, analytes))
              .limit(random.nextInt(6))
              .toArray(Result[]::new);
      Case any = Case.of(any(random, List.of(analyte)), patient(random), others);
      Assessment first = assess(any);
      assertThat(assess(any)).as("seed " + seed).isEqualTo(first);
      assertThat(first.findings()).as("seed " + seed).doesNotHaveDuplicates();
      assertThat(quality.unfit(any.result().build(), any.patient()).isPresent())
          .as("seed " + seed)
          .isEqualTo(
              first.excludes(Use.VERDICT)
                  || !any.result().build().isFinal()
                  || any.result().build().comparator != null);
    }
  }

  private static Result any(Random random, List<String> analytes) {
    return Result.of(analytes.get(random.nextInt(analytes.size())), "" + (1 + random.nextInt(900)))
        .at(
            random.nextBoolean()
                ? "2025-0" + (1 + random.nextInt(9)) + "-11T0" + random.nextInt(10) + ":30:00Z"
                : "2024")
        .fasting(Fasting.values()[random.nextInt(3)])
        .status(random.nextInt(5) == 0 ? Status.PRELIMINARY : Status.FINAL)
        .method(List.of("Elecsys", "LC-MS/MS", "iSYS intact").get(random.nextInt(3)))
        .device(random.nextBoolean() ? null : "dxa-" + random.nextInt(2))
        .laboratory(random.nextBoolean() ? null : "lab-" + random.nextInt(2));
  }

  private static Circumstances patient(Random random) {
    Someone someone =
        switch (random.nextInt(3)) {
          case 0 -> Someone.unknown();
          case 1 -> Someone.man("1970-05");
          default -> Someone.woman("1970-05", POSTMENOPAUSAL).finalPeriod("2025-02");
        };
    return random.nextBoolean()
        ? someone.quantity("biotin-intake", "" + random.nextInt(12), "mg/d").build()
        : someone.fact("fracture", Presence.PRESENT, "2025").build();
  }

  private List<Finding> findings(Case given) {
    return assess(given).findings();
  }

  private Assessment assess(Case given) {
    return quality.assess(
        given.result().build(),
        given.patient(),
        Chart.of(given.others().stream().map(Result::build).toList())
            .with(Set.of(given.result().build())));
  }

  private static Circumstances fact(String code, Presence presence, String since) {
    return Someone.unknown().fact(code, presence, since).build();
  }

  private static Result ctx(String value) {
    return Result.of("ctx", value);
  }

  private static Result p1np(String value) {
    return Result.of("p1np", value);
  }

  private static Result egfr(String value) {
    return Result.of("egfr", value);
  }

  private static Result hip(String value) {
    return Result.of("bmd-total-hip", value).at("2026-01-05");
  }

  private static Result tScore() {
    return Result.of("t-score-total-hip", "-2.6");
  }

  private static Result testosterone(String value) {
    return Result.of("testosterone", value);
  }
}
