package org.trabecula.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Observation.Manufacturer;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.Probability.Event;
import org.trabecula.engine.Series.Basis;
import org.trabecula.engine.ensemble.Diagnostics;
import org.trabecula.engine.ensemble.EnsembleReadOuts;
import org.trabecula.engine.ensemble.Level;
import org.trabecula.engine.ensemble.Observable;
import org.trabecula.engine.ensemble.Posterior;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;

/// A posterior as the bands and probabilities of a forecast.
///
/// Every value is a mixture: each member has its own course, and about it a normal in the log for
/// what is not known of the level, for what the model misses, and for the error of a measurement.
/// One even normal draw per member ([NormalDraws]) makes the weighted members themselves stand for
/// the mixture, in all months alike.
final class Summaries {

  private static final double PMOL_PER_L_PER_PG_PER_ML = 3.671;
  private static final double NMOL_PER_L_PER_NG_PER_DL = 0.03467;
  private static final double OSTEOPOROSIS = -2.5;

  /// Where a scale lies before the patient's own factor.
  ///
  /// @param population what a read-out of 1 means in people like the patient, in the unit
  /// @param reference the population behind it
  record Anchor(double population, Basis basis, String reference) {}

  private final Posterior posterior;
  private final EnsembleReadOuts readOuts;
  private final double[] weights;
  private final double[] days;
  private final int[] dayIndices;
  private final NormalDraws draws;
  private final WeightedQuantiles quantiles;
  private final double[] sample;

  private final Map<Quantity, Series> series = new EnumMap<>(Quantity.class);
  private final List<Probability> probabilities = new ArrayList<>();
  private final List<Unavailable> unavailable = new ArrayList<>();

  /// @param seed of the patient and the model alone, so that a new result does not bring new noise
  Summaries(Posterior posterior, int horizonMonths, long seed) {
    this.posterior = posterior;
    this.readOuts = posterior.readOuts();
    this.weights = posterior.weights();
    this.days = new double[horizonMonths + 1];
    this.dayIndices = new int[horizonMonths + 1];
    for (int month = 0; month <= horizonMonths; month++) {
      days[month] = Timeline.dayOfMonth(month);
      dayIndices[month] = readOuts.index(days[month]);
    }
    this.draws = new NormalDraws(weights, seed);
    this.quantiles = new WeightedQuantiles(weights, Band.PROBABILITIES);
    this.sample = new double[weights.length];
  }

  Map<Quantity, Series> series() {
    return series;
  }

  List<Probability> probabilities() {
    return probabilities;
  }

  List<Unavailable> unavailable() {
    return unavailable;
  }

  Diagnostics diagnostics() {
    return posterior.diagnostics();
  }

  /// Density of a site: change, level, and T- or Z-score.
  ///
  /// @param manufacturer of the scanner whose values these are
  /// @param age in years at `asOf`
  void bmd(
      Site site,
      Anchor anchor,
      Manufacturer manufacturer,
      SexForClinicalUse sex,
      double age,
      boolean tScoreApplies,
      DxaReferences references,
      Parameters.Uncertainty u) {
    DxaReferences.Reference young = references.tScore(site, sex, manufacturer);
    double threshold = young.mean() + OSTEOPOROSIS * young.sd();
    Scaled bmd = new Scaled(site.observable(), anchor, threshold, site.leastSignificantChange(u));
    bmd.put(site.bmd(), site.change());
    if (tScoreApplies) {
      put(
          site.tScore(),
          anchor.basis(),
          young.text(),
          bmd.level,
          bmd.nextLevel,
          (month, density) -> young.score(density));
      probability(Event.OSTEOPOROSIS_BY_T_SCORE, site.tScore(), OSTEOPOROSIS, bmd.belowThreshold);
      unavailable(
          site.zScore(), Unavailable.Reason.DOES_NOT_APPLY, "The T-score applies to this patient.");
    } else {
      unavailable(
          site.tScore(),
          Unavailable.Reason.DOES_NOT_APPLY,
          "T-scores are for postmenopausal women and for men from 50.");
      DxaReferences.ByAge peers = references.zScore(site, sex, manufacturer);
      double last = age + days[days.length - 1] / Physiology.YEAR;
      if (peers != null && peers.covers(age, last)) {
        put(
            site.zScore(),
            anchor.basis(),
            peers.text(),
            bmd.level,
            bmd.nextLevel,
            (month, density) -> peers.score(age + days[month] / Physiology.YEAR, density));
      } else {
        unavailable(
            site.zScore(),
            Unavailable.Reason.NO_REFERENCE,
            "No reference by age for the %s of this sex on a %s at all ages of the forecast."
                .formatted(site.text(), manufacturer));
      }
    }
  }

  void markers(Anchor ctx, Anchor p1np, Parameters.Uncertainty u) {
    new Scaled(Observable.CTX, ctx, 0, u.lscCtx()).put(Quantity.CTX, Quantity.CTX_CHANGE);
    new Scaled(Observable.P1NP, p1np, 0, u.lscP1np()).put(Quantity.P1NP, Quantity.P1NP_CHANGE);
  }

  /// @param estradiol whether the patient's own results inform it; likewise the others
  void hormones(boolean estradiol, boolean testosterone, boolean igf) {
    plain(
        Quantity.ESTRADIOL,
        basis(estradiol),
        Observable.ESTRADIOL,
        (month, pgPerMl) -> pgPerMl * PMOL_PER_L_PER_PG_PER_ML);
    plain(
        Quantity.TESTOSTERONE,
        basis(testosterone),
        Observable.TESTOSTERONE,
        (month, ngPerDl) -> ngPerDl * NMOL_PER_L_PER_NG_PER_DL);
    plain(Quantity.IGF1_RATIO, basis(igf), Observable.IGF1, (month, ratio) -> ratio);
  }

  void inferred(Parameters.ReadOut p) {
    index(Quantity.RANKL_OPG_RATIO, Observable.RANKL_OPG, 1);
    index(Quantity.BV_TV, Observable.TRABECULAR_VOLUME, 1);
    index(Quantity.TB_N, Observable.TRABECULAR_NUMBER, p.tbN0());
    double[][] thickness =
        quantiles(
            (month, out) -> {
              double[] volume = readOuts.at(Observable.TRABECULAR_VOLUME, dayIndices[month]);
              double[] number = readOuts.at(Observable.TRABECULAR_NUMBER, dayIndices[month]);
              for (int i = 0; i < out.length; i++) {
                out[i] = volume[i] / number[i];
              }
            });
    put(Quantity.TB_TH, thickness, (month, ratio) -> p.tbTh0() * ratio);
    double[][] loss =
        quantiles(
            (month, out) -> {
              double[] volume = readOuts.at(Observable.CORTICAL_VOLUME, dayIndices[month]);
              for (int i = 0; i < out.length; i++) {
                out[i] = 1 - volume[i];
              }
            });
    put(Quantity.CT_PO, loss, (month, lost) -> p.po0() + p.fPo() * lost * (1 - p.po0()));
    put(Quantity.CT_TH, reversed(loss), (month, lost) -> p.ctTh0() * (1 - (1 - p.fPo()) * lost));
    index(Quantity.TBS, Observable.TBS, p.tbs0());
  }

  private void index(Quantity quantity, Observable observable, double unit) {
    plain(quantity, Basis.MODEL_INFERRED, observable, (month, ratio) -> unit * ratio);
  }

  private void plain(Quantity quantity, Basis basis, Observable observable, Band.Rising unit) {
    double[][] plain = new double[days.length][Band.PROBABILITIES.length];
    for (int month = 0; month < days.length; month++) {
      quantiles.of(readOuts.at(observable, dayIndices[month]), plain[month]);
    }
    put(quantity, basis, null, plain, null, unit);
  }

  private void put(Quantity quantity, double[][] patient, Band.Rising unit) {
    put(quantity, Basis.MODEL_INFERRED, null, patient, null, unit);
  }

  private void put(
      Quantity quantity,
      Basis basis,
      @Nullable String reference,
      double[][] patient,
      double @Nullable [][] next,
      Band.Rising unit) {
    Band nextBand = next == null ? null : Band.of(next, unit);
    series.put(quantity, new Series(quantity, basis, Band.of(patient, unit), nextBand, reference));
  }

  private void probability(Event event, Quantity quantity, double threshold, double[] values) {
    List<Double> boxed = Arrays.stream(values).boxed().toList();
    probabilities.add(new Probability(event, quantity, threshold, boxed));
  }

  private void unavailable(Quantity quantity, Unavailable.Reason reason, String text) {
    unavailable.add(new Unavailable(quantity, reason, text));
  }

  private static Basis basis(boolean observed) {
    return observed ? Basis.OBSERVED : Basis.POPULATION_PRIOR;
  }

  /// Quantiles of what falls when the quantity rises, in the order of the quantity.
  private static double[][] reversed(double[][] falling) {
    double[][] rising = new double[falling.length][];
    for (int month = 0; month < falling.length; month++) {
      int size = falling[month].length;
      rising[month] = new double[size];
      for (int i = 0; i < size; i++) {
        rising[month][i] = falling[month][size - 1 - i];
      }
    }
    return rising;
  }

  private interface Sampler {
    void fill(int month, double[] out);
  }

  private double[][] quantiles(Sampler sampler) {
    double[][] found = table();
    for (int month = 0; month < days.length; month++) {
      sampler.fill(month, sample);
      quantiles.of(sample, found[month]);
    }
    return found;
  }

  private double[][] table() {
    return new double[days.length][Band.PROBABILITIES.length];
  }

  /// A read-out on the patient's own scale: quantiles of level and change, true and measured.
  private final class Scaled {

    private final Anchor anchor;
    private final double significant;
    private final double[] factor = new double[weights.length];
    private final double[] normal;

    private final double[][] level = table();
    private final double[][] nextLevel = table();
    private final double[][] change = table();
    private final double[][] measuredChange = table();
    private final double[] belowThreshold = new double[days.length];
    private final double[] belowBaseline = new double[days.length];
    private final double[] gain = new double[days.length];
    private final double[] loss = new double[days.length];

    /// @param threshold of the level
    /// @param significant least significant change in per cent
    Scaled(Observable observable, Anchor anchor, double threshold, double significant) {
      this.anchor = anchor;
      this.significant = significant;
      Level own = Objects.requireNonNull(posterior.levels().get(observable));
      Arrays.setAll(factor, i -> anchor.population() * StrictMath.exp(own.mean()[i]));
      normal = draws.of(observable.ordinal());
      double error = square(own.error());
      double[] now = readOuts.at(observable, dayIndices[0]);
      for (int month = 0; month < days.length; month++) {
        double[] then = readOuts.at(observable, dayIndices[month]);
        levels(then, own.variance(days[month]), level[month]);
        belowThreshold[month] = quantiles.below(threshold);
        levels(then, own.variance(days[month]) + error, nextLevel[month]);
        double drift = square(own.drift()) * days[month] / Physiology.YEAR;
        changes(now, then, drift, change[month]);
        belowBaseline[month] = quantiles.below(0);
        changes(now, then, drift + 2 * error, measuredChange[month]);
        gain[month] = 1 - quantiles.below(significant);
        loss[month] = quantiles.below(-significant);
      }
    }

    private void levels(double[] course, double variance, double[] out) {
      double sd = StrictMath.sqrt(variance);
      for (int i = 0; i < sample.length; i++) {
        sample[i] = factor[i] * course[i] * Lognormal.exp(sd * normal[i]);
      }
      quantiles.of(sample, out);
    }

    private void changes(double[] now, double[] then, double variance, double[] out) {
      double sd = StrictMath.sqrt(variance);
      for (int i = 0; i < sample.length; i++) {
        sample[i] = 100 * (then[i] / now[i] * Lognormal.exp(sd * normal[i]) - 1);
      }
      quantiles.of(sample, out);
    }

    void put(Quantity levels, Quantity changes) {
      Band.Rising same = (month, value) -> value;
      Summaries.this.put(levels, anchor.basis(), anchor.reference(), level, nextLevel, same);
      Summaries.this.put(changes, Basis.RELATIVE, null, change, measuredChange, same);
      probability(Event.GAIN_BEYOND_LSC, changes, significant, gain);
      probability(Event.LOSS_BEYOND_LSC, changes, -significant, loss);
      probability(Event.BELOW_BASELINE, changes, 0, belowBaseline);
    }
  }

  private static double square(double x) {
    return x * x;
  }
}
