package org.trabecula.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Why there is no forecast for a patient: a forecast would be meaningless.
///
/// @param reason stable code, such as `SEX_UNKNOWN`
/// @param field what in the inputs is the reason
public record ForecastRefused(
    UUID forecastId,
    UUID patientId,
    Instant asOf,
    String reason,
    String field,
    String message,
    ForecastComputed.Model model,
    String inputsHash,
    List<ForecastComputed.Input> inputs)
    implements Event {}
