package org.trabecula.engine.ensemble;

/// The standard normal distribution, the same on every machine.
public final class Normal {

  private static final double DENSITY_AT_ZERO = 1 / StrictMath.sqrt(2 * StrictMath.PI);
  private static final double TAIL = 4;

  private Normal() {}

  /// Relative accuracy about 1e-11 in the lower tail, 1e-15 in the middle.
  public static double cdf(double x) {
    if (x > TAIL) {
      return 1 - lowerTail(x);
    }
    if (x < -TAIL) {
      return lowerTail(-x);
    }
    double term = x;
    double sum = x;
    for (int k = 3; StrictMath.abs(term) > 1e-17 * StrictMath.abs(sum); k += 2) {
      term *= x * x / k;
      sum += term;
    }
    return 0.5 + density(x) * sum;
  }

  /// @param p between 0 and 1, both excluded
  /// @throws IllegalArgumentException outside
  public static double quantile(double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("a probability lies between 0 and 1, not at " + p);
    }
    return p > 0.5 ? -lowerQuantile(1 - p) : lowerQuantile(p);
  }

  public static double density(double x) {
    return DENSITY_AT_ZERO * StrictMath.exp(-x * x / 2);
  }

  /// Continued fraction of Laplace for the tail beyond `x`.
  private static double lowerTail(double x) {
    double fraction = x;
    for (int k = 60; k >= 1; k--) {
      fraction = x + k / fraction;
    }
    return density(x) / fraction;
  }

  /// A rational start (Abramowitz and Stegun 26.2.23, error below 4.5e-4), then two steps of
  // Halley.
  private static double lowerQuantile(double p) {
    double t = StrictMath.sqrt(-2 * StrictMath.log(p));
    double x =
        (2.515517 + t * (0.802853 + t * 0.010328))
                / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
            - t;
    for (int i = 0; i < 2; i++) {
      double step = (cdf(x) - p) / density(x);
      x -= step / (1 + x * step / 2);
    }
    return x;
  }
}
