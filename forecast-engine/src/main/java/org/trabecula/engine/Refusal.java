package org.trabecula.engine;

import java.time.Instant;

/// @param field the part of the request that led to the refusal, such as `person.sex` or
/// `administrations[2].unit`
/// @param message for a person to read; holds no patient value beyond the field's own
public record Refusal(
    Instant asOf,
    Reason reason,
    String field,
    String message,
    String modelVersion,
    String parameterHash)
    implements Outcome {

  public enum Reason {
    SEX_UNKNOWN,
    BIRTH_UNKNOWN,
    UNDER_18,
    DECEASED,
    /// An antiresorptive or anabolic bone drug is given, is planned, or still acts.
    BONE_DRUG_OUTSIDE_MODEL,
    FACTOR_UNKNOWN,
    AGENT_UNKNOWN,
    ROUTE_NOT_MODELLED,
    FORM_NOT_MODELLED,
    UNIT_NOT_MODELLED,
    /// Neither an interval nor an expected weekly number of administrations.
    FREQUENCY_UNKNOWN,
    /// A state left its range; the message names time and state.
    SIMULATION_FAILED
  }
}
