package org.trabecula.engine;

import java.util.Arrays;

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
      draws[member] = quantile(Math.clamp(middle, 1e-12, 1 - 1e-12));
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

  /// Inverse of the normal distribution function by Wichura's rational approximations (1988, AS
  /// 241), good to 1e-15.
  static double quantile(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      return q * ratio(0.180625 - q * q, CENTRE_ABOVE, CENTRE_BELOW);
    }
    double r = StrictMath.sqrt(-StrictMath.log(q < 0 ? p : 1 - p));
    double z =
        r <= 5 ? ratio(r - 1.6, FLANK_ABOVE, FLANK_BELOW) : ratio(r - 5, TAIL_ABOVE, TAIL_BELOW);
    return q < 0 ? -z : z;
  }

  private static double ratio(double x, double[] above, double[] below) {
    return polynomial(x, above) / polynomial(x, below);
  }

  private static double polynomial(double x, double[] coefficients) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }

  private static final double[] CENTRE_ABOVE = {
    3.3871328727963666080,
    133.14166789178437745,
    1971.5909503065514427,
    13731.693765509461125,
    45921.953931549871457,
    67265.770927008700853,
    33430.575583588128105,
    2509.0809287301226727
  };
  private static final double[] CENTRE_BELOW = {
    1,
    42.313330701600911252,
    687.18700749205790830,
    5394.1960214247511077,
    21213.794301586595867,
    39307.895800092710610,
    28729.085735721942674,
    5226.4952788528545610
  };
  private static final double[] FLANK_ABOVE = {
    1.42343711074968357734,
    4.63033784615654529590,
    5.76949722146069140550,
    3.64784832476320460504,
    1.27045825245236838258,
    0.241780725177450611770,
    0.0227238449892691845833,
    7.74545014278341407640e-4
  };
  private static final double[] FLANK_BELOW = {
    1,
    2.05319162663775882187,
    1.67638483018380384940,
    0.689767334985100004550,
    0.148103976427480074590,
    0.0151986665636164571966,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9
  };
  private static final double[] TAIL_ABOVE = {
    6.65790464350110377720,
    5.46378491116411436990,
    1.78482653991729133580,
    0.296560571828504891230,
    0.0265321895265761230930,
    1.24266094738807843860e-3,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7
  };
  private static final double[] TAIL_BELOW = {
    1,
    0.599832206555887937690,
    0.136929880922735805310,
    0.0148753612908506148525,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15
  };
}
