package org.trabecula.engine.ensemble;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trabecula.engine.model.SimulationFailure;

/// Trajectories of an ensemble: one array over the members per observable and day.
///
/// Large, so made to be used again: [#prepare] keeps the arrays that are long enough.
public final class EnsembleReadOuts {

  private static final int OBSERVABLES = Observable.values().length;

  /// Room is made for a multiple of so many days, since the number of results differs.
  private static final int SPARE = 32;

  private double[] days = new double[0];
  private int size;
  private double[][][] values = new double[OBSERVABLES][0][];
  private final SortedMap<Integer, SimulationFailure> failures = new TreeMap<>();

  /// Room for these days and members; what was there before is overwritten.
  public void prepare(double[] newDays, int newSize) {
    failures.clear();
    days = newDays.clone();
    boolean fits = values[0].length >= days.length && (days.length == 0 || size == newSize);
    size = newSize;
    if (!fits) {
      int room = (days.length + SPARE - 1) / SPARE * SPARE;
      values = new double[OBSERVABLES][room][size];
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

  /// Of the members whose states left the positive numbers, by member: which state, and when. Their
  /// read-outs are NaN.
  public SortedMap<Integer, SimulationFailure> failures() {
    return Collections.unmodifiableSortedMap(failures);
  }

  void fail(int member, SimulationFailure failure) {
    failures.put(member, failure);
    for (double[][] byDay : values) {
      for (int d = 0; d < days.length; d++) {
        byDay[d][member] = Double.NaN;
      }
    }
  }

  /// The live array over the members.
  public double[] at(Observable observable, int day) {
    return values[observable.ordinal()][day];
  }
}
