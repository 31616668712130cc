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
    VAGINAL,
    INTRAUTERINE
  }

  public enum Form {
    PATCH,
    GEL,
    TABLET,
    CAPSULE,
    INJECTION,
    IMPLANT
  }

  /// Days between administrations, of what is given as needed on average; a day where the unit is a
  /// rate.
  double daysBetween() {
    return intervalDays != null ? intervalDays : expectedPerWeek != null ? 7 / expectedPerWeek : 1;
  }

  /// True when both state the same course for days that overlap.
  boolean repeats(Administration other) {
    return agent.equals(other.agent)
        && route == other.route
        && form == other.form
        && dose == other.dose
        && unit.equals(other.unit)
        && daysBetween() == other.daysBetween()
        && (stop == null || other.start.isBefore(stop))
        && (other.stop == null || start.isBefore(other.stop));
  }
}
