package org.trabecula.patient.fhir;

import java.util.List;
import java.util.Map;
import org.trabecula.kit.fhir.FhirProblem.Issue;
import org.trabecula.patient.provenance.Provenances.Message;

/// What a client sent: a Bundle, or a request by itself.
///
/// @param source who sent it, as far as it says
/// @param message what they call it
/// @param faults what is malformed, by the position of the entry
record Submitted(
    Kind kind,
    String source,
    Message message,
    List<Entry> entries,
    Map<Integer, List<Issue>> faults) {
  /// Whoever says nothing of themselves.
  static final String UNNAMED = "urn:trabecula:source:fhir";

  enum Kind {
    /// All or nothing.
    TRANSACTION,
    /// Each entry by itself.
    BATCH,
    /// A request by itself.
    SINGLE
  }

  /// One entry by itself.
  Submitted only(Entry entry) {
    return new Submitted(Kind.SINGLE, source, message, List.of(entry), faults);
  }

  Entry entry(int position) {
    return entries.get(position - entries.getFirst().position());
  }
}
