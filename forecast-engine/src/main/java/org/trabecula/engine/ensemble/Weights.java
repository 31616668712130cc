package org.trabecula.engine.ensemble;

import java.util.Arrays;

/// Normalised importance weights and what can be said of their quality.
final class Weights {

  private static final int PRIOR_STRENGTH = 10;
  private static final double PRIOR_SHAPE = 0.5;

  private Weights() {}

  /// @throws IllegalArgumentException if no weight is a positive number
  static double[] normalised(double[] logWeights) {
    double largest = Arrays.stream(logWeights).max().orElseThrow();
    if (!Double.isFinite(largest)) {
      throw new IllegalArgumentException("the largest log weight is " + largest);
    }
    double[] weights = new double[logWeights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = StrictMath.exp(logWeights[i] - largest);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  static double effectiveSize(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight * weight;
    }
    return 1 / sum;
  }

  /// Shape of the generalised Pareto distribution of the largest weights (Zhang and Stephens 2009,
  /// drawn towards 0.5 as in Vehtari 2024); 0 when they do not differ.
  static double paretoK(double[] weights) {
    double[] sorted = weights.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    int tail = (int) Math.min(n / 5.0, 3 * StrictMath.sqrt(n));
    double threshold = sorted[n - tail - 1];
    double[] excess = new double[tail];
    for (int i = 0; i < tail; i++) {
      excess[i] = sorted[n - tail + i] - threshold;
    }
    double quartile = excess[(int) (tail / 4.0 + 0.5) - 1];
    if (quartile < 1e-12 * sorted[n - 1]) {
      return 0;
    }
    int grid = 30 + (int) StrictMath.sqrt(tail);
    double[] theta = new double[grid];
    double[] profile = new double[grid];
    for (int j = 0; j < grid; j++) {
      theta[j] = 1 / excess[tail - 1] + (1 - StrictMath.sqrt(grid / (j + 0.5))) / (3 * quartile);
      double k = shape(theta[j], excess);
      profile[j] = tail * (StrictMath.log(-theta[j] / k) - k - 1);
    }
    double[] posterior = normalised(profile);
    double mean = 0;
    for (int j = 0; j < grid; j++) {
      mean += posterior[j] * theta[j];
    }
    double k = shape(mean, excess);
    return (tail * k + PRIOR_STRENGTH * PRIOR_SHAPE) / (tail + PRIOR_STRENGTH);
  }

  private static double shape(double theta, double[] excess) {
    double sum = 0;
    for (double x : excess) {
      sum += StrictMath.log1p(-theta * x);
    }
    return sum / excess.length;
  }
}
