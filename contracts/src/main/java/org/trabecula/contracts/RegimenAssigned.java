package org.trabecula.contracts;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The regimen that a patient is on, with everything that was taken before it: the topic keeps one
/// record per patient, and a forecast needs the whole history.
///
/// @param version counts up from 1 with each change of the patient's regimen
/// @param protocol the template it follows; null when it follows none
/// @param steps what is taken now or from a stated day
/// @param history steps that were stopped, oldest first
/// @param flags what the regulator says of each agent
public record RegimenAssigned(
    UUID regimenId,
    UUID patientId,
    int version,
    @Nullable Protocol protocol,
    List<Step> steps,
    List<Step> history,
    List<Flag> flags,
    Instant assignedAt)
    implements Event {

  /// A published protocol template.
  public record Protocol(String code, int version) {}

  /// One agent, taken one way for one period.
  ///
  /// @param agent agent code
  /// @param dose a single administration: mg, ug, or ug/d released by a patch
  /// @param route how it is given
  /// @param intervalDays days between administrations; 1 for daily
  /// @param asNeededPerWeek administrations expected a week when taken as needed; null otherwise
  /// @param start first day
  /// @param stop first day without it; null while open
  public record Step(
      String agent,
      Quantity dose,
      Route route,
      @Nullable BigDecimal intervalDays,
      @Nullable BigDecimal asNeededPerWeek,
      LocalDate start,
      @Nullable LocalDate stop) {}

  public enum Route {
    ORAL,
    TRANSDERMAL,
    INTRAMUSCULAR,
    SUBCUTANEOUS,
    IMPLANT,
    INTRANASAL,
    VAGINAL
  }

  /// What is known of the agent where the patient is treated.
  ///
  /// @param status `UNKNOWN` when the table has no row
  /// @param asOf month at which the status was checked, such as `2026-11`
  public record Flag(
      String agent,
      Region region,
      RegulatoryStatus status,
      @Nullable String form,
      @Nullable String population,
      @Nullable String indication,
      @Nullable String notes,
      @Nullable String source,
      @Nullable String asOf) {}
}
