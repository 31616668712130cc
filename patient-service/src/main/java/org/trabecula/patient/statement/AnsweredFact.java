package org.trabecula.patient.statement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.Quantity;

/// What is known of one fact of the catalogue, and on whose word.
///
/// @param answer UNKNOWN when nobody has said; null where a value or a code is the answer
/// @param value in the catalogue's unit
/// @param comparator of a measurement that is a limit of detection
/// @param occurrences each time that an event is known to have happened
/// @param statedOn when the source said so
/// @param measuredAt of a measurement
/// @param stale whether the answer is too old to count today
/// @param version of the clinic's own word, for `If-Match`; null when the clinic has said nothing
record AnsweredFact(
    String code,
    String display,
    ClinicalFact.Kind kind,
    @Nullable Presence answer,
    @Nullable Quantity value,
    @Nullable Comparator comparator,
    @Nullable String coded,
    @Nullable String since,
    @Nullable String until,
    @Nullable List<Occurrence> occurrences,
    @Nullable LocalDate statedOn,
    @Nullable Instant measuredAt,
    @Nullable Source source,
    boolean stale,
    @Nullable Integer version) {

  /// @param id of the statement that tells of it
  record Occurrence(
      UUID id, @Nullable String since, @Nullable String until, LocalDate statedOn, Source source) {}
}
