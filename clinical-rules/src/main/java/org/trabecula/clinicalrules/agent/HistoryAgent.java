package org.trabecula.clinicalrules.agent;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// An agent that is never ordered here, but that patients take: rules and the forecast ask for it.
///
/// @param code as in the profile's medications
/// @param agentClass such as `bisphosphonate` or `glucocorticoid`
/// @param prednisoneEquivalent mg of prednisone that 1 mg is worth; null for what is no
/// glucocorticoid
/// @param engineCode the forecast engine's code; null when the engine does not know it
/// @param source where class and equivalence come from
/// @param provenance `found`, `recalled` or `assumed`
public record HistoryAgent(
    String code,
    String display,
    String agentClass,
    @Nullable BigDecimal prednisoneEquivalent,
    @Nullable String engineCode,
    String source,
    String provenance) {}
