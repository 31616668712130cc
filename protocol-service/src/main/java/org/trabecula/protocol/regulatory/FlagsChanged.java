package org.trabecula.protocol.regulatory;

import java.util.Set;
import org.trabecula.clinicalrules.regulatory.AgentInRegion;

/// Another table is in force, and says something else of these agents. Fired in the transaction
/// that loads it, before its events are appended: an observer marks what is to be done and does
/// none of it.
public record FlagsChanged(Set<AgentInRegion> agents) {
  public FlagsChanged {
    agents = Set.copyOf(agents);
  }
}
