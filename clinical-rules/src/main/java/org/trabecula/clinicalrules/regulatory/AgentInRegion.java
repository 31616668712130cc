package org.trabecula.clinicalrules.regulatory;

import org.trabecula.contracts.Region;

/// What one regulator's rows about one agent have in common.
public record AgentInRegion(Region region, String agent) {}
