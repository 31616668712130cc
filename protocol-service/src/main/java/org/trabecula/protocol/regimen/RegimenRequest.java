package org.trabecula.protocol.regimen;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned.Route;

/// What a clinician sends. Everything may be missing until [RegimenOrders] has looked at it.
///
/// @param protocol the template it follows
/// @param start first day, when the steps are the template's
/// @param steps what is taken; the template's when null
public record RegimenRequest(
    @Nullable Template protocol, @Nullable LocalDate start, @Nullable List<@Nullable Step> steps) {

  /// @param version the latest when null
  public record Template(@Nullable String code, @Nullable Integer version) {}

  public record Step(
      @Nullable String agent,
      @Nullable Dose dose,
      @Nullable Route route,
      @Nullable BigDecimal intervalDays,
      @Nullable BigDecimal asNeededPerWeek,
      @Nullable LocalDate start,
      @Nullable LocalDate stop) {}

  public record Dose(@Nullable BigDecimal value, @Nullable String unit) {}

  /// @param stoppedOn first day without the regimen
  public record Stop(@Nullable LocalDate stoppedOn, @Nullable String reason) {}
}
