package org.trabecula.engine;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.AgentEvidence.Grade;
import org.trabecula.engine.ensemble.Diagnostics;

/// What is expected of one patient, monthly, as quantiles of a weighted ensemble. Every [Quantity]
/// is either among the series or among the unavailable.
///
/// @param months 0 to the horizon; a month is 365.25 / 12 days after `asOf`
/// @param series by quantity
/// @param probabilities of what a clinician waits for or fears
/// @param diagnostics how far the ensemble can be trusted
/// @param assumptions what stood in for something unknown
/// @param warnings where the forecast leaves what the model was calibrated on
/// @param agents the evidence behind each agent given or planned within the horizon
/// @param regimenGrade that of the regimen as a whole, see [Calibration#regimenGrade]; null without
/// an agent that acts on bone
/// @param exposures levels that long-acting and steady agents add at steady state
/// @param observationIds the results that moved the forecast, in the order of the request
public record Forecast(
    Instant asOf,
    List<Integer> months,
    Map<Quantity, Series> series,
    List<Probability> probabilities,
    List<Unavailable> unavailable,
    Diagnostics diagnostics,
    List<Note> assumptions,
    List<Note> warnings,
    List<AgentEvidence> agents,
    @Nullable Grade regimenGrade,
    List<AgentExposure> exposures,
    String modelVersion,
    String parameterHash,
    List<String> observationIds)
    implements Outcome {

  public Forecast {
    months = List.copyOf(months);
    series = Collections.unmodifiableMap(new EnumMap<>(series));
    probabilities = List.copyOf(probabilities);
    unavailable = List.copyOf(unavailable);
    assumptions = List.copyOf(assumptions);
    warnings = List.copyOf(warnings);
    agents = List.copyOf(agents);
    exposures = List.copyOf(exposures);
    observationIds = List.copyOf(observationIds);
  }
}
