package org.trabecula.engine;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One trajectory, monthly.
///
/// @param months 0 to the horizon; a month is 365.25 / 12 days after `asOf`
/// @param series by quantity; T-scores are absent where they do not apply
/// @param assumptions what stood in for something unknown
/// @param warnings where the forecast leaves what the model was calibrated on
/// @param agents the evidence behind each agent given or planned within the horizon
/// @param exposures levels that long-acting and steady agents add at steady state
/// @param observationIds the results that moved the forecast, in the order of the request
public record Forecast(
    Instant asOf,
    List<Integer> months,
    Map<Quantity, Series> series,
    List<Note> assumptions,
    List<Note> warnings,
    List<AgentEvidence> agents,
    List<AgentExposure> exposures,
    String modelVersion,
    String parameterHash,
    List<String> observationIds)
    implements Outcome {

  public Forecast {
    months = List.copyOf(months);
    series = Collections.unmodifiableMap(new EnumMap<>(series));
    assumptions = List.copyOf(assumptions);
    warnings = List.copyOf(warnings);
    agents = List.copyOf(agents);
    exposures = List.copyOf(exposures);
    observationIds = List.copyOf(observationIds);
  }
}
