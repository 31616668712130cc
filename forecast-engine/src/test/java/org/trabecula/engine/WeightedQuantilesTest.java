package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WeightedQuantilesTest {

  private static final double[] PROBABILITIES = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};

  @Test
  void interpolatesBetweenTheMiddlesOfTheWeights() {
    double[] weights = {0.2, 0.5, 0.3};
    assertThat(quantiles(new double[] {30, 10, 20}, weights, 0.25, 0.45, 0.65, 0.775, 0.9))
        .containsExactly(new double[] {10, 15, 20, 25, 30}, within(1e-12));
  }

  @Test
  void equalValuesAreTheirOwnQuantiles() {
    double[] weights = {0.25, 0.25, 0.25, 0.25};
    assertThat(quantiles(new double[] {7, 7, 7, 7}, weights, PROBABILITIES)).containsOnly(7.0);
    assertThat(quantiles(new double[] {7}, new double[] {1}, PROBABILITIES)).containsOnly(7.0);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void areThoseOfTheSortedSample(long seed) {
    Random random = new Random(seed);
    int size = 1 + random.nextInt(2000);
    double[] values = new double[size];
    double[] weights = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = value(random, (int) (seed % 5));
      weights[i] = seed % 3 == 0 ? Math.pow(random.nextDouble(), 8) : random.nextDouble();
    }
    double sum = Arrays.stream(weights).sum();
    Arrays.setAll(weights, i -> weights[i] / sum);
    double[] expected = bySorting(values, weights);
    double[] found = quantiles(values, weights, PROBABILITIES);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-9 * (1 + Math.abs(expected[i]))));
    }
  }

  @Test
  void aValueThatIsNotFiniteIsRefused() {
    double[] weights = {0.5, 0.5};
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> quantiles(new double[] {1, bad}, weights, 0.5));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> quantiles(new double[] {bad, 1}, weights, 0.5));
    }
  }

  /// Even, bell-shaped, long-tailed, in two heaps, and with one value far away.
  private static double value(Random random, int kind) {
    return switch (kind) {
      case 0 -> random.nextDouble();
      case 1 -> random.nextGaussian();
      case 2 -> Math.exp(3 * random.nextGaussian());
      case 3 -> (random.nextBoolean() ? 100 : 5) * (1 + 1e-3 * random.nextGaussian());
      default -> random.nextInt(500) == 0 ? 1e6 : random.nextDouble();
    };
  }

  private static double[] bySorting(double[] values, double[] weights) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] at = new double[order.length];
    double sum = 0;
    for (int k = 0; k < order.length; k++) {
      at[k] = sum + weights[order[k]] / 2;
      sum += weights[order[k]];
    }
    return Arrays.stream(PROBABILITIES).map(p -> interpolated(p, order, at, values)).toArray();
  }

  private static double interpolated(double p, int[] order, double[] at, double[] values) {
    int k = 0;
    while (k < at.length && at[k] < p) {
      k++;
    }
    if (k == 0 || k == at.length) {
      return values[order[Math.min(k, at.length - 1)]];
    }
    double left = values[order[k - 1]];
    return left + (values[order[k]] - left) * (p - at[k - 1]) / (at[k] - at[k - 1]);
  }

  private static double[] quantiles(double[] values, double[] weights, double... probabilities) {
    double[] out = new double[probabilities.length];
    new WeightedQuantiles(weights, probabilities).of(values, out);
    return out;
  }
}
