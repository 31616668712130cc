package org.trabecula.patient.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Status;
import org.trabecula.patient.measurement.LeastSignificantChanges.Basis;
import org.trabecula.patient.measurement.LeastSignificantChanges.Least;
import org.trabecula.patient.measurement.Trend.Change;
import org.trabecula.patient.measurement.Trend.Point;
import org.trabecula.patient.measurement.Trend.Series;
import org.trabecula.patient.measurement.Trend.Verdict;

class TrendsTest {
  private static final Circumstances MAN = Someone.man("1960-03").taking().build();

  private final Trends trends =
      new Trends(new Quality(new Catalogue(new ObjectMapper()), new ReferenceIntervals()));

  TrendsTest() throws Exception {}

  /// Default least significant changes: 25 % for P1NP, 40 % for CTX.
  @ParameterizedTest
  @CsvSource({
    "p1np, 40, 50, WITHIN_LSC, 25.0",
    "p1np, 40, 50.1, INCREASED, 25.3",
    "p1np, 40, 30, WITHIN_LSC, -25.0",
    "p1np, 40, 29.9, DECREASED, -25.3",
    "ctx, 400, 560, WITHIN_LSC, 40.0",
    "ctx, 400, 561, INCREASED, 40.3",
    "ctx, 400, 239, DECREASED, -40.3",
  })
  void judgesAChangeByTheLeastSignificantOne(
      String analyte, String earlier, String later, Verdict verdict, BigDecimal percent) {
    Change change =
        last(
            MAN, Result.of(analyte, earlier).at("2025-06-02T08:00:00Z"), Result.of(analyte, later));
    assertThat(change.verdict()).isEqualTo(verdict);
    assertThat(change.percent()).isEqualByComparingTo(percent);
    assertThat(change.reason()).contains("least significant change");
  }

  @ParameterizedTest
  @CsvSource({
    "bmd-lumbar-spine, 1.000, 1.053, WITHIN_LSC",
    "bmd-lumbar-spine, 1.000, 1.054, INCREASED",
    "bmd-total-hip, 1.000, 0.950, WITHIN_LSC",
    "bmd-total-hip, 1.000, 0.949, DECREASED",
    "bmd-femoral-neck, 1.000, 0.931, WITHIN_LSC",
    "bmd-femoral-neck, 1.000, 0.930, DECREASED",
    "bmd-radius-third, 0.700, 0.600, NOT_COMPARABLE",
  })
  void judgesEachSiteByItsOwnPrecision(
      String analyte, String earlier, String later, Verdict verdict) {
    assertThat(
            last(MAN, Result.of(analyte, earlier).at("2024-01-05"), Result.of(analyte, later))
                .verdict())
        .isEqualTo(verdict);
  }

  @Test
  void takesTheScannersPrecisionBeforeTheClinicsLimitBeforeTheDefault() {
    Result[] scans = {hip("1.000").at("2024-01-05"), hip("0.968")};
    assertThat(last(MAN, scans).leastSignificantChange().basis()).isEqualTo(Basis.DEFAULT);

    Someone someone = Someone.man("1960-03").leastSignificantChange("bmd-total-hip", 3.5);
    Change byClinic = last(someone.build(), scans);
    assertThat(byClinic.leastSignificantChange().basis()).isEqualTo(Basis.CLINIC);
    assertThat(byClinic.verdict()).isEqualTo(Verdict.WITHIN_LSC);

    Change byScanner = last(someone.scanner("DXA-1", "total-hip", 1.0).build(), scans);
    assertThat(byScanner.leastSignificantChange())
        .isEqualTo(
            new Least(
                new BigDecimal("2.8"),
                Basis.SCANNER,
                "2.77 times the scanner's precision of 1.0 %"));
    assertThat(byScanner.verdict()).isEqualTo(Verdict.DECREASED);
  }

  @Test
  void followsOneAssayOfOneLaboratoryAtATime() {
    List<Series> series =
        trend(
            MAN,
            p1np("40").at("2025-01-02"),
            p1np("90").at("2025-03-02").laboratory("South"),
            p1np("80").at("2025-06-02").method("iSYS"),
            p1np("60").at("2025-09-02").laboratory("NORTH"));
    assertThat(series).extracting(one -> one.points().size()).containsExactly(2, 1, 1);
    assertThat(series.getFirst().points().getLast().sincePrevious().verdict())
        .isEqualTo(Verdict.INCREASED);
    assertThat(series.get(1).points().getFirst().sinceBaseline().verdict())
        .isEqualTo(Verdict.NOT_COMPARABLE);
  }

  @Test
  void doesNotPresumeTheAssay() {
    Change change = last(MAN, p1np("40").at("2025-01-02").method(null), p1np("90").method(null));
    assertThat(change.verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(change.reason())
        .isEqualTo("Not comparable: whether the assay is the same was not stated.");
  }

  @Test
  void hasNoVerdictAcrossScanners() {
    List<Series> series = trend(MAN, hip("1.000").at("2024-01-05"), hip("0.800").device("dxa-2"));
    assertThat(series).hasSize(2);
    assertThat(series.getLast().points().getFirst().sinceBaseline().verdict())
        .isEqualTo(Verdict.NOT_COMPARABLE);
  }

  @Test
  void hasNoVerdictAcrossRegionsOfOneScanner() {
    Change change =
        last(
            MAN,
            Result.of("bmd-lumbar-spine", "1.0").at("2024-01-05").region("L1-L4"),
            Result.of("bmd-lumbar-spine", "0.8").region("L2-L4"));
    assertThat(change.verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(change.reason()).contains("the region is another, L1-L4 before and L2-L4 now");
  }

  @Test
  void waitsAYearBetweenScansAndHalfAYearUnderGlucocorticoids() {
    Result[] scans = {hip("1.000").at("2025-06-05"), hip("0.900").at("2026-01-05")};
    assertThat(last(MAN, scans).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(last(MAN, scans).reason()).contains("less than 12 months");
    assertThat(last(Someone.unknown().build(), scans).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    Circumstances steroid = Someone.man("1960-03").taking("prednisone").build();
    assertThat(last(steroid, scans).verdict()).isEqualTo(Verdict.DECREASED);
  }

  /// A result that came too soon after the last may well be far enough from the first.
  @Test
  void judgesAgainstTheBaselineEvenWhereThePreviousScanIsTooClose() {
    Point point =
        trend(
                MAN,
                hip("1.000").at("2024-01-05"),
                hip("0.920").at("2025-11-05"),
                hip("0.900").at("2026-01-05"))
            .getFirst()
            .points()
            .getLast();
    assertThat(point.sinceBaseline().verdict()).isEqualTo(Verdict.DECREASED);
    assertThat(point.sincePrevious().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
  }

  @ParameterizedTest
  @CsvSource({"t-score-total-hip, {T-score}", "z-score-lumbar-spine, {Z-score}"})
  void neverFollowsScores(String analyte, String unit) {
    Change change =
        last(
            MAN,
            Result.of(analyte, "-2.0").unit(unit).at("2024-01-05"),
            Result.of(analyte, "-2.6").unit(unit));
    assertThat(change.verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(change.absolute()).isEqualByComparingTo("-0.6");
    assertThat(change.percent()).isNull();
    assertThat(change.leastSignificantChange()).isNull();
    assertThat(change.reason()).contains("g/cm2 on one scanner");
  }

  @Test
  void keepsAndShowsWhatNoVerdictUses() {
    List<Point> points =
        trend(
                MAN,
                ctx("400").at("2025-01-06T08:00:00Z"),
                ctx("150").at("2025-03-06T15:00:00Z"),
                ctx("150").at("2025-05-06T08:00:00Z").fasting(Fasting.UNKNOWN),
                ctx("150").at("2025-06-06T08:00:00Z").status(Status.PRELIMINARY),
                ctx("150").at("2025-07-06T08:00:00Z").comparator(Comparator.LESS_THAN),
                ctx("420").at("2025-09-06T08:00:00Z"))
            .getFirst()
            .points();
    assertThat(points).hasSize(6);
    assertThat(points.subList(1, 5))
        .allSatisfy(
            point -> {
              assertThat(point.excluded()).isNotBlank();
              assertThat(point.sinceBaseline().verdict()).isEqualTo(Verdict.EXCLUDED);
              assertThat(point.sincePrevious().verdict()).isEqualTo(Verdict.EXCLUDED);
            });
    assertThat(points.getLast().sincePrevious().from().value).isEqualByComparingTo("400");
    assertThat(points.getLast().sincePrevious().verdict()).isEqualTo(Verdict.WITHIN_LSC);
  }

  @Test
  void biotinKeepsAResultFromAVerdict() {
    Circumstances patient = Someone.unknown().quantity("biotin-intake", "10", "mg/d").build();
    assertThat(last(patient, p1np("40").at("2025-10-02"), p1np("90")).verdict())
        .isEqualTo(Verdict.EXCLUDED);
  }

  @Test
  void alwaysSaysWhyInWords() {
    assertThat(
            trend(MAN, p1np("40").at("2025-01-02"), p1np("90").at("2025-06-02"), p1np("10"))
                .getFirst()
                .points())
        .allSatisfy(
            point -> {
              assertThat(point.sinceBaseline().reason()).isNotBlank();
              assertThat(point.sincePrevious().reason()).isNotBlank();
            });
  }

  @Test
  void ofNothingThereIsNoSeries() {
    assertThat(trend(MAN)).isEmpty();
  }

  /// Exactly as the definition says, over the whole range.
  @Test
  void aVerdictIsAlwaysTheDefinitions() {
    for (int later = 1; later <= 1_000; later++) {
      Change change = last(MAN, p1np("100").at("2025-06-02"), p1np(Integer.toString(later)));
      Verdict expected =
          later > 125 ? Verdict.INCREASED : later < 75 ? Verdict.DECREASED : Verdict.WITHIN_LSC;
      assertThat(change.verdict()).as(later + " after 100").isEqualTo(expected);
    }
  }

  private Change last(Circumstances patient, Result... results) {
    return trend(patient, results).getFirst().points().getLast().sincePrevious();
  }

  private List<Series> trend(Circumstances patient, Result... results) {
    return trends.of(Chart.of(Arrays.stream(results).map(Result::build).toList()), patient);
  }

  private static Result p1np(String value) {
    return Result.of("p1np", value);
  }

  private static Result ctx(String value) {
    return Result.of("ctx", value);
  }

  private static Result hip(String value) {
    return Result.of("bmd-total-hip", value).at("2026-01-05");
  }
}
