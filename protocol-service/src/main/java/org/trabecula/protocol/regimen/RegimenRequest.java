package org.trabecula.protocol.regimen;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a clinician sends. Everything may be missing, and every code unknown, until [RegimenOrders]
/// has looked at it.
///
/// @param intent `order`, which it is when null, or `proposal`
/// @param protocol the template it follows
/// @param start first day, when the steps are the template's
/// @param steps what is taken; the template's when null
/// @param jurisdiction region whose prescribing law holds; the clinic's or the patient's when null
/// @param indication what it is given for, where a step does not say so itself
/// @param overrides rules that are set aside, and why
/// @param acknowledged rules whose findings were read
public record RegimenRequest(
    @Nullable String intent,
    @Nullable Template protocol,
    @Nullable LocalDate start,
    @Nullable List<@Nullable Step> steps,
    @Nullable String jurisdiction,
    @Nullable String indication,
    @Nullable List<@Nullable Override> overrides,
    @Nullable List<@Nullable String> acknowledged) {

  /// @param version the latest when null
  public record Template(@Nullable String code, @Nullable Integer version) {}

  /// @param changes titration or taper, in the order of their days
  public record Step(
      @Nullable String agent,
      @Nullable Dose dose,
      @Nullable String route,
      @Nullable BigDecimal intervalDays,
      @Nullable BigDecimal asNeededPerWeek,
      @Nullable Cycle cycle,
      @Nullable String indication,
      @Nullable LocalDate start,
      @Nullable LocalDate stop,
      @Nullable List<@Nullable Change> changes) {}

  /// From a day on another dose; as often as before unless it says otherwise.
  public record Change(
      @Nullable LocalDate on,
      @Nullable Dose dose,
      @Nullable BigDecimal intervalDays,
      @Nullable BigDecimal asNeededPerWeek) {}

  /// @param concentration how much is in a mL, when the dose is a volume
  public record Dose(
      @Nullable BigDecimal value, @Nullable String unit, @Nullable Concentration concentration) {}

  public record Concentration(@Nullable BigDecimal value, @Nullable String unit) {}

  /// Taken on the first days of each cycle.
  public record Cycle(@Nullable Integer daysOn, @Nullable Integer lengthDays) {}

  /// @param reason why the prescriber sets the rule aside
  public record Override(@Nullable String rule, @Nullable String reason) {}

  /// @param stoppedOn first day without the regimen
  public record Stop(@Nullable LocalDate stoppedOn, @Nullable String reason) {}
}
