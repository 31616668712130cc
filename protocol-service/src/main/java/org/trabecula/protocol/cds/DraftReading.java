package org.trabecula.protocol.cds;

import java.util.List;
import org.trabecula.protocol.regimen.RegimenRequest;

/// What a draft order says in our words, or why that cannot be told.
///
/// @see Drafts
sealed interface DraftReading {

  /// @param steps one for each of its dosages; whether they can be ordered is not looked at
  record Steps(List<RegimenRequest.Step> steps) implements DraftReading {}

  /// @param known whether it is about something that is known here
  record Unclear(String medication, String reason, boolean known) implements DraftReading {}
}
