package org.trabecula.engine.ensemble;

import static org.trabecula.engine.ensemble.ScalarLanes.E10;
import static org.trabecula.engine.ensemble.ScalarLanes.E11;
import static org.trabecula.engine.ensemble.ScalarLanes.E12;
import static org.trabecula.engine.ensemble.ScalarLanes.E2;
import static org.trabecula.engine.ensemble.ScalarLanes.E3;
import static org.trabecula.engine.ensemble.ScalarLanes.E4;
import static org.trabecula.engine.ensemble.ScalarLanes.E5;
import static org.trabecula.engine.ensemble.ScalarLanes.E6;
import static org.trabecula.engine.ensemble.ScalarLanes.E7;
import static org.trabecula.engine.ensemble.ScalarLanes.E8;
import static org.trabecula.engine.ensemble.ScalarLanes.E9;
import static org.trabecula.engine.ensemble.ScalarLanes.EXPONENT_BITS;
import static org.trabecula.engine.ensemble.ScalarLanes.L11;
import static org.trabecula.engine.ensemble.ScalarLanes.L13;
import static org.trabecula.engine.ensemble.ScalarLanes.L15;
import static org.trabecula.engine.ensemble.ScalarLanes.L17;
import static org.trabecula.engine.ensemble.ScalarLanes.L19;
import static org.trabecula.engine.ensemble.ScalarLanes.L21;
import static org.trabecula.engine.ensemble.ScalarLanes.L3;
import static org.trabecula.engine.ensemble.ScalarLanes.L5;
import static org.trabecula.engine.ensemble.ScalarLanes.L7;
import static org.trabecula.engine.ensemble.ScalarLanes.L9;
import static org.trabecula.engine.ensemble.ScalarLanes.LARGEST_EXPONENT;
import static org.trabecula.engine.ensemble.ScalarLanes.LN2_HIGH;
import static org.trabecula.engine.ensemble.ScalarLanes.LN2_LOW;
import static org.trabecula.engine.ensemble.ScalarLanes.LOG2E;
import static org.trabecula.engine.ensemble.ScalarLanes.LOWEST_MANTISSA;
import static org.trabecula.engine.ensemble.ScalarLanes.ONE_BITS;
import static org.trabecula.engine.ensemble.ScalarLanes.ROUND;
import static org.trabecula.engine.ensemble.ScalarLanes.ROUND_BITS;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Several lanes at once. Loaded only where the module is present.
///
/// Every loop is called through [#call], where the compiler sees many of them and inlines none. It
/// would otherwise inline all the loops of an equation into one method, give up half-way and put
/// the remaining vectors on the heap. So each is compiled by itself, once and quickly.
final class VectorLanes implements Lanes {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int STEP = SPECIES.length();

  /// From up to four arrays and constants to `d`.
  private interface Loop {
    void run(
        double[] d,
        double[] a,
        double[] b,
        double[] c,
        double[] e,
        double k0,
        double k1,
        double k2,
        double k3);
  }

  private final Loop fill =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        DoubleVector v = all(k0);
        for (int i = 0; i < WIDTH; i += STEP) {
          v.intoArray(d, i);
        }
      };

  private final Loop add =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        for (int i = 0; i < WIDTH; i += STEP) {
          at(a, i).add(at(b, i)).intoArray(d, i);
        }
      };

  private final Loop sub =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        for (int i = 0; i < WIDTH; i += STEP) {
          at(a, i).sub(at(b, i)).intoArray(d, i);
        }
      };

  private final Loop mul =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        for (int i = 0; i < WIDTH; i += STEP) {
          at(a, i).mul(at(b, i)).intoArray(d, i);
        }
      };

  private final Loop div =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        for (int i = 0; i < WIDTH; i += STEP) {
          at(a, i).div(at(b, i)).intoArray(d, i);
        }
      };

  private final Loop fma =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        for (int i = 0; i < WIDTH; i += STEP) {
          at(a, i).fma(at(b, i), at(c, i)).intoArray(d, i);
        }
      };

  private final Loop linear1 =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        DoubleVector v0 = all(k0);
        DoubleVector v1 = all(k1);
        for (int i = 0; i < WIDTH; i += STEP) {
          at(a, i).fma(v1, v0).intoArray(d, i);
        }
      };

  private final Loop linear2 =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        DoubleVector v0 = all(k0);
        DoubleVector v1 = all(k1);
        DoubleVector v2 = all(k2);
        for (int i = 0; i < WIDTH; i += STEP) {
          at(b, i).fma(v2, at(a, i).fma(v1, v0)).intoArray(d, i);
        }
      };

  private final Loop linear3 =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        DoubleVector v0 = all(k0);
        DoubleVector v1 = all(k1);
        DoubleVector v2 = all(k2);
        DoubleVector v3 = all(k3);
        for (int i = 0; i < WIDTH; i += STEP) {
          at(c, i).fma(v3, at(b, i).fma(v2, at(a, i).fma(v1, v0))).intoArray(d, i);
        }
      };

  private final Loop hill =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        DoubleVector v0 = all(k0);
        for (int i = 0; i < WIDTH; i += STEP) {
          v0.mul(at(a, i)).div(at(a, i).add(at(b, i))).sub(at(c, i)).intoArray(d, i);
        }
      };

  private final Loop onset =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        DoubleVector v0 = all(k0);
        DoubleVector one = all(1);
        for (int i = 0; i < WIDTH; i += STEP) {
          one.div(at(a, i).fma(v0, one)).intoArray(d, i);
        }
      };

  private final Loop min =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        DoubleVector v0 = all(k0);
        for (int i = 0; i < WIDTH; i += STEP) {
          at(a, i).min(v0).intoArray(d, i);
        }
      };

  private final Loop max =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        DoubleVector v0 = all(k0);
        for (int i = 0; i < WIDTH; i += STEP) {
          at(a, i).max(v0).intoArray(d, i);
        }
      };

  private final Loop choose =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        DoubleVector v0 = all(k0);
        DoubleVector v1 = all(k1);
        for (int i = 0; i < WIDTH; i += STEP) {
          v1.blend(v0, at(a, i).compare(VectorOperators.GT, at(b, i))).intoArray(d, i);
        }
      };

  private final Loop exp =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        for (int i = 0; i < WIDTH; i += STEP) {
          exp(at(a, i)).intoArray(d, i);
        }
      };

  private final Loop log =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        for (int i = 0; i < WIDTH; i += STEP) {
          log(at(a, i)).intoArray(d, i);
        }
      };

  private final Loop along =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        DoubleVector v0 = all(k0);
        DoubleVector v1 = all(k1);
        DoubleVector v2 = all(k2);
        for (int i = 0; i < WIDTH; i += STEP) {
          at(e, i).fma(v2, at(c, i).fma(v1, at(b, i).fma(v0, at(a, i)))).intoArray(d, i);
        }
      };

  /// The first lane not between the bounds goes to `d[0]`.
  private final Loop outside =
      (d, a, b, c, e, k0, k1, k2, k3) -> {
        d[0] = -1;
        for (int i = 0; i < WIDTH; i += STEP) {
          DoubleVector v = at(a, i);
          VectorMask<Double> inside =
              v.compare(VectorOperators.GT, k0).and(v.compare(VectorOperators.LT, k1));
          if (!inside.allTrue()) {
            d[0] = i + inside.not().firstTrue();
            return;
          }
        }
      };

  private final double[] found = new double[1];

  private VectorLanes() {}

  static Lanes create() {
    return WIDTH % STEP == 0 ? new VectorLanes() : new ScalarLanes();
  }

  private static void call(
      Loop loop,
      double[] d,
      double[] a,
      double[] b,
      double[] c,
      double[] e,
      double k0,
      double k1,
      double k2,
      double k3) {
    loop.run(d, a, b, c, e, k0, k1, k2, k3);
  }

  private static DoubleVector at(double[] a, int i) {
    return DoubleVector.fromArray(SPECIES, a, i);
  }

  private static DoubleVector all(double c) {
    return DoubleVector.broadcast(SPECIES, c);
  }

  @Override
  public void fill(double[] d, double c) {
    call(fill, d, d, d, d, d, c, 0, 0, 0);
  }

  @Override
  public void add(double[] d, double[] a, double[] b) {
    call(add, d, a, b, b, b, 0, 0, 0, 0);
  }

  @Override
  public void sub(double[] d, double[] a, double[] b) {
    call(sub, d, a, b, b, b, 0, 0, 0, 0);
  }

  @Override
  public void mul(double[] d, double[] a, double[] b) {
    call(mul, d, a, b, b, b, 0, 0, 0, 0);
  }

  @Override
  public void div(double[] d, double[] a, double[] b) {
    call(div, d, a, b, b, b, 0, 0, 0, 0);
  }

  @Override
  public void fma(double[] d, double[] a, double[] b, double[] c) {
    call(fma, d, a, b, c, c, 0, 0, 0, 0);
  }

  @Override
  public void linear(double[] d, double c0, double c1, double[] a1) {
    call(linear1, d, a1, a1, a1, a1, c0, c1, 0, 0);
  }

  @Override
  public void linear(double[] d, double c0, double c1, double[] a1, double c2, double[] a2) {
    call(linear2, d, a1, a2, a2, a2, c0, c1, c2, 0);
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
    call(linear3, d, a1, a2, a3, a3, c0, c1, c2, c3);
  }

  @Override
  public void hill(double[] d, double gain, double[] x, double[] half, double[] reference) {
    call(hill, d, x, half, reference, x, gain, 0, 0, 0);
  }

  @Override
  public void onset(double[] d, double c, double[] a) {
    call(onset, d, a, a, a, a, c, 0, 0, 0);
  }

  @Override
  public void min(double[] d, double c, double[] a) {
    call(min, d, a, a, a, a, c, 0, 0, 0);
  }

  @Override
  public void max(double[] d, double c, double[] a) {
    call(max, d, a, a, a, a, c, 0, 0, 0);
  }

  @Override
  public void choose(double[] d, double[] a, double[] b, double yes, double no) {
    call(choose, d, a, b, b, b, yes, no, 0, 0);
  }

  @Override
  public void exp(double[] d, double[] x) {
    call(exp, d, x, x, x, x, 0, 0, 0, 0);
  }

  @Override
  public void log(double[] d, double[] x) {
    call(log, d, x, x, x, x, 0, 0, 0, 0);
  }

  @Override
  public void along(double[] d, double[] y, double w0, double w1, double w2, double[][] f) {
    call(along, d, y, f[0], f[1], f[2], w0, w1, w2, 0);
  }

  @Override
  public int outside(double[] a, double low, double high) {
    call(outside, found, a, a, a, a, low, high, 0, 0);
    return (int) found[0];
  }

  @Override
  public void solve(double h, double[][] y, double[][] f, double[][] g, double[][] b) {
    DoubleVector one = all(1);
    double[] ys0 = y[0];
    double[] ys1 = y[1];
    double[] ys2 = y[2];
    double[] fs0 = f[0];
    double[] fs1 = f[1];
    double[] fs2 = f[2];
    double[] gs1 = g[1];
    double[] gs2 = g[2];
    double[] bs1 = b[1];
    double[] bs2 = b[2];
    for (int i = 0; i < WIDTH; i += STEP) {
      DoubleVector y0 = at(ys0, i);
      DoubleVector f0 = at(fs0, i);
      DoubleVector g1 = at(gs1, i);
      DoubleVector g2 = at(gs2, i);
      DoubleVector b1 = at(bs1, i);
      DoubleVector b2 = at(bs2, i);
      DoubleVector r1 = g2.fma(all(-h / 24), g1.fma(all(h / 3), f0.fma(all(h * 5 / 24), y0)));
      DoubleVector r2 = g2.fma(all(h / 6), g1.fma(all(h * 2 / 3), f0.fma(all(h / 6), y0)));
      DoubleVector p = b1.fma(all(h / 3), one);
      DoubleVector q = b2.fma(all(h / 6), one);
      DoubleVector s = b1.mul(h * 2 / 3);
      DoubleVector t = b2.mul(h / 24);
      DoubleVector scale = one.div(s.fma(t, p.mul(q)));
      DoubleVector y1 = r2.fma(t, r1.mul(q)).mul(scale);
      DoubleVector y2 = r2.mul(p).sub(r1.mul(s)).mul(scale);
      y1.intoArray(ys1, i);
      y2.intoArray(ys2, i);
      g1.sub(b1.mul(y1)).intoArray(fs1, i);
      g2.sub(b2.mul(y2)).intoArray(fs2, i);
    }
  }

  private static DoubleVector exp(DoubleVector unbounded) {
    DoubleVector x = unbounded.min(LARGEST_EXPONENT).max(-LARGEST_EXPONENT);
    DoubleVector rounded = x.fma(all(LOG2E), all(ROUND));
    LongVector n = rounded.reinterpretAsLongs();
    DoubleVector k = rounded.sub(ROUND);
    DoubleVector r = k.fma(all(-LN2_LOW), k.fma(all(-LN2_HIGH), x));
    DoubleVector p = all(E12);
    p = p.fma(r, all(E11));
    p = p.fma(r, all(E10));
    p = p.fma(r, all(E9));
    p = p.fma(r, all(E8));
    p = p.fma(r, all(E7));
    p = p.fma(r, all(E6));
    p = p.fma(r, all(E5));
    p = p.fma(r, all(E4));
    p = p.fma(r, all(E3));
    p = p.fma(r, all(E2));
    p = p.fma(r, all(1));
    p = p.fma(r, all(1));
    return p.mul(n.lanewise(VectorOperators.LSHL, 52).add(ONE_BITS).reinterpretAsDoubles());
  }

  private static DoubleVector log(DoubleVector x) {
    LongVector bits = x.reinterpretAsLongs();
    LongVector above = bits.sub(LOWEST_MANTISSA);
    DoubleVector k =
        above.lanewise(VectorOperators.ASHR, 52).add(ROUND_BITS).reinterpretAsDoubles().sub(ROUND);
    DoubleVector m = bits.sub(above.and(EXPONENT_BITS)).reinterpretAsDoubles();
    DoubleVector z = m.sub(1).div(m.add(1));
    DoubleVector s = z.mul(z);
    DoubleVector p = all(L21);
    p = p.fma(s, all(L19));
    p = p.fma(s, all(L17));
    p = p.fma(s, all(L15));
    p = p.fma(s, all(L13));
    p = p.fma(s, all(L11));
    p = p.fma(s, all(L9));
    p = p.fma(s, all(L7));
    p = p.fma(s, all(L5));
    p = p.fma(s, all(L3));
    p = p.fma(s, all(2));
    return k.fma(all(LN2_HIGH), z.fma(p, k.mul(LN2_LOW)));
  }
}
