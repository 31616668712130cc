package org.trabecula.engine;

import java.util.List;

/// The factor between a patient's own level and the population's, integrated out in closed form:
/// normal in the log, drifting as a random walk from the first result on. Scalar filtering gives
/// the same answer as the full covariance `between^2 + drift^2 min(ti, tj) + error^2` for any
/// moment after the last result.
///
/// @param mean of the log factor at the last result and after
/// @param sd of the log factor at the last result
record Level(double mean, double sd) {

  /// @param day ascending over the results
  /// @param residual ln of the observed over the predicted
  /// @param errorVariance of the log
  record Result(double day, double residual, double errorVariance) {}

  /// @param between SD of the log factor between patients
  /// @param driftPerYear SD of the log per square root of a year
  static Level of(double between, double driftPerYear, List<Result> results) {
    double mean = 0;
    double variance = between * between;
    double last = results.isEmpty() ? 0 : results.getFirst().day();
    for (Result result : results) {
      variance += driftPerYear * driftPerYear * (result.day() - last) / 365.25;
      double gain = variance / (variance + result.errorVariance());
      mean += gain * (result.residual() - mean);
      variance *= 1 - gain;
      last = result.day();
    }
    return new Level(mean, StrictMath.sqrt(variance));
  }
}
