package org.trabecula.clinicalrules.safety;

import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned.Finding;

/// A finding, and the rule that made it.
///
/// @param rule null for the finding that says what is missing
public record Ruling(Finding finding, @Nullable Rule rule) {}
