package org.trabecula.engine.model;

import java.util.List;

/// One trajectory at equal short steps, as the truth to compare with.
public final class Reference {

  private Reference() {}

  /// @param start when the young adult is left, in days from `asOf`
  public static List<ReadOut> run(
      Parameters parameters,
      Physiology body,
      Exposure exposure,
      double start,
      double[] days,
      double stepsPerYear) {
    BoneModel model = new BoneModel(parameters, body, exposure);
    TimeGrid.Rates rates = TimeGrid.Rates.uniform(stepsPerYear);
    return Simulation.run(model, Simulation.grid(model, start, days, rates), days);
  }
}
