package org.trabecula.engine.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LevelFilterTest {

  private static final double[][] BETWEEN = {
    {0.0156, 0.0105, 0.010}, {0.0105, 0.0169, 0.0145}, {0.010, 0.0145, 0.0156}
  };
  private static final double[] DRIFT = {0.024, 0.027, 0.023};

  @Test
  void oneResultShrinksTowardsThePopulation() {
    LevelFilter filter = single(0.35, 0);
    filter.learn(-30, new int[] {0}, new double[] {Math.log(2)}, 0.15 * 0.15);
    double weight = 0.35 * 0.35 / (0.35 * 0.35 + 0.15 * 0.15);
    Level level = filter.level(0, 0.15);
    assertThat(level.mean()[0]).isCloseTo(weight * Math.log(2), within(1e-12));
    assertThat(level.sd()).isCloseTo(0.35 * Math.sqrt(1 - weight), within(1e-12));
  }

  @Test
  void noResultLeavesThePopulationWhichDriftsFromNowOn() {
    Level level = single(0.35, 0.02).level(0, 0.1);
    assertThat(level.mean()[0]).isZero();
    assertThat(level.sd()).isCloseTo(0.35, within(1e-12));
    assertThat(level.variance(2 * 365.25)).isCloseTo(0.35 * 0.35 + 2 * 0.02 * 0.02, within(1e-12));
  }

  /// Four results of three drifting, correlated levels, one of them through an offset of its
  /// own, against the covariance of everything at once.
  @Test
  void equalsTheFullCovariance() {
    double[][] prior = new double[4][4];
    for (int a = 0; a < 3; a++) {
      System.arraycopy(BETWEEN[a], 0, prior[a], 0, 3);
    }
    prior[3][3] = 0.01;
    double[] drift = {DRIFT[0], DRIFT[1], DRIFT[2], 0};
    double[] days = {-1500, -1500, -700, -10};
    int[][] seen = {{0, 3}, {1}, {0}, {2}};
    double[] errors = {0.012, 0.018, 0.012, 0.013};
    double[] residuals = {0.08, -0.05, -0.02, 0.03};

    LevelFilter filter = new LevelFilter(prior, drift, 1);
    for (int k = 0; k < 4; k++) {
      filter.learn(days[k], seen[k], new double[] {residuals[k]}, errors[k] * errors[k]);
    }

    double[][] full = new double[4][4];
    double[][] withLast = new double[4][4];
    for (int k = 0; k < 4; k++) {
      for (int l = 0; l < 4; l++) {
        for (int a : seen[k]) {
          for (int b : seen[l]) {
            full[k][l] += at(prior, drift, a, b, Math.min(days[k], days[l]) - days[0]);
          }
        }
        full[k][l] += k == l ? errors[k] * errors[k] : 0;
        for (int a : seen[k]) {
          withLast[l][k] += at(prior, drift, a, l, days[k] - days[0]);
        }
      }
    }
    Cholesky root = Cholesky.of(full);
    double[] white = root.solve(residuals);
    double logLikelihood = -root.logDeterminant();
    for (double w : white) {
      logLikelihood -= w * w / 2;
    }
    assertThat(filter.logLikelihood()[0]).isCloseTo(logLikelihood, within(1e-9));
    for (int level = 0; level < 4; level++) {
      double[] gain = root.solve(withLast[level]);
      double mean = 0;
      double variance = at(prior, drift, level, level, days[3] - days[0]);
      for (int k = 0; k < 4; k++) {
        mean += gain[k] * white[k];
        variance -= gain[k] * gain[k];
      }
      assertThat(filter.level(level, 0).mean()[0]).isCloseTo(mean, within(1e-10));
      assertThat(filter.level(level, 0).sd()).isCloseTo(Math.sqrt(variance), within(1e-9));
    }
  }

  /// Two results of one level: the likelihood is the integral over the level, taken here with the
  /// trapezoid.
  @Test
  void integratesTheLevelOut() {
    double between = 0.3;
    double error = 0.1;
    double[][] residuals = {{0.25, 0.4}, {-0.1, 0.02}};
    LevelFilter filter = single(between, 0, 2);
    for (double[] residual : residuals) {
      filter.learn(0, new int[] {0}, residual, error * error);
    }
    for (int i = 0; i < 2; i++) {
      double integral = 0;
      for (double level = -3; level <= 3; level += 1e-4) {
        double density = Normal.density(level / between) / between;
        for (double[] residual : residuals) {
          density *= Normal.density((residual[i] - level) / error) / error;
        }
        integral += density * 1e-4;
      }
      assertThat(filter.logLikelihood()[i] - Math.log(2 * Math.PI))
          .isCloseTo(Math.log(integral), within(1e-9));
    }
  }

  @Test
  void withDriftTheLatestScanCountsMost() {
    LevelFilter filter = single(0.125, 0.008);
    filter.learn(-3650, new int[] {0}, new double[] {0.10}, 0.012 * 0.012);
    filter.learn(0, new int[] {0}, new double[] {0.00}, 0.012 * 0.012);
    assertThat(filter.level(0, 0).mean()[0]).isBetween(0.0, 0.03);
  }

  @Test
  void resultsComeInTheOrderOfTime() {
    LevelFilter filter = single(0.125, 0.008);
    filter.learn(5, new int[] {0}, new double[1], 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filter.learn(4, new int[] {0}, new double[1], 1));
  }

  private static double at(double[][] prior, double[] drift, int a, int b, double days) {
    return prior[a][b] + (a == b ? drift[a] * drift[a] * days / 365.25 : 0);
  }

  private static LevelFilter single(double between, double drift) {
    return single(between, drift, 1);
  }

  private static LevelFilter single(double between, double drift, int members) {
    return new LevelFilter(new double[][] {{between * between}}, new double[] {drift}, members);
  }
}
