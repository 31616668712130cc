package org.trabecula.engine;

import java.util.Arrays;

/// Quantiles of weighted samples that share their weights.
///
/// In ascending order, the value of rank k stands at `W(k-1) + w(k)/2`, W being the sum of the
/// weights up to it; between these points the distribution function is linear, beyond the first and
/// the last it is theirs. Values are thrown into equal buckets and only those buckets are sorted in
/// which a quantile lies: linear in the number of values, and exact.
///
/// Keeps its working arrays: not for several threads.
final class WeightedQuantiles {

  private static final int NONE = -1;

  private final double[] weights;
  private final double[] probabilities;

  private final int[] first;
  private final double[] share;
  private final int[] next;
  private final double[] sorted;
  private final double[] sortedWeights;
  private double[] values = {};
  private double low;
  private double scale;

  /// @param weights adding up to 1
  /// @param probabilities ascending
  WeightedQuantiles(double[] weights, double[] probabilities) {
    this.weights = weights.clone();
    this.probabilities = probabilities.clone();
    int buckets = Integer.highestOneBit(Math.max(1, weights.length / 4));
    first = new int[buckets];
    share = new double[buckets];
    next = new int[weights.length];
    sorted = new double[weights.length];
    sortedWeights = new double[weights.length];
  }

  /// @param sample one value per weight
  /// @param out receives one quantile per probability
  /// @throws IllegalArgumentException if a value is not finite
  void of(double[] sample, double[] out) {
    values = sample;
    throwIntoBuckets();
    int bucket = NONE;
    int reached = 0;
    double below = 0;
    int size = 0;
    for (int i = 0; i < probabilities.length; i++) {
      while (reached < first.length - 1 && below + share[reached] <= probabilities[i]) {
        below += share[reached];
        reached++;
      }
      if (reached != bucket) {
        bucket = reached;
        size = sort(bucket);
      }
      out[i] = within(bucket, size, below, probabilities[i]);
    }
  }

  /// Weight of the values of the latest sample that lie below a bound.
  double below(double bound) {
    if (!(bound > low)) {
      return 0;
    }
    int bucket = bucket(bound);
    double sum = 0;
    for (int b = 0; b < bucket; b++) {
      sum += share[b];
    }
    for (int i = first[bucket]; i != NONE; i = next[i]) {
      sum += values[i] < bound ? weights[i] : 0;
    }
    return Math.min(1, sum);
  }

  private int bucket(double value) {
    return Math.min(first.length - 1, (int) ((value - low) * scale));
  }

  private void throwIntoBuckets() {
    double lowest = values[0];
    double high = values[0];
    for (int i = 1; i < weights.length; i++) {
      lowest = Math.min(lowest, values[i]);
      high = Math.max(high, values[i]);
    }
    low = lowest;
    if (!(high - low < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a sample has values that are not finite");
    }
    Arrays.fill(first, NONE);
    Arrays.fill(share, 0);
    scale = first.length / (high - low);
    for (int i = 0; i < weights.length; i++) {
      int bucket = bucket(values[i]);
      next[i] = first[bucket];
      first[bucket] = i;
      share[bucket] += weights[i];
    }
  }

  /// The members of a bucket by value, by Shell's method; their number.
  private int sort(int bucket) {
    int size = 0;
    for (int i = first[bucket]; i != NONE; i = next[i]) {
      sorted[size] = values[i];
      sortedWeights[size] = weights[i];
      size++;
    }
    int gap = 1;
    while (gap < size / 3) {
      gap = 3 * gap + 1;
    }
    for (; gap > 0; gap /= 3) {
      for (int i = gap; i < size; i++) {
        double value = sorted[i];
        double weight = sortedWeights[i];
        int j = i;
        for (; j >= gap && sorted[j - gap] > value; j -= gap) {
          sorted[j] = sorted[j - gap];
          sortedWeights[j] = sortedWeights[j - gap];
        }
        sorted[j] = value;
        sortedWeights[j] = weight;
      }
    }
    return size;
  }

  private double within(int bucket, int size, double below, double probability) {
    double sum = below;
    double point = Double.NaN;
    for (int i = 0; i < size; i++) {
      double left = point;
      point = sum + sortedWeights[i] / 2;
      if (point >= probability) {
        return i == 0
            ? fromBelow(bucket, below, point, probability)
            : between(sorted[i - 1], left, sorted[i], point, probability);
      }
      sum += sortedWeights[i];
    }
    return toAbove(bucket, sum, point, sorted[size - 1], probability);
  }

  /// The value before a bucket's first is the largest of the nearest bucket that has any.
  private double fromBelow(int bucket, double below, double point, double probability) {
    int before = bucket - 1;
    while (before >= 0 && first[before] == NONE) {
      before--;
    }
    if (before < 0) {
      return sorted[0];
    }
    int largest = first[before];
    for (int i = largest; i != NONE; i = next[i]) {
      largest = values[i] > values[largest] ? i : largest;
    }
    double left = below - weights[largest] / 2;
    return between(values[largest], left, sorted[0], point, probability);
  }

  private double toAbove(int bucket, double sum, double point, double value, double probability) {
    int after = bucket + 1;
    while (after < first.length && first[after] == NONE) {
      after++;
    }
    if (after == first.length) {
      return value;
    }
    int smallest = first[after];
    for (int i = smallest; i != NONE; i = next[i]) {
      smallest = values[i] < values[smallest] ? i : smallest;
    }
    double right = sum + weights[smallest] / 2;
    return between(value, point, values[smallest], right, probability);
  }

  private static double between(
      double value, double at, double nextValue, double nextAt, double probability) {
    return nextAt > at
        ? value + (nextValue - value) * ((probability - at) / (nextAt - at))
        : nextValue;
  }
}
