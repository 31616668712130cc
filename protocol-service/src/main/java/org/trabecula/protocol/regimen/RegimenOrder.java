package org.trabecula.protocol.regimen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned.Protocol;
import org.trabecula.contracts.RegimenAssigned.Step;

/// A regimen that may be assigned: every agent, route, unit, dose and date has been looked at.
record RegimenOrder(@Nullable Protocol protocol, List<Step> steps) {}
