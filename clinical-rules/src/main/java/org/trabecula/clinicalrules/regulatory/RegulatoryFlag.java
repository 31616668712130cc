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

  /// Whether a law forbids this use, rather than nobody having authorised it.
  public boolean prohibitedByLaw() {
    return row != null && row.prohibition() != null;
  }

  /// The status as a sentence for a clinician.
  public String statement() {
    String where = region + " (" + region.authority() + ")";
    return row == null
        ? "Nothing is known of this agent in " + where + "; that is no approval."
        : statement(row, where + " for " + row.indicationWording(), "; as of " + row.asOf() + ".");
  }

  private static String statement(RegulatoryRow row, String use, String asOf) {
    if (row.prohibition() != null) {
      return "Forbidden by law in " + use + " (" + row.prohibition() + ")" + asOf;
    }
    return switch (row.status()) {
      case APPROVED -> "Authorised in " + use + asOf;
      case OFF_LABEL -> "Off-label in " + use + ": record indication and consent" + asOf;
      case COMPOUNDED_ONLY -> "Compounded only in " + use + ", no authorised product" + asOf;
      case NOT_APPROVED -> "No authorised product in " + use + asOf;
      case WITHDRAWN ->
          "Authorised in " + use + " once and withdrawn since: counts as not approved" + asOf;
      case UNKNOWN -> throw new IllegalStateException("No row says UNKNOWN");
    };
  }
}
