package org.trabecula.engine.ensemble;

/// One lane after another.
final class ScalarLanes implements Lanes {

  static final double LOG2E = 1.4426950408889634;
  static final double LN2_HIGH = 0.6931471803691238;
  static final double LN2_LOW = 1.9082149292705877e-10;

  /// Adding it rounds to an integer, which then stands in the lowest bits.
  static final double ROUND = 0x1.8p52;

  static final double LARGEST_EXPONENT = 708;

  // 1 / n!
  static final double E2 = 0.5;
  static final double E3 = 1.0 / 6;
  static final double E4 = 1.0 / 24;
  static final double E5 = 1.0 / 120;
  static final double E6 = 1.0 / 720;
  static final double E7 = 1.0 / 5040;
  static final double E8 = 1.0 / 40320;
  static final double E9 = 1.0 / 362880;
  static final double E10 = 1.0 / 3628800;
  static final double E11 = 1.0 / 39916800;
  static final double E12 = 1.0 / 479001600;

  static final long ONE_BITS = 0x3FF0000000000000L;
  static final long EXPONENT_BITS = 0xFFF0000000000000L;

  /// Bits of the square root of 1/2: mantissas are taken from there to twice it.
  static final long LOWEST_MANTISSA = 0x3FE6A09E667F3BCDL;

  // 2 / n, of ln m = 2 artanh((m - 1) / (m + 1))
  static final double L3 = 2.0 / 3;
  static final double L5 = 2.0 / 5;
  static final double L7 = 2.0 / 7;
  static final double L9 = 2.0 / 9;
  static final double L11 = 2.0 / 11;
  static final double L13 = 2.0 / 13;
  static final double L15 = 2.0 / 15;
  static final double L17 = 2.0 / 17;
  static final double L19 = 2.0 / 19;
  static final double L21 = 2.0 / 21;

  @Override
  public void fill(double[] d, double c) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = c;
    }
  }

  @Override
  public void add(double[] d, double[] a, double[] b) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = a[i] + b[i];
    }
  }

  @Override
  public void sub(double[] d, double[] a, double[] b) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = a[i] - b[i];
    }
  }

  @Override
  public void mul(double[] d, double[] a, double[] b) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = a[i] * b[i];
    }
  }

  @Override
  public void div(double[] d, double[] a, double[] b) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = a[i] / b[i];
    }
  }

  @Override
  public void fma(double[] d, double[] a, double[] b, double[] c) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = Math.fma(a[i], b[i], c[i]);
    }
  }

  @Override
  public void linear(double[] d, double c0, double c1, double[] a1) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = Math.fma(a1[i], c1, c0);
    }
  }

  @Override
  public void linear(double[] d, double c0, double c1, double[] a1, double c2, double[] a2) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = Math.fma(a2[i], c2, Math.fma(a1[i], c1, c0));
    }
  }

  @Override
  public void linear(
      double[] d,
      double c0,
      double c1,
      double[] a1,
      double c2,
      double[] a2,
      double c3,
      double[] a3) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = Math.fma(a3[i], c3, Math.fma(a2[i], c2, Math.fma(a1[i], c1, c0)));
    }
  }

  @Override
  public void hill(double[] d, double gain, double[] x, double[] half, double[] reference) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = gain * x[i] / (x[i] + half[i]) - reference[i];
    }
  }

  @Override
  public void onset(double[] d, double c, double[] a) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = 1 / Math.fma(a[i], c, 1);
    }
  }

  @Override
  public void min(double[] d, double c, double[] a) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = Math.min(a[i], c);
    }
  }

  @Override
  public void max(double[] d, double c, double[] a) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = Math.max(a[i], c);
    }
  }

  @Override
  public void choose(double[] d, double[] a, double[] b, double yes, double no) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = a[i] > b[i] ? yes : no;
    }
  }

  @Override
  public void exp(double[] d, double[] x) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = exp(x[i]);
    }
  }

  @Override
  public void log(double[] d, double[] x) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = log(x[i]);
    }
  }

  @Override
  public void solve(double h, double[][] y, double[][] f, double[][] g, double[][] b) {
    for (int i = 0; i < WIDTH; i++) {
      double y0 = y[0][i];
      double f0 = f[0][i];
      double g1 = g[1][i];
      double g2 = g[2][i];
      double b1 = b[1][i];
      double b2 = b[2][i];
      double r1 = Math.fma(g2, -h / 24, Math.fma(g1, h / 3, Math.fma(f0, h * 5 / 24, y0)));
      double r2 = Math.fma(g2, h / 6, Math.fma(g1, h * 2 / 3, Math.fma(f0, h / 6, y0)));
      double p = Math.fma(b1, h / 3, 1);
      double q = Math.fma(b2, h / 6, 1);
      double s = b1 * (h * 2 / 3);
      double t = b2 * (h / 24);
      double scale = 1 / Math.fma(s, t, p * q);
      double y1 = Math.fma(r2, t, r1 * q) * scale;
      double y2 = (r2 * p - r1 * s) * scale;
      y[1][i] = y1;
      y[2][i] = y2;
      f[1][i] = g1 - b1 * y1;
      f[2][i] = g2 - b2 * y2;
    }
  }

  @Override
  public void along(double[] d, double[] y, double w0, double w1, double w2, double[][] f) {
    for (int i = 0; i < WIDTH; i++) {
      d[i] = Math.fma(f[2][i], w2, Math.fma(f[1][i], w1, Math.fma(f[0][i], w0, y[i])));
    }
  }

  @Override
  public int outside(double[] a, double low, double high) {
    for (int i = 0; i < WIDTH; i++) {
      if (!(a[i] > low && a[i] < high)) {
        return i;
      }
    }
    return -1;
  }

  static double exp(double unbounded) {
    double x = Math.max(Math.min(unbounded, LARGEST_EXPONENT), -LARGEST_EXPONENT);
    double rounded = Math.fma(x, LOG2E, ROUND);
    long n = Double.doubleToRawLongBits(rounded);
    double k = rounded - ROUND;
    double r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, x));
    double p = E12;
    p = Math.fma(p, r, E11);
    p = Math.fma(p, r, E10);
    p = Math.fma(p, r, E9);
    p = Math.fma(p, r, E8);
    p = Math.fma(p, r, E7);
    p = Math.fma(p, r, E6);
    p = Math.fma(p, r, E5);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, 1);
    p = Math.fma(p, r, 1);
    return p * Double.longBitsToDouble((n << 52) + ONE_BITS);
  }

  static double log(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long above = bits - LOWEST_MANTISSA;
    // An integer to a double by the same trick as in exp.
    double k = Double.longBitsToDouble((above >> 52) + ROUND_BITS) - ROUND;
    double m = Double.longBitsToDouble(bits - (above & EXPONENT_BITS));
    double z = (m - 1) / (m + 1);
    double s = z * z;
    double p = L21;
    p = Math.fma(p, s, L19);
    p = Math.fma(p, s, L17);
    p = Math.fma(p, s, L15);
    p = Math.fma(p, s, L13);
    p = Math.fma(p, s, L11);
    p = Math.fma(p, s, L9);
    p = Math.fma(p, s, L7);
    p = Math.fma(p, s, L5);
    p = Math.fma(p, s, L3);
    p = Math.fma(p, s, 2);
    return Math.fma(k, LN2_HIGH, Math.fma(z, p, k * LN2_LOW));
  }

  static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);
}
