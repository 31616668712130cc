package org.trabecula.protocol.regimen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned.Protocol;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;

/// A regimen that may be assigned: every agent, route, unit, dose and date has been looked at.
///
/// @param protocol the template it follows; null when it follows none
/// @param jurisdiction whose prescribing law holds; not stated when null
/// @param steps one for each dose of a titration or taper
/// @param overrides rules that are set aside; whether they may be is not looked at
/// @param acknowledged rules whose findings were read
record RegimenOrder(
    @Nullable Protocol protocol,
    @Nullable Region jurisdiction,
    List<Step> steps,
    List<Override> overrides,
    List<String> acknowledged) {

  RegimenOrder {
    steps = List.copyOf(steps);
    overrides = List.copyOf(overrides);
    acknowledged = List.copyOf(acknowledged);
  }

  /// @param reason why the prescriber sets the rule aside
  record Override(String rule, String reason) {}
}
