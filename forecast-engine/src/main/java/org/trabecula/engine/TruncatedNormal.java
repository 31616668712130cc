package org.trabecula.engine;

import org.trabecula.engine.ensemble.Normal;

/// A normal variable that is known to lie within bounds.
record TruncatedNormal(double mean, double sd, double low, double high) {

  /// Computed in the tail nearer to the bounds, where the distribution keeps its digits.
  double quantile(double p) {
    double a = (low - mean) / sd;
    double b = (high - mean) / sd;
    return a + b > 0 ? mean - sd * within(-b, -a, 1 - p) : mean + sd * within(a, b, p);
  }

  double median() {
    return quantile(0.5);
  }

  private static double within(double a, double b, double p) {
    double below = Normal.cdf(a);
    return Normal.quantile(below + p * (Normal.cdf(b) - below));
  }
}
