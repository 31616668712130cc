package org.trabecula.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoublePredicate;
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
    Scaled scaled = new Scaled(site.observable(), anchor);
    change(site.change(), scaled, site.leastSignificantChange(u));
    Tally osteoporosis = new Tally();
    DxaReferences.Reference young = references.tScore(site, sex, manufacturer);
    double[][] patient =
        quantiles(
            scaled::level,
            month -> osteoporosis.add(month, bmd -> young.score(bmd) <= OSTEOPOROSIS));
    double[][] next = quantiles(scaled::nextLevel);
    put(site.bmd(), anchor.basis(), anchor.reference(), patient, next, (month, bmd) -> bmd);
    if (tScoreApplies) {
      put(
          site.tScore(),
          anchor.basis(),
          young.text(),
          patient,
          next,
          (month, bmd) -> young.score(bmd));
      probabilities.add(
          osteoporosis.of(Event.OSTEOPOROSIS_BY_T_SCORE, site.tScore(), OSTEOPOROSIS));
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
            patient,
            next,
            (month, bmd) -> peers.score(age + days[month] / Physiology.YEAR, bmd));
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
    marker(Quantity.CTX, Quantity.CTX_CHANGE, new Scaled(Observable.CTX, ctx), u.lscCtx());
    marker(Quantity.P1NP, Quantity.P1NP_CHANGE, new Scaled(Observable.P1NP, p1np), u.lscP1np());
  }

  private void marker(Quantity level, Quantity change, Scaled scaled, double significant) {
    put(
        level,
        scaled.anchor.basis(),
        scaled.anchor.reference(),
        quantiles(scaled::level),
        quantiles(scaled::nextLevel),
        (month, value) -> value);
    change(change, scaled, significant);
  }

  private void change(Quantity quantity, Scaled scaled, double significant) {
    Tally gain = new Tally();
    Tally loss = new Tally();
    Tally below = new Tally();
    double[][] patient = quantiles(scaled::change, month -> below.add(month, change -> change < 0));
    double[][] next =
        quantiles(
            scaled::measuredChange,
            month -> {
              gain.add(month, change -> change > significant);
              loss.add(month, change -> change < -significant);
            });
    put(quantity, Basis.RELATIVE, null, patient, next, (month, change) -> change);
    probabilities.add(gain.of(Event.GAIN_BEYOND_LSC, quantity, significant));
    probabilities.add(loss.of(Event.LOSS_BEYOND_LSC, quantity, -significant));
    probabilities.add(below.of(Event.BELOW_BASELINE, quantity, 0));
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

  private interface Counter {
    void count(int month);
  }

  private double[][] quantiles(Sampler sampler) {
    return quantiles(sampler, month -> {});
  }

  private double[][] quantiles(Sampler sampler, Counter counter) {
    double[][] found = new double[days.length][Band.PROBABILITIES.length];
    for (int month = 0; month < days.length; month++) {
      sampler.fill(month, sample);
      quantiles.of(sample, found[month]);
      counter.count(month);
    }
    return found;
  }

  /// The weight of the members of which something is true, by month.
  private final class Tally {

    private final double[] shares = new double[days.length];

    void add(int month, DoublePredicate event) {
      double sum = 0;
      for (int i = 0; i < sample.length; i++) {
        sum += event.test(sample[i]) ? weights[i] : 0;
      }
      shares[month] = Math.min(1, sum);
    }

    Probability of(Event event, Quantity quantity, double threshold) {
      return new Probability(event, quantity, threshold, Arrays.stream(shares).boxed().toList());
    }
  }

  /// A read-out on the patient's own scale.
  private final class Scaled {

    private final Observable observable;
    private final Anchor anchor;
    private final Level level;
    private final double[] scale;
    private final double[] normal;

    Scaled(Observable observable, Anchor anchor) {
      this.observable = observable;
      this.anchor = anchor;
      this.level = Objects.requireNonNull(posterior.levels().get(observable));
      this.scale = new double[weights.length];
      Arrays.setAll(scale, i -> anchor.population() * StrictMath.exp(level.mean()[i]));
      this.normal = draws.of(observable.ordinal());
    }

    void level(int month, double[] out) {
      spread(scale, month, level.variance(days[month]), out);
    }

    void nextLevel(int month, double[] out) {
      spread(scale, month, level.variance(days[month]) + square(level.error()), out);
    }

    void change(int month, double[] out) {
      change(month, drift(month), out);
    }

    void measuredChange(int month, double[] out) {
      change(month, drift(month) + 2 * square(level.error()), out);
    }

    private double drift(int month) {
      return square(level.drift()) * days[month] / Physiology.YEAR;
    }

    private void spread(double[] factor, int month, double variance, double[] out) {
      double[] course = readOuts.at(observable, dayIndices[month]);
      double sd = StrictMath.sqrt(variance);
      for (int i = 0; i < out.length; i++) {
        out[i] = factor[i] * course[i] * Lognormal.exp(sd * normal[i]);
      }
    }

    private void change(int month, double variance, double[] out) {
      double[] now = readOuts.at(observable, dayIndices[0]);
      double[] then = readOuts.at(observable, dayIndices[month]);
      double sd = StrictMath.sqrt(variance);
      for (int i = 0; i < out.length; i++) {
        out[i] = 100 * (then[i] / now[i] * Lognormal.exp(sd * normal[i]) - 1);
      }
    }
  }

  private static double square(double x) {
    return x * x;
  }
}
