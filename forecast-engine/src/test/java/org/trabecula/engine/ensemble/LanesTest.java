package org.trabecula.engine.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class LanesTest {

  private static final Lanes SCALAR = new ScalarLanes();
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void theTestsRunOnVectors() {
    assertThat(Lanes.best()).isInstanceOf(VectorLanes.class);
  }

  @Test
  void theExponentialIsThatOfTheReals() {
    for (int i = 0; i < 100_000; i++) {
      double x = random.nextDouble(-700, 700);
      assertThat(ScalarLanes.exp(x) / StrictMath.exp(x)).isCloseTo(1, within(1e-15));
      double near = x / 350;
      assertThat(ScalarLanes.exp(near) / StrictMath.exp(near)).isCloseTo(1, within(1e-15));
    }
    assertThat(ScalarLanes.exp(0)).isEqualTo(1);
    assertThat(ScalarLanes.exp(Double.NaN)).isNaN();
    assertThat(ScalarLanes.exp(1e9)).isGreaterThan(1e300).isFinite();
    assertThat(ScalarLanes.exp(-1e9)).isBetween(0.0, 1e-300);
  }

  @Test
  void theLogarithmIsThatOfTheReals() {
    for (int i = 0; i < 100_000; i++) {
      double x = StrictMath.exp(random.nextDouble(-700, 700));
      assertThat(ScalarLanes.log(x) / StrictMath.log(x)).isCloseTo(1, within(1e-15));
      double near = random.nextDouble(0.5, 2);
      assertThat(ScalarLanes.log(near)).isCloseTo(StrictMath.log(near), within(1e-15));
    }
    assertThat(ScalarLanes.log(1)).isZero();
  }

  @Test
  void vectorsGiveTheBitsOfScalars() {
    double[] a = positive();
    double[] b = positive();
    double[] c = positive();
    double[] signed = positive();
    for (int i = 0; i < signed.length; i += 3) {
      signed[i] = -signed[i];
    }
    signed[5] = 1e9;
    signed[6] = -1e9;
    signed[7] = Double.NaN;
    same((l, d) -> l.fill(d, 0.3));
    same((l, d) -> l.add(d, a, signed));
    same((l, d) -> l.sub(d, a, signed));
    same((l, d) -> l.mul(d, a, signed));
    same((l, d) -> l.div(d, a, signed));
    same((l, d) -> l.fma(d, a, signed, c));
    same((l, d) -> l.linear(d, 0.1, 0.2, signed));
    same((l, d) -> l.linear(d, 0.1, 0.2, a, 0.3, signed));
    same((l, d) -> l.linear(d, 0.1, 0.2, a, 0.3, signed, 0.7, c));
    same((l, d) -> l.hill(d, 1.3, a, b, c));
    same((l, d) -> l.onset(d, 1.7, a));
    same((l, d) -> l.min(d, 0.9, signed));
    same((l, d) -> l.max(d, 0.9, signed));
    same((l, d) -> l.choose(d, a, signed, 0.1, 0.2));
    same((l, d) -> l.exp(d, signed));
    same((l, d) -> l.log(d, a));
    double[][] f = {positive(), positive(), positive()};
    same((l, d) -> l.along(d, signed, 0.1, 0.2, 0.7, f));
  }

  @Test
  void vectorsSolveAPanelAsScalarsDo() {
    double[][] y = {positive(), new double[Lanes.WIDTH], new double[Lanes.WIDTH]};
    double[][] f = {positive(), new double[Lanes.WIDTH], new double[Lanes.WIDTH]};
    double[][] g = {positive(), positive(), positive()};
    double[][] b = {positive(), positive(), positive()};
    double[][] yScalar = {y[0], new double[Lanes.WIDTH], new double[Lanes.WIDTH]};
    double[][] fScalar = {f[0], new double[Lanes.WIDTH], new double[Lanes.WIDTH]};
    Lanes.best().solve(2.3, y, f, g, b);
    SCALAR.solve(2.3, yScalar, fScalar, g, b);
    assertThat(y).isDeepEqualTo(yScalar);
    assertThat(f).isDeepEqualTo(fScalar);
  }

  @Test
  void aPanelIsExactWhereTheSlopeIsAQuadratic() {
    // y' = g - b y with y = 1 + t + t^2 + t^3 and b = 0.7 + t over one panel of length 0.6
    double h = 0.6;
    double[][] y = new double[3][Lanes.WIDTH];
    double[][] f = new double[3][Lanes.WIDTH];
    double[][] g = new double[3][Lanes.WIDTH];
    double[][] b = new double[3][Lanes.WIDTH];
    double[] exact = new double[3];
    for (int k = 0; k < 3; k++) {
      double t = k * h / 2;
      exact[k] = 1 + t + t * t + t * t * t;
      double slope = 1 + 2 * t + 3 * t * t;
      SCALAR.fill(b[k], 0.7 + t);
      SCALAR.fill(g[k], slope + (0.7 + t) * exact[k]);
      SCALAR.fill(k == 0 ? f[0] : f[k], k == 0 ? slope : 0);
    }
    SCALAR.fill(y[0], exact[0]);
    SCALAR.solve(h, y, f, g, b);
    assertThat(y[1][0]).isCloseTo(exact[1], within(1e-14));
    assertThat(y[2][0]).isCloseTo(exact[2], within(1e-14));
  }

  @Test
  void theFirstLaneOutsideItsBoundsIsFound() {
    for (Lanes l : new Lanes[] {SCALAR, Lanes.best()}) {
      double[] a = positive();
      assertThat(l.outside(a, 0, 10)).isEqualTo(-1);
      a[17] = Double.NaN;
      a[40] = -1;
      assertThat(l.outside(a, 0, 10)).isEqualTo(17);
      a[3] = 0;
      assertThat(l.outside(a, 0, 10)).isEqualTo(3);
    }
  }

  private static void same(BiConsumer<Lanes, double[]> operation) {
    double[] scalar = new double[Lanes.WIDTH];
    double[] vector = new double[Lanes.WIDTH];
    operation.accept(SCALAR, scalar);
    operation.accept(Lanes.best(), vector);
    assertThat(vector).isEqualTo(scalar);
  }

  private double[] positive() {
    return random.doubles(Lanes.WIDTH, 0.1, 3).toArray();
  }
}
