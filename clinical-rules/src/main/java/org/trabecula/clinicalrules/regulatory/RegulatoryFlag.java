package org.trabecula.clinicalrules.regulatory;

import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.RegulatoryStatus;

/// The answer to a question about an agent in a region.
///
/// @param row what the table says; null when it says nothing
public record RegulatoryFlag(Region region, String agent, @Nullable RegulatoryRow row) {

  public RegulatoryStatus status() {
    return row == null ? RegulatoryStatus.UNKNOWN : row.status();
  }

  /// The status that rules go by: what was withdrawn is not approved.
  public RegulatoryStatus effectiveStatus() {
    return status() == RegulatoryStatus.WITHDRAWN ? RegulatoryStatus.NOT_APPROVED : status();
  }

  /// The status as a sentence for a clinician.
  public String statement() {
    String where = region + " (" + region.authority() + ")";
    String as = row == null ? "" : "; as of " + row.asOf();
    return switch (status()) {
      case APPROVED -> "Authorised in " + where + " for this use" + as + ".";
      case OFF_LABEL -> "Off-label in " + where + ": record indication and consent" + as + ".";
      case COMPOUNDED_ONLY -> "Compounded only in " + where + ", no authorised product" + as + ".";
      case NOT_APPROVED -> "No authorised product in " + where + " for this use" + as + ".";
      case WITHDRAWN ->
          "Authorised in " + where + " once and withdrawn since: counts as not approved" + as + ".";
      case UNKNOWN -> "Nothing is known of this agent in " + where + "; that is no approval.";
    };
  }
}
