package org.trabecula.engine;

/// The median of a normal variable that is known to lie within bounds.
final class TruncatedNormal {

  private static final int CELLS = 4000;
  private static final double REACH = 9;

  private TruncatedNormal() {}

  /// Sums the density relative to its largest value, so that far tails keep their digits.
  static double median(double mean, double sd, double low, double high) {
    double nearest = Math.clamp(mean, low, high);
    double from = Math.max(low, nearest - REACH * sd);
    double to = Math.min(high, nearest + REACH * sd);
    double cell = (to - from) / CELLS;
    double[] below = new double[CELLS + 1];
    for (int i = 0; i < CELLS; i++) {
      double z = (from + (i + 0.5) * cell - mean) / sd;
      double zNearest = (nearest - mean) / sd;
      below[i + 1] = below[i] + StrictMath.exp((zNearest * zNearest - z * z) / 2);
    }
    double half = below[CELLS] / 2;
    int i = 0;
    while (below[i + 1] < half) {
      i++;
    }
    return from + cell * (i + (half - below[i]) / (below[i + 1] - below[i]));
  }
}
