package org.trabecula.engine.model;

/// A state left the positive numbers. Nothing is clamped: a model that does this is wrong for this
/// patient.
public final class SimulationFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final double day;
  private final String state;

  SimulationFailure(double day, String state, double value) {
    super("state %s is %s at day %.1f".formatted(state, value, day));
    this.day = day;
    this.state = state;
  }

  /// Of a whole ensemble.
  public SimulationFailure(String message) {
    super(message);
    this.day = Double.NaN;
    this.state = "";
  }

  /// From `asOf`.
  public double day() {
    return day;
  }

  public String state() {
    return state;
  }
}
