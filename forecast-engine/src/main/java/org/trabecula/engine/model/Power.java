package org.trabecula.engine.model;

/// Powers that are the same on every machine, without a logarithm where the exponent needs none.
final class Power {

  private Power() {}

  static double of(double x, double exponent) {
    if (exponent == 1) {
      return x;
    }
    if (exponent == 2) {
      return x * x;
    }
    if (exponent == 4) {
      return x * x * x * x;
    }
    return StrictMath.exp(exponent * StrictMath.log(x));
  }
}
