package org.trabecula.engine;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// One dosing step of one agent, current, past or planned.
///
/// @param agent engine code, a row of `agents.csv`
/// @param form null takes the agent's own
/// @param dose amount per administration; for a patch what it delivers per 24 h, for a gel what is
/// applied
/// @param unit `mg`, `ug`, `IU`; for a patch `ug/24h`
/// @param intervalDays days between administrations; null when the agent is given as needed
/// @param expectedPerWeek administrations expected per week when given as needed
/// @param start first day
/// @param stop first day without it; null while it goes on
public record Administration(
    String agent,
    Route route,
    @Nullable Form form,
    double dose,
    String unit,
    @Nullable Double intervalDays,
    @Nullable Double expectedPerWeek,
    LocalDate start,
    @Nullable LocalDate stop) {

  public enum Route {
    ORAL,
    TRANSDERMAL,
    INTRAMUSCULAR,
    SUBCUTANEOUS,
    IMPLANT,
    INTRANASAL,
    INTRAVENOUS,
    VAGINAL
  }

  public enum Form {
    PATCH,
    GEL,
    TABLET,
    CAPSULE,
    INJECTION,
    IMPLANT
  }

  public Administration {
    requirePositive("dose", dose);
    requirePositive("intervalDays", intervalDays);
    requirePositive("expectedPerWeek", expectedPerWeek);
    if (stop != null && stop.isBefore(start)) {
      throw new IllegalArgumentException(
          "%s: stop %s is before start %s".formatted(agent, stop, start));
    }
  }

  private static void requirePositive(String field, @Nullable Double value) {
    if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s must be positive, not %s".formatted(field, value));
    }
  }
}
