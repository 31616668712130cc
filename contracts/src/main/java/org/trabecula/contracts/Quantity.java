package org.trabecula.contracts;

import java.math.BigDecimal;

/// A number and its unit.
///
/// @param unit UCUM code, case-sensitive
public record Quantity(BigDecimal value, String unit) {}
