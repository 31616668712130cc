package org.trabecula.engine.ensemble;

import org.trabecula.engine.model.Exposure;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;

/// Counts the floating-point operations of an ensemble by doing them.
public final class FlopCount {
  private FlopCount() {}

  /// Of going on from a state. An addition, multiplication, division, comparison or choice on one
  /// lane is one operation, a fused multiplication and addition two; an exponential 34, a logarithm
  /// 32.
  public static long of(
      Parameters typical,
      Physiology body,
      Exposure exposure,
      Members members,
      EnsembleState state,
      double[] days) {
    Counting counting = new Counting();
    EnsembleSimulation.run(
        typical, body, exposure, members, state, days, new EnsembleReadOuts(), new Block(counting));
    return counting.flops;
  }

  private static final class Counting implements Lanes {
    private final Lanes l = new ScalarLanes();
    private long flops;

    private void count(int perLane) {
      flops += (long) perLane * WIDTH;
    }

    @Override
    public void fill(double[] d, double c) {
      l.fill(d, c);
    }

    @Override
    public void add(double[] d, double[] a, double[] b) {
      count(1);
      l.add(d, a, b);
    }

    @Override
    public void sub(double[] d, double[] a, double[] b) {
      count(1);
      l.sub(d, a, b);
    }

    @Override
    public void mul(double[] d, double[] a, double[] b) {
      count(1);
      l.mul(d, a, b);
    }

    @Override
    public void div(double[] d, double[] a, double[] b) {
      count(1);
      l.div(d, a, b);
    }

    @Override
    public void fma(double[] d, double[] a, double[] b, double[] c) {
      count(2);
      l.fma(d, a, b, c);
    }

    @Override
    public void linear(double[] d, double c0, double c1, double[] a1) {
      count(2);
      l.linear(d, c0, c1, a1);
    }

    @Override
    public void linear(double[] d, double c0, double c1, double[] a1, double c2, double[] a2) {
      count(4);
      l.linear(d, c0, c1, a1, c2, a2);
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
      count(6);
      l.linear(d, c0, c1, a1, c2, a2, c3, a3);
    }

    @Override
    public void hill(double[] d, double gain, double[] x, double[] half, double[] reference) {
      count(4);
      l.hill(d, gain, x, half, reference);
    }

    @Override
    public void onset(double[] d, double c, double[] a) {
      count(3);
      l.onset(d, c, a);
    }

    @Override
    public void min(double[] d, double c, double[] a) {
      count(1);
      l.min(d, c, a);
    }

    @Override
    public void max(double[] d, double c, double[] a) {
      count(1);
      l.max(d, c, a);
    }

    @Override
    public void choose(double[] d, double[] a, double[] b, double yes, double no) {
      count(2);
      l.choose(d, a, b, yes, no);
    }

    @Override
    public void exp(double[] d, double[] x) {
      count(34);
      l.exp(d, x);
    }

    @Override
    public void log(double[] d, double[] x) {
      count(32);
      l.log(d, x);
    }

    @Override
    public void solve(double h, double[][] y, double[][] f, double[][] g, double[][] b) {
      count(33);
      l.solve(h, y, f, g, b);
    }

    @Override
    public void along(double[] d, double[] y, double w0, double w1, double w2, double[][] f) {
      count(6);
      l.along(d, y, w0, w1, w2, f);
    }

    @Override
    public int outside(double[] a, double low, double high) {
      count(2);
      return l.outside(a, low, high);
    }
  }
}
