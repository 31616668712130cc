package org.trabecula.protocol.template;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Route;

/// A published version of a protocol template. It never changes.
///
/// @param family `male`, `female` or `peptide`
/// @param expectedFindings rules that it raises by itself, in an otherwise unremarkable patient
public record Protocol(
    String code,
    int version,
    String family,
    String title,
    String description,
    ForWhom forWhom,
    List<Step> steps,
    List<String> expectedFindings,
    String evidenceNote,
    String source) {

  /// @param sex any when null
  /// @param uterus any when null
  public record ForWhom(@Nullable Sex sex, @Nullable Presence uterus, String condition) {}

  /// @param intervalDays days between administrations; null when as needed
  /// @param asNeededPerWeek administrations expected a week; null when at an interval
  public record Step(
      String agent,
      Quantity dose,
      Route route,
      @Nullable BigDecimal intervalDays,
      @Nullable BigDecimal asNeededPerWeek,
      String purpose) {}
}
