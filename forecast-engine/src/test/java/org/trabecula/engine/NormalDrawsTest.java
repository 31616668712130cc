package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalDrawsTest {

  private static final int SIZE = 1000;
  private final double[] weights = unequal(SIZE, 1);

  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-6, 0.02, 0.0749, 0.0751, 0.3, 0.5, 0.7, 0.95, 0.999999})
  void theQuantileInvertsTheDistributionFunction(double p) {
    assertThat(distribution(NormalDraws.quantile(p)) / p).isCloseTo(1, within(1e-4));
    assertThat(distribution(NormalDraws.quantile(p))).isCloseTo(p, within(1e-14));
  }

  @Test
  void weightedTheyAreAStandardNormal() {
    double[] z = new NormalDraws(weights, 7).of(0);
    double[] found = new double[Band.PROBABILITIES.length];
    new WeightedQuantiles(weights, Band.PROBABILITIES).of(z, found);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(NormalDraws.quantile(Band.PROBABILITIES[i]), within(5e-3));
    }
    assertThat(weighted(z, z)).isCloseTo(1, within(0.02));
  }

  @Test
  void streamsAndSeedsAreUncorrelated() {
    double[] z = new NormalDraws(weights, 7).of(0);
    double three = 3 * Math.sqrt(Arrays.stream(weights).map(w -> w * w).sum());
    assertThat(weighted(z, new NormalDraws(weights, 7).of(1))).isBetween(-three, three);
    assertThat(weighted(z, new NormalDraws(weights, 8).of(0))).isBetween(-three, three);
    double[] index = new double[SIZE];
    Arrays.setAll(index, i -> (i - SIZE / 2.0) / SIZE * Math.sqrt(12));
    assertThat(weighted(z, index)).isBetween(-three, three);
    assertThat(new NormalDraws(weights, 7).of(0)).isEqualTo(z);
  }

  @Test
  void aChangeOfOneWeightHardlyMovesTheOthersDraws() {
    double[] before = new NormalDraws(weights, 7).of(0);
    double[] changed = weights.clone();
    changed[3] = 0;
    double left = 1 - weights[3];
    Arrays.setAll(changed, i -> changed[i] / left);
    double[] after = new NormalDraws(changed, 7).of(0);
    double[] moved = new double[SIZE];
    Arrays.setAll(moved, i -> i == 3 ? 0 : after[i] - before[i]);
    assertThat(weighted(moved, moved)).isLessThan(1e-3);
  }

  /// By its series; for the lower tail by symmetry and the continued fraction.
  static double distribution(double z) {
    if (z < -4) {
      double fraction = -z;
      for (int k = 200; k > 0; k--) {
        fraction = -z + k / fraction;
      }
      return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / fraction;
    }
    double term = z;
    double sum = z;
    for (int k = 3; Math.abs(term) > 1e-18; k += 2) {
      term *= z * z / k;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  static double[] unequal(int size, long seed) {
    Random random = new Random(seed);
    double[] weights = new double[size];
    Arrays.setAll(weights, i -> Math.exp(random.nextGaussian()));
    double sum = Arrays.stream(weights).sum();
    Arrays.setAll(weights, i -> weights[i] / sum);
    return weights;
  }

  private double weighted(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += weights[i] * a[i] * b[i];
    }
    return sum;
  }
}
