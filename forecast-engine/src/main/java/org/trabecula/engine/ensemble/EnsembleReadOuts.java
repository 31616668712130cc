package org.trabecula.engine.ensemble;

import java.util.Arrays;

/// Trajectories of an ensemble: one array over the members per observable and day.
///
/// Large, so made to be used again: [#prepare] keeps the arrays that are long enough.
public final class EnsembleReadOuts {

  private static final int OBSERVABLES = Observable.values().length;

  private double[] days = new double[0];
  private int size;
  private double[][][] values = new double[OBSERVABLES][0][];

  /// Room for these days and members; what was there before is overwritten.
  public void prepare(double[] newDays, int newSize) {
    days = newDays.clone();
    boolean fits = values[0].length >= days.length && (days.length == 0 || size == newSize);
    size = newSize;
    if (!fits) {
      values = new double[OBSERVABLES][days.length][size];
    }
  }

  public int size() {
    return size;
  }

  public double[] days() {
    return days.clone();
  }

  /// Where a day stands among [#days].
  ///
  /// @throws IllegalArgumentException if it was not asked for
  public int index(double day) {
    int index = Arrays.binarySearch(days, day);
    if (index < 0) {
      throw new IllegalArgumentException("day %s was not read out".formatted(day));
    }
    return index;
  }

  /// The live array over the members.
  public double[] at(Observable observable, int day) {
    return values[observable.ordinal()][day];
  }
}
