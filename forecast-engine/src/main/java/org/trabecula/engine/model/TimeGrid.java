package org.trabecula.engine.model;

import java.util.Arrays;

/// The steps of a trajectory. Every switch of treatment and every output falls on a boundary;
/// between two boundaries the steps are equal.
///
/// @param ends ends of the steps, ascending, in days from `asOf`
public record TimeGrid(double start, double[] ends) {

  private static final double FINE_WINDOW = Physiology.YEAR / 2;
  private static final double EVENT_MARGIN = Physiology.YEAR;

  /// Steps per year.
  ///
  /// @param fine within six months after a switch
  /// @param normal otherwise
  /// @param early while neither treatment nor history has changed anything yet
  public record Rates(double fine, double normal, double early) {

    /// A method of order four is stable up to 2.78 times the time constant; 2.4 leaves a margin. In
    /// most men the LH loop, at 0.14 per day, needs no more than the normal steps; nothing in a
    /// woman is that fast.
    ///
    /// @param axisRate fastest rate of a man's hormones, 1/d; 0 in women
    static Rates production(double axisRate) {
      double stable = axisRate * Physiology.YEAR / 2.4;
      return new Rates(
          Math.max(96, stable), Math.max(24, stable), axisRate > 0 ? Math.max(24, stable) : 12);
    }

    public static Rates uniform(double perYear) {
      return new Rates(perYear, perYear, perYear);
    }
  }

  /// @param switches abrupt changes, of treatment or of the body
  /// @param firstEvent before a year ahead of it nothing happens but ageing
  /// @param outputs days that must be boundaries
  public static TimeGrid of(
      double start, double firstEvent, double[] switches, double[] outputs, Rates rates) {
    double[] marks = boundaries(start, firstEvent, switches, outputs);
    double[] ends = new double[0];
    int size = 0;
    for (int i = 1; i < marks.length; i++) {
      double from = marks[i - 1];
      double length = marks[i] - from;
      double rate = rate(from, firstEvent, switches, rates);
      int steps = (int) Math.ceil(length * rate / Physiology.YEAR - 1e-9);
      ends = ends.length < size + steps ? Arrays.copyOf(ends, 2 * (size + steps)) : ends;
      for (int s = 1; s <= steps; s++) {
        ends[size++] = s == steps ? marks[i] : from + length * s / steps;
      }
    }
    return new TimeGrid(start, Arrays.copyOf(ends, size));
  }

  private static double[] boundaries(
      double start, double firstEvent, double[] switches, double[] outputs) {
    double end = Arrays.stream(outputs).max().orElseThrow();
    double[] marks = new double[2 + 2 * switches.length + outputs.length];
    int n = 0;
    marks[n++] = start;
    marks[n++] = firstEvent - EVENT_MARGIN;
    for (double change : switches) {
      marks[n++] = change;
      marks[n++] = change + FINE_WINDOW;
    }
    System.arraycopy(outputs, 0, marks, n, outputs.length);
    return Arrays.stream(marks).filter(m -> m >= start && m <= end).sorted().distinct().toArray();
  }

  private static double rate(double from, double firstEvent, double[] switches, Rates rates) {
    for (double change : switches) {
      if (from >= change && from < change + FINE_WINDOW - 1e-6) {
        return rates.fine();
      }
    }
    return from < firstEvent - EVENT_MARGIN - 1e-6 ? rates.early() : rates.normal();
  }
}
