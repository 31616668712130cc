package org.trabecula.engine.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One trajectory from the reference state of a young adult to the end of the horizon.
public final class Simulation {

  private static final double RUN_IN_FROM_AGE = 26;
  private static final double LEAST_RUN_IN = 10 * Physiology.YEAR;
  private static final double BEFORE_FIRST_EVENT = 2 * Physiology.YEAR;

  private Simulation() {}

  /// The production path: from age 26, but at least ten years and two years before anything
  /// happens.
  ///
  /// @param days ascending, from `asOf`
  /// @return one read-out per day asked for
  /// @throws SimulationFailure if a state leaves the positive numbers
  public static List<ReadOut> run(BoneModel model, double[] days) {
    double start = Math.min(start(model), days[0]);
    return run(model, grid(model, start, days, productionRates(model)), days);
  }

  static TimeGrid.Rates productionRates(BoneModel model) {
    return TimeGrid.Rates.production(model.body.male() ? model.hormones.axisRate() : 0);
  }

  static double start(BoneModel model) {
    double start = (RUN_IN_FROM_AGE - model.body.ageAtZero()) * Physiology.YEAR;
    return Math.min(Math.min(start, -LEAST_RUN_IN), firstEvent(model) - BEFORE_FIRST_EVENT);
  }

  static TimeGrid grid(BoneModel model, double start, double[] days, TimeGrid.Rates rates) {
    double[] switches = concat(abrupt(model.body), model.exposure.switches());
    // A body that differs from the reference for life leaves it at the start, as after a switch.
    switches = concat(new double[] {start}, switches);
    return TimeGrid.of(start, firstEvent(model), switches, days, rates);
  }

  private static double firstEvent(BoneModel model) {
    double[] bodily = bodilyEvents(model.body, model.parameters.endocrine());
    return Math.min(earliest(bodily), earliest(model.exposure.switches()));
  }

  /// Any grid that has the days asked for among its boundaries.
  static List<ReadOut> run(BoneModel model, TimeGrid grid, double[] days) {
    double[] y = State.reference(model.parameters.tissue());
    RungeKutta method = new RungeKutta(model);
    List<ReadOut> readOuts = new ArrayList<>(days.length);
    int next = 0;
    double day = grid.start();
    while (next < days.length && days[next] <= day) {
      readOuts.add(ReadOut.of(model, days[next++], y));
    }
    for (double end : grid.ends()) {
      method.step(day, end - day, y);
      day = end;
      while (next < days.length && days[next] <= day) {
        readOuts.add(ReadOut.of(model, days[next++], y));
      }
    }
    return readOuts;
  }

  /// When the body's own changes begin.
  private static double[] bodilyEvents(Physiology body, Parameters.Endocrine p) {
    double[] ages = {
      body.fmp() + body.fmpLag() - 8 * body.fmpWidth(),
      body.hypogonadism() - 8 * p.onsetWidth(),
      body.ghd() - 8 * p.onsetWidth(),
      body.cortisolOnset() - 8 * p.cortisolWidth()
    };
    return Arrays.stream(ages)
        .filter(Double::isFinite)
        .map(age -> (age - body.ageAtZero()) * Physiology.YEAR)
        .toArray();
  }

  /// Changes that are over within weeks get the fine steps of a switch, from half a year before.
  private static double[] abrupt(Physiology body) {
    double[] ages = {
      body.fmpWidth() < 0.2 ? body.fmp() + body.fmpLag() : Double.POSITIVE_INFINITY,
      body.hypogonadism(),
      body.ghd(),
      body.cortisolOnset()
    };
    return Arrays.stream(ages)
        .filter(Double::isFinite)
        .map(age -> (age - body.ageAtZero()) * Physiology.YEAR)
        .flatMap(day -> Arrays.stream(new double[] {day - Physiology.YEAR / 2, day}))
        .toArray();
  }

  private static double earliest(double[] days) {
    return Arrays.stream(days).min().orElse(Double.POSITIVE_INFINITY);
  }

  private static double[] concat(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
