package org.trabecula.protocol.regimen;

import java.time.Instant;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Overridden;

/// A rule that a prescriber has set aside for one regimen.
///
/// @param by subject of the token
record SetAside(String rule, String reason, String by, String role, Instant at) {

  Finding on(Finding finding) {
    return new Finding(
        finding.rule(),
        finding.severity(),
        finding.message(),
        finding.evidence(),
        finding.agents(),
        finding.basis(),
        finding.missing(),
        new Overridden(reason, role, at));
  }
}
