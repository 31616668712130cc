package org.trabecula.patient.statement;

import org.jspecify.annotations.Nullable;

/// A code as the source gave it.
///
/// @param system URI of the code system; null when the source named none
public record Coding(@Nullable String system, @Nullable String code, @Nullable String display) {}
