package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.engine.Observation.Manufacturer;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.Probability.Event;
import org.trabecula.engine.Series.Basis;
import org.trabecula.engine.ensemble.Diagnostics;
import org.trabecula.engine.ensemble.Diagnostics.Verdict;
import org.trabecula.engine.ensemble.EnsembleReadOuts;
import org.trabecula.engine.ensemble.Level;
import org.trabecula.engine.ensemble.Members;
import org.trabecula.engine.ensemble.Observable;
import org.trabecula.engine.ensemble.Posterior;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;

/// Members with slopes, levels and weights of their own, against the mixture in closed form.
class SummariesTest {

  private static final int SIZE = 2000;
  private static final int MONTHS = 24;
  private static final double POPULATION = 0.95;
  private static final double SD = 0.012;
  private static final double DRIFT = 0.008;
  private static final double ERROR = 0.013;
  private static final double CTX_ERROR = 0.15;
  private static final double LAST_SCAN = -400;
  private static final Parameters PARAMETERS = Parameters.shipped();

  private final double[] weights = NormalDrawsTest.unequal(SIZE, 1);
  private final double[] mean = normal(0.02, 2);
  private final double[] slope = normal(0.015, 3);
  private final Summaries summaries = summaries(11);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 24})
  void theBandsOfALevelAreThoseOfTheMixture(int month) {
    Series bmd = series(Quantity.TOTAL_HIP_BMD);
    double[] centre = centres(i -> POPULATION * Math.exp(mean[i]) * course(i, month));
    double years = (Timeline.dayOfMonth(month) - LAST_SCAN) / 365.25;
    double known = SD * SD + DRIFT * DRIFT * years;
    assertMixture(bmd.patient(), month, centre, Math.sqrt(known), ln -> Math.exp(ln));
    assertMixture(
        Objects.requireNonNull(bmd.nextMeasurement()),
        month,
        centre,
        Math.sqrt(known + ERROR * ERROR),
        ln -> Math.exp(ln));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 24})
  void theBandsOfAChangeAreThoseOfTheMixture(int month) {
    Series change = series(Quantity.TOTAL_HIP_CHANGE);
    double[] centre = centres(i -> course(i, month) / course(i, 0));
    double drift = DRIFT * DRIFT * month / 12;
    DoubleUnaryOperator perCent = ln -> 100 * (Math.exp(ln) - 1);
    assertMixture(change.patient(), month, centre, Math.sqrt(drift), perCent);
    assertMixture(
        Objects.requireNonNull(change.nextMeasurement()),
        month,
        centre,
        Math.sqrt(drift + 2 * ERROR * ERROR),
        perCent);
  }

  @Test
  void nothingHasChangedAtMonthZeroButTwoScansDiffer() {
    Series change = series(Quantity.TOTAL_HIP_CHANGE);
    assertThat(List.of(change.patient().q05().getFirst(), change.patient().q95().getFirst()))
        .containsOnly(0.0);
    Band two = Objects.requireNonNull(change.nextMeasurement());
    assertThat(two.q95().getFirst())
        .isCloseTo(100 * (Math.exp(1.6449 * Math.sqrt(2) * ERROR) - 1), within(0.05));
    assertThat(probability(Event.BELOW_BASELINE, Quantity.TOTAL_HIP_CHANGE).getFirst()).isZero();
  }

  @Test
  void everyBandIsInOrderAndTheNextMeasurementIsTheWider() {
    summaries
        .series()
        .values()
        .forEach(
            series -> {
              assertAscending(series.patient());
              Band next = series.nextMeasurement();
              if (next != null) {
                assertAscending(next);
                for (int m = 0; m <= MONTHS; m++) {
                  assertThat(next.q95().get(m) - next.q05().get(m))
                      .as(series.quantity().code())
                      .isGreaterThan(series.patient().q95().get(m) - series.patient().q05().get(m));
                }
              }
            });
  }

  @Test
  void whatIsMeasuredHasABandOfTheNextMeasurementAndNothingElse() {
    assertThat(summaries.series().values())
        .allSatisfy(
            series ->
                assertThat(series.nextMeasurement() != null)
                    .as(series.quantity().code())
                    .isEqualTo(series.quantity().compareTo(Quantity.P1NP_CHANGE) <= 0));
  }

  @Test
  void probabilitiesAgreeWithTheMixtureAndWithTheBands() {
    double lsc = PARAMETERS.uncertainty().lscTH();
    double sd = Math.sqrt(DRIFT * DRIFT * 2 + 2 * ERROR * ERROR);
    double[] centre = centres(i -> course(i, MONTHS) / course(i, 0));
    double[] expected = {
      1 - below(Math.log(1 + lsc / 100), centre, sd), below(Math.log(1 - lsc / 100), centre, sd)
    };
    List<Double> gain = probability(Event.GAIN_BEYOND_LSC, Quantity.TOTAL_HIP_CHANGE);
    List<Double> loss = probability(Event.LOSS_BEYOND_LSC, Quantity.TOTAL_HIP_CHANGE);
    assertThat(expected[0]).isBetween(0.01, 0.99);
    assertThat(gain.getLast()).isCloseTo(expected[0], within(0.015));
    assertThat(loss.getLast()).isCloseTo(expected[1], within(0.015));
    assertThat(probability(Event.BELOW_BASELINE, Quantity.TOTAL_HIP_CHANGE).getLast())
        .isCloseTo(below(0, centre, DRIFT * Math.sqrt(2)), within(0.015));
    double threshold = Math.log(0.942 - 2.5 * 0.122);
    assertThat(probability(Event.OSTEOPOROSIS_BY_T_SCORE, Quantity.TOTAL_HIP_T_SCORE).getLast())
        .isCloseTo(
            below(
                threshold,
                centres(i -> POPULATION * Math.exp(mean[i]) * course(i, MONTHS)),
                Math.sqrt(
                    SD * SD + DRIFT * DRIFT * (Timeline.dayOfMonth(MONTHS) - LAST_SCAN) / 365.25)),
            within(0.015));
  }

  @Test
  void scoresAreTheLevelsInOtherUnits() {
    Band bmd = series(Quantity.TOTAL_HIP_BMD).patient();
    Band t = series(Quantity.TOTAL_HIP_T_SCORE).patient();
    assertThat(t.q10().get(12)).isCloseTo((bmd.q10().get(12) - 0.942) / 0.122, within(1e-12));
    Band thickness = series(Quantity.CT_TH).patient();
    Band porosity = series(Quantity.CT_PO).patient();
    double fPo = PARAMETERS.readOut().fPo();
    double lost = (1 - thickness.q05().get(12) / PARAMETERS.readOut().ctTh0()) / (1 - fPo);
    double po0 = PARAMETERS.readOut().po0();
    assertThat(porosity.q95().get(12)).isCloseTo(po0 + fPo * lost * (1 - po0), within(1e-12));
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherSeedNearlyTheSameNumbers() {
    assertThat(summaries(11).series()).isEqualTo(summaries.series());
    Series other = Objects.requireNonNull(summaries(12).series().get(Quantity.TOTAL_HIP_BMD));
    assertThat(other).isNotEqualTo(series(Quantity.TOTAL_HIP_BMD));
    assertThat(other.patient().q05().get(12))
        .isCloseTo(series(Quantity.TOTAL_HIP_BMD).patient().q05().get(12), within(0.004));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3, -1, -0.1, -1e-9, 0, 1e-6, 0.3, 2, 3})
  void theExponentialIsGoodToSevenDigits(double x) {
    assertThat(Lognormal.exp(x) / Math.exp(x)).isCloseTo(1, within(1e-7));
    assertThat(Lognormal.exp(0)).isEqualTo(1);
  }

  private Summaries summaries(long seed) {
    double[] days = IntStream.rangeClosed(0, MONTHS).mapToDouble(Timeline::dayOfMonth).toArray();
    EnsembleReadOuts readOuts = new EnsembleReadOuts();
    readOuts.prepare(days, SIZE);
    for (Observable observable : Observable.values()) {
      for (int month = 0; month <= MONTHS; month++) {
        int m = month;
        Arrays.setAll(readOuts.at(observable, month), i -> course(i, m));
      }
    }
    Map<Observable, Level> levels = new EnumMap<>(Observable.class);
    for (Site site : Site.values()) {
      levels.put(site.observable(), new Level(mean, SD, LAST_SCAN, DRIFT, ERROR));
    }
    for (Observable marker : List.of(Observable.CTX, Observable.P1NP)) {
      levels.put(marker, new Level(mean, SD, LAST_SCAN, 0, CTX_ERROR));
    }
    Posterior posterior =
        new Posterior(
            Members.typical(SIZE, body()),
            readOuts,
            weights,
            levels,
            new Diagnostics(SIZE, 1, SIZE, 0, 0, Verdict.FITS, List.of(), List.of()));
    Summaries made = new Summaries(posterior, MONTHS, seed);
    Summaries.Anchor anchor = new Summaries.Anchor(POPULATION, Basis.OBSERVED, "people");
    for (Site site : Site.values()) {
      made.bmd(
          site,
          anchor,
          Manufacturer.HOLOGIC,
          SexForClinicalUse.FEMALE,
          60,
          true,
          DxaReferences.shipped(),
          PARAMETERS.uncertainty());
    }
    made.markers(anchor, anchor, PARAMETERS.uncertainty());
    made.hormones(true, true, true);
    made.inferred(PARAMETERS.readOut());
    return made;
  }

  private static Physiology body() {
    return new Physiology(
        false,
        60,
        51,
        -0.5,
        0.5,
        99,
        1,
        1,
        99,
        1,
        1,
        99,
        1,
        false,
        30,
        27,
        1,
        Physiology.HormoneShift.NONE);
  }

  /// Every member starts at a volume of its own and changes by a rate of its own.
  private double course(int member, int month) {
    return 0.8 * Math.exp(mean[member]) * Math.exp((slope[member] - 0.015) * month / 12);
  }

  private interface Value {
    double of(int member);
  }

  private static double[] centres(Value value) {
    return IntStream.range(0, SIZE).mapToDouble(i -> Math.log(value.of(i))).toArray();
  }

  private void assertMixture(
      Band band, int month, double[] centre, double sd, DoubleUnaryOperator unit) {
    List<List<Double>> columns =
        List.of(band.q05(), band.q10(), band.q25(), band.q50(), band.q75(), band.q90(), band.q95());
    double width = quantile(0.75, centre, sd) - quantile(0.25, centre, sd);
    for (int q = 0; q < columns.size(); q++) {
      double exact = quantile(Band.PROBABILITIES[q], centre, sd);
      double allowed =
          Math.abs(unit.applyAsDouble(exact + 0.1 * width) - unit.applyAsDouble(exact));
      assertThat(columns.get(q).get(month))
          .as("month %d, quantile %.2f", month, Band.PROBABILITIES[q])
          .isCloseTo(unit.applyAsDouble(exact), within(allowed));
    }
  }

  /// By bisection.
  private double quantile(double p, double[] centre, double sd) {
    double low = -3;
    double high = 3;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (below(middle, centre, sd) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private double below(double x, double[] centre, double sd) {
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      double z = (x - centre[i]) / sd;
      sum += weights[i] * (z > 8 ? 1 : z < -30 ? 0 : NormalDrawsTest.distribution(z));
    }
    return sum;
  }

  private static double[] normal(double sd, long seed) {
    Random random = new Random(seed);
    double[] values = new double[SIZE];
    Arrays.setAll(values, i -> sd * random.nextGaussian());
    return values;
  }

  private Series series(Quantity quantity) {
    return Objects.requireNonNull(summaries.series().get(quantity));
  }

  private List<Double> probability(Event event, Quantity quantity) {
    return summaries.probabilities().stream()
        .filter(p -> p.event() == event && p.quantity() == quantity)
        .findFirst()
        .orElseThrow()
        .values();
  }

  private static void assertAscending(Band band) {
    for (int m = 0; m <= MONTHS; m++) {
      assertThat(
              List.of(
                  band.q05().get(m),
                  band.q10().get(m),
                  band.q25().get(m),
                  band.q50().get(m),
                  band.q75().get(m),
                  band.q90().get(m),
                  band.q95().get(m)))
          .isSorted();
    }
  }
}
