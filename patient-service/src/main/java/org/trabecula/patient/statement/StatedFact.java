package org.trabecula.patient.statement;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.Quantity;

/// A clinical fact as a source stated it.
///
/// @param code code in the catalogue of clinical facts
/// @param presence of a condition or an event; for other kinds null, or UNKNOWN instead of a value
/// @param value of a quantity, in the unit it was stated in
/// @param coded of a coded fact, one of the catalogue's values
/// @param since onset or date of the event: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
/// @param until last day, month or year of it
/// @param statedOn the day the source said so; null for the day it was recorded
/// @param codings as the source coded it
public record StatedFact(
    String code,
    @Nullable Presence presence,
    @Nullable Quantity value,
    @Nullable String coded,
    @Nullable String since,
    @Nullable String until,
    @Nullable LocalDate statedOn,
    List<Coding> codings)
    implements Stated {
  public StatedFact {
    codings = List.copyOf(codings);
  }
}
