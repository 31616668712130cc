package org.trabecula.engine;

import java.util.ArrayList;
import java.util.List;

/// Quantiles month by month; 80 % lie between `q10` and `q90`.
public record Band(
    List<Double> q05,
    List<Double> q10,
    List<Double> q25,
    List<Double> q50,
    List<Double> q75,
    List<Double> q90,
    List<Double> q95) {

  static final double[] PROBABILITIES = {0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95};

  public Band {
    q05 = List.copyOf(q05);
    q10 = List.copyOf(q10);
    q25 = List.copyOf(q25);
    q50 = List.copyOf(q50);
    q75 = List.copyOf(q75);
    q90 = List.copyOf(q90);
    q95 = List.copyOf(q95);
  }

  /// Turns one quantile into that of another quantity that rises with it.
  interface Rising {
    double apply(int month, double value);
  }

  /// @param quantiles per month, in the order of [#PROBABILITIES]
  static Band of(double[][] quantiles, Rising change) {
    List<List<Double>> columns = new ArrayList<>();
    for (int q = 0; q < PROBABILITIES.length; q++) {
      List<Double> column = new ArrayList<>(quantiles.length);
      for (int month = 0; month < quantiles.length; month++) {
        column.add(change.apply(month, quantiles[month][q]));
      }
      columns.add(column);
    }
    return new Band(
        columns.get(0),
        columns.get(1),
        columns.get(2),
        columns.get(3),
        columns.get(4),
        columns.get(5),
        columns.get(6));
  }
}
