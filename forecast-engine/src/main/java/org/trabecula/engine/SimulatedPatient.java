package org.trabecula.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.trabecula.engine.ensemble.Diagnostics;
import org.trabecula.engine.ensemble.Draws;
import org.trabecula.engine.ensemble.EnsembleReadOuts;
import org.trabecula.engine.ensemble.Level;
import org.trabecula.engine.ensemble.Members;
import org.trabecula.engine.ensemble.Normal;
import org.trabecula.engine.ensemble.Observable;
import org.trabecula.engine.ensemble.Posterior;
import org.trabecula.engine.model.Physiology;

/// Simulation-based calibration: patients whose truth is drawn from the prior, whose results are
/// drawn with every error, and for whom the posterior of those results is asked where the truth
/// lies in it. Over many patients that rank is uniform if the computation is right; whether the
/// prior is, only people can tell.
public final class SimulatedPatient {

  private static final int TRUTH = 1000;

  private final ForecastEngine engine;
  private final ForecastRequest plan;

  /// What is ranked: a level in some month, or its change since `asOf`.
  public record Target(Observable observable, int month, boolean change) {}

  /// @param ranks of the truth in the posterior, 0 to 1, in the order of the targets
  public record Outcome(List<Double> ranks, Diagnostics diagnostics) {}

  /// @param plan person, medication and results, of which only kind, date and source count
  public SimulatedPatient(ForecastEngine engine, ForecastRequest plan) {
    this.engine = engine;
    this.plan = plan;
  }

  public Outcome outcome(long seed, List<Target> targets) {
    Stream normal = new Stream(new Draws(seed, TRUTH));
    ForecastEngine.Run planned = engine.run(plan);
    PatientPrior prior = planned.prior();
    Members truth = draw(prior, normal);
    EnsembleReadOuts course = planned.simulate(prior, truth);
    while (Double.isNaN(log(Observable.LUMBAR_SPINE, course, plan.horizonMonths(), 0))) {
      truth = draw(prior, normal);
      course = planned.simulate(prior, truth);
    }
    double[] months = new double[plan.horizonMonths() + 1];
    Arrays.setAll(months, Timeline::dayOfMonth);
    Evidence.Simulated simulated = planned.evidence(prior).simulate(truth, course, months, normal);

    ForecastEngine.Run given = engine.run(with(simulated.values(), seed));
    PatientPrior samePrior = given.prior();
    Posterior posterior = given.posterior(samePrior, given.evidence(samePrior));
    List<Double> ranks = new ArrayList<>();
    for (Target target : targets) {
      ranks.add(rank(target, truth(target, course, simulated), posterior));
    }
    return new Outcome(ranks, posterior.diagnostics());
  }

  private static Members draw(PatientPrior prior, DoubleSupplier normal) {
    double[][] scores = new double[prior.scores().size()][1];
    Arrays.setAll(scores, s -> new double[] {normal.getAsDouble()});
    return prior.members(scores);
  }

  private ForecastRequest with(Map<String, Double> factors, long seed) {
    List<Observation> results = new ArrayList<>();
    for (Observation o : plan.observations()) {
      double value = o.value() * Objects.requireNonNull(factors.get(o.id()));
      results.add(
          new Observation(
              o.id(), o.analyte(), value, o.at(), o.fasting(), o.source(), o.manufacturer()));
    }
    return new ForecastRequest(
        plan.asOf(), plan.horizonMonths(), plan.person(), plan.administrations(), results, seed);
  }

  /// In the log.
  private static double truth(
      Target target, EnsembleReadOuts course, Evidence.Simulated simulated) {
    double[] level = simulated.levels().get(target.observable());
    double then = log(target.observable(), course, target.month(), 0);
    if (level == null) {
      return then;
    }
    return target.change()
        ? then - log(target.observable(), course, 0, 0) + level[target.month()] - level[0]
        : then + level[target.month()];
  }

  private static double rank(Target target, double truth, Posterior posterior) {
    EnsembleReadOuts course = posterior.readOuts();
    Observable observable = target.observable();
    Level level = posterior.levels().get(observable);
    double day = Timeline.dayOfMonth(target.month());
    double rank = 0;
    for (int i = 0; i < posterior.weights().length; i++) {
      double expected = log(observable, course, target.month(), i);
      double variance = 0;
      if (level != null && target.change()) {
        expected -= log(observable, course, 0, i);
        variance = level.drift() * level.drift() * day / Physiology.YEAR;
      } else if (level != null) {
        expected += level.mean()[i];
        variance = level.variance(day);
      }
      rank += posterior.weights()[i] * below(truth - expected, StrictMath.sqrt(variance));
    }
    return Math.min(1, rank);
  }

  private static double below(double difference, double sd) {
    return sd > 0 ? Normal.cdf(difference / sd) : difference > 0 ? 1 : 0;
  }

  private static double log(Observable observable, EnsembleReadOuts course, int month, int i) {
    int day = course.index(Timeline.dayOfMonth(month));
    return StrictMath.log(course.at(observable, day)[i]);
  }

  /// Normal draws one after another.
  private static final class Stream implements DoubleSupplier {

    private final Draws draws;
    private int drawn;

    Stream(Draws draws) {
      this.draws = draws;
    }

    @Override
    public double getAsDouble() {
      return draws.normals(drawn++, 1)[0];
    }
  }
}
