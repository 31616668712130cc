package org.trabecula.engine;

import java.time.Instant;
import java.util.List;

/// Everything a forecast depends on.
///
/// @param asOf time zero of the forecast: the latest effective time among the inputs, never the
/// clock
/// @param horizonMonths length of the forecast, 1 to 120
/// @param administrations current, past and planned medication, in any order
/// @param observations laboratory results and scans, in any order; those after `asOf` are not used
/// @param seed of the ensemble's draws: of patient and parameters, never of the results, so that a
/// new result does not reshuffle them
public record ForecastRequest(
    Instant asOf,
    int horizonMonths,
    Person person,
    List<Administration> administrations,
    List<Observation> observations,
    long seed) {

  public static final int DEFAULT_HORIZON_MONTHS = 120;

  public ForecastRequest {
    if (horizonMonths < 1 || horizonMonths > DEFAULT_HORIZON_MONTHS) {
      throw new IllegalArgumentException("horizonMonths must be 1 to 120, not " + horizonMonths);
    }
    administrations = List.copyOf(administrations);
    observations = List.copyOf(observations);
  }
}
