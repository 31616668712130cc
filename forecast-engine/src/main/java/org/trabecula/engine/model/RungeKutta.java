package org.trabecula.engine.model;

/// The classical fourth-order method with a fixed step.
final class RungeKutta {

  /// Days that the outer stages keep off the ends of a step. Treatments switch on step boundaries,
  /// so that no stage sees the neighbour's treatment.
  static final double INSIDE = 1e-6;

  private final BoneModel model;
  private final double[] k1 = new double[State.SIZE];
  private final double[] k2 = new double[State.SIZE];
  private final double[] k3 = new double[State.SIZE];
  private final double[] k4 = new double[State.SIZE];
  private final double[] at = new double[State.SIZE];

  RungeKutta(BoneModel model) {
    this.model = model;
  }

  /// Moves `y` from `day` to `day + h`.
  ///
  /// @throws SimulationFailure if a state is no longer a positive number
  void step(double day, double h, double[] y) {
    model.derivatives(day + INSIDE, y, k1);
    model.derivatives(day + h / 2, shifted(y, h / 2, k1), k2);
    model.derivatives(day + h / 2, shifted(y, h / 2, k2), k3);
    model.derivatives(day + h - INSIDE, shifted(y, h, k3), k4);
    for (int i = 0; i < State.SIZE; i++) {
      y[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
      if (!(y[i] > 0 && y[i] < Double.POSITIVE_INFINITY)) {
        throw new SimulationFailure(day + h, State.NAMES.get(i), y[i]);
      }
    }
  }

  private double[] shifted(double[] y, double h, double[] k) {
    for (int i = 0; i < State.SIZE; i++) {
      at[i] = y[i] + h * k[i];
    }
    return at;
  }
}
