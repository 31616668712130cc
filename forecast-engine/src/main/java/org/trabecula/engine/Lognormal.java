package org.trabecula.engine;

/// Exponentials of small numbers, millions of them, the same on every machine.
final class Lognormal {

  private Lognormal() {}

  /// `e^x`, 1 at 0, with a relative error below 1e-7 for `|x| <= 3`: seven terms of the series at
  /// x/16, raised to the 16th power by four multiplications. The published digits are five.
  static double exp(double x) {
    double y = x / 16;
    double e =
        1 + y * (1 + y * (1 / 2.0 + y * (1 / 6.0 + y * (1 / 24.0 + y * (1 / 120.0 + y / 720)))));
    e *= e;
    e *= e;
    e *= e;
    return e * e;
  }
}
