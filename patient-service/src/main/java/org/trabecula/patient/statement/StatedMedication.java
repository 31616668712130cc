package org.trabecula.patient.statement;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Quantity;

/// Something that a patient takes or took, as a source stated it.
///
/// @param agent agent code, as in protocol-service; null when the source's codes are none of ours
/// @param dailyDose mean dose a day; unknown when null
/// @param since first day, month or year of it: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
/// @param until last day, month or year of it; when null it is still taken, or over
/// @param codings as the source coded it
/// @param text as the source called it
/// @param over whether it is over although nobody says since when
public record StatedMedication(
    @Nullable String agent,
    @Nullable Quantity dailyDose,
    @Nullable String since,
    @Nullable String until,
    List<Coding> codings,
    @Nullable String text,
    boolean over)
    implements Stated {
  public StatedMedication {
    codings = List.copyOf(codings);
  }
}
