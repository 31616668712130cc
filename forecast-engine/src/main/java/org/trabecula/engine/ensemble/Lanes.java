package org.trabecula.engine.ensemble;

/// Arithmetic on a block of members, one array element per member. The destination comes first and
/// may be a source as well.
///
/// There are two implementations, [ScalarLanes] and [VectorLanes]. Both make the same IEEE
/// operations on each lane in the same order, so that they give the same bits.
interface Lanes {

  /// Members in a block: a multiple of every vector length, and few enough for the working set to
  /// stay near the core.
  int WIDTH = 64;

  /// For one thread. Vectors where the JVM was started with `--add-modules jdk.incubator.vector`.
  static Lanes best() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? VectorLanes.create()
        : new ScalarLanes();
  }

  static double[] array() {
    return new double[WIDTH];
  }

  void fill(double[] d, double c);

  void add(double[] d, double[] a, double[] b);

  void sub(double[] d, double[] a, double[] b);

  void mul(double[] d, double[] a, double[] b);

  void div(double[] d, double[] a, double[] b);

  /// `d = a b + c` with one rounding.
  void fma(double[] d, double[] a, double[] b, double[] c);

  /// `d = c0 + c1 a1`, from the left; so the ones below.
  void linear(double[] d, double c0, double c1, double[] a1);

  void linear(double[] d, double c0, double c1, double[] a1, double c2, double[] a2);

  void linear(
      double[] d,
      double c0,
      double c1,
      double[] a1,
      double c2,
      double[] a2,
      double c3,
      double[] a3);

  /// `d = gain x / (x + half) - reference`
  void hill(double[] d, double gain, double[] x, double[] half, double[] reference);

  /// `d = 1 / (1 + c a)`
  void onset(double[] d, double c, double[] a);

  void min(double[] d, double c, double[] a);

  void max(double[] d, double c, double[] a);

  /// `d = a > b ? yes : no`
  void choose(double[] d, double[] a, double[] b, double yes, double no);

  /// Within 1e-15 relative of the exponential for |x| <= 700; saturates beyond.
  void exp(double[] d, double[] x);

  /// Within 1e-15 (absolute or relative) of the logarithm of a positive normal number; anything for
  /// others.
  void log(double[] d, double[] x);

  /// One panel of the three-point Lobatto IIIA method (collocation at its start, middle and end,
  /// order four) for `y' = g - b y`.
  ///
  /// @param h length of the panel
  /// @param y values at start, middle and end; the start is given
  /// @param f slopes there; the start is given
  /// @param g at start, middle and end; the start is not read
  /// @param b likewise
  void solve(double h, double[][] y, double[][] f, double[][] g, double[][] b);

  /// `d = y + w0 f0 + w1 f1 + w2 f2`
  void along(double[] d, double[] y, double w0, double w1, double w2, double[][] f);

  /// The first lane whose value is not between the bounds, or -1.
  int outside(double[] a, double low, double high);
}
