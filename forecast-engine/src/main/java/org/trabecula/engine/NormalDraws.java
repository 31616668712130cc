package org.trabecula.engine;

import java.util.Arrays;
import org.trabecula.engine.ensemble.Normal;

/// One standard normal value for every member of a weighted ensemble, so that the ensemble stands
/// for a mixture of its members' normals.
///
/// The members are brought into an order that only seed and stream decide; each then takes the
/// normal quantile at the middle of its own weight. So the weighted values are spread as evenly as
/// their number allows, whatever the weights, and say nothing of the members themselves.
final class NormalDraws {

  private final double[] weights;
  private final long seed;

  /// @param weights adding up to 1
  NormalDraws(double[] weights, long seed) {
    this.weights = weights;
    this.seed = seed;
  }

  /// @param stream draws of different streams are independent
  double[] of(int stream) {
    int size = weights.length;
    int indexBits = 64 - Long.numberOfLeadingZeros(size);
    long indexMask = (1L << indexBits) - 1;
    long start = mix(seed + mix(stream));
    long[] order = new long[size];
    for (int i = 0; i < size; i++) {
      order[i] = mix(start + i) & ~indexMask | i;
    }
    Arrays.sort(order);
    double[] draws = new double[size];
    double below = 0;
    for (long next : order) {
      int member = (int) (next & indexMask);
      double middle = below + weights[member] / 2;
      draws[member] = Normal.quantile(Math.clamp(middle, 1e-12, 1 - 1e-12));
      below += weights[member];
    }
    return draws;
  }

  /// A bijection of 64 bits in which every bit of the input moves half of the output's: a counter
  /// goes in, a random number comes out. Steele, Lea and Flood 2014 (SplitMix64).
  private static long mix(long counter) {
    long z = counter * 0x9E3779B97F4A7C15L + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
