package org.trabecula.patient.measurement;

import org.trabecula.contracts.ProfileRecorded.Presence;

/// Yes, no, or nobody knows (Kleene's logic).
enum Truth {
  FALSE,
  UNKNOWN,
  TRUE;

  static Truth of(boolean known) {
    return known ? TRUE : FALSE;
  }

  static Truth of(Presence presence) {
    return switch (presence) {
      case PRESENT -> TRUE;
      case ABSENT -> FALSE;
      case UNKNOWN -> UNKNOWN;
    };
  }

  Truth and(Truth other) {
    return values()[Math.min(ordinal(), other.ordinal())];
  }

  Truth or(Truth other) {
    return values()[Math.max(ordinal(), other.ordinal())];
  }

  Truth not() {
    return values()[TRUE.ordinal() - ordinal()];
  }
}
