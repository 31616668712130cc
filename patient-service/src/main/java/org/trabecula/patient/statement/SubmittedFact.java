package org.trabecula.patient.statement;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.Quantity;

/// What the clinic itself says of a fact, not yet believed; see [StatedFact].
record SubmittedFact(
    @Nullable Presence presence,
    @Nullable Quantity value,
    @Nullable String coded,
    @Nullable String since,
    @Nullable String until,
    @Nullable LocalDate statedOn) {

  StatedFact of(String code) {
    return new StatedFact(code, presence, value, coded, since, until, statedOn, List.of());
  }
}
