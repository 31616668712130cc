package org.trabecula.engine.ensemble;

import java.util.Map;

/// What is believed of one body after its results: weighted members, each with its trajectories and
/// its levels.
///
/// @param members traits of each
/// @param readOuts on every month of the forecast and every day of a result; overwritten by the
/// next inference on the same thread
/// @param weights of the members; they add up to 1
/// @param levels of the three sites on the scanner of the latest scan, of CTX and of P1NP
public record Posterior(
    Members members,
    EnsembleReadOuts readOuts,
    double[] weights,
    Map<Observable, Level> levels,
    Diagnostics diagnostics) {

  public Posterior {
    levels = Map.copyOf(levels);
  }
}
