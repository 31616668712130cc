package org.trabecula.engine.ensemble;

/// Log levels of one body that the model leaves open, normal before any result, correlated, and
/// drifting as random walks from the first result on. Learns one result after another, in all
/// members at once: they share the gains and differ in the residuals.
///
/// Equals conditioning on the full covariance of all results, in a time linear in their number.
public final class LevelFilter {

  private final double[][] mean;
  private final double[][] covariance;
  private final double[] drift;
  private final double[] logLikelihood;
  private boolean begun;
  private double day;

  /// @param covariance of the levels before any result
  /// @param drift SD of the log per square root of a year, of each level
  public LevelFilter(double[][] covariance, double[] drift, int members) {
    this.mean = new double[drift.length][members];
    this.covariance = new double[drift.length][];
    for (int a = 0; a < drift.length; a++) {
      this.covariance[a] = covariance[a].clone();
    }
    this.drift = drift.clone();
    this.logLikelihood = new double[members];
  }

  /// @param when day of the result, not before that of the result learnt last
  /// @param seen whose sum of levels the result shows
  /// @param residual ln of observed over predicted, in each member
  /// @param errorVariance of the log
  /// @return how far the result lies from what earlier ones lead to expect, in standard deviations
  public double[] learn(double when, int[] seen, double[] residual, double errorVariance) {
    pass(when);
    double[] shared = new double[drift.length];
    for (int a = 0; a < drift.length; a++) {
      for (int b : seen) {
        shared[a] += covariance[a][b];
      }
    }
    double variance = errorVariance;
    for (int b : seen) {
      variance += shared[b];
    }
    double spread = StrictMath.sqrt(variance);
    double[] innovation = new double[residual.length];
    for (int i = 0; i < residual.length; i++) {
      double expected = 0;
      for (int b : seen) {
        expected += mean[b][i];
      }
      double surprise = residual[i] - expected;
      for (int a = 0; a < drift.length; a++) {
        mean[a][i] += shared[a] / variance * surprise;
      }
      innovation[i] = surprise / spread;
      logLikelihood[i] -= innovation[i] * innovation[i] / 2 + StrictMath.log(spread);
    }
    for (int a = 0; a < drift.length; a++) {
      for (int b = 0; b < drift.length; b++) {
        covariance[a][b] -= shared[a] * shared[b] / variance;
      }
    }
    return innovation;
  }

  /// Of all results learnt, in each member, up to a constant.
  public double[] logLikelihood() {
    return logLikelihood.clone();
  }

  /// @param error SD of the log of one more result
  public Level level(int index, double error) {
    return new Level(
        mean[index].clone(),
        StrictMath.sqrt(covariance[index][index]),
        begun ? day : 0,
        drift[index],
        error);
  }

  private void pass(double when) {
    if (begun) {
      if (when < day) {
        throw new IllegalArgumentException("day %s comes after %s".formatted(when, day));
      }
      for (int a = 0; a < drift.length; a++) {
        covariance[a][a] += drift[a] * drift[a] * (when - day) / Level.YEAR;
      }
    }
    begun = true;
    day = when;
  }
}
