package org.trabecula.contracts;

/// What a regulator says of a product for an indication.
public enum RegulatoryStatus {
  APPROVED,
  OFF_LABEL,
  COMPOUNDED_ONLY,
  NOT_APPROVED,
  /// Was approved once; counts as not approved, with its own wording.
  WITHDRAWN,
  /// No row says anything: an answer, not a gap.
  UNKNOWN
}
