package org.trabecula.patient.measurement;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.MeasurementRecorded.Status;
import org.trabecula.contracts.Quantity;
import org.trabecula.patient.NaturalKey;

/// What was measured, in a form that can be recorded.
///
/// @param value in the canonical unit
/// @param original as it was sent, in UCUM
/// @param context what was said beside the value
record Reading(
    UUID patient,
    String analyte,
    Quantity value,
    Quantity original,
    @Nullable Comparator comparator,
    EffectiveTime effective,
    Status status,
    Fasting fasting,
    @Nullable String method,
    @Nullable String laboratory,
    @Nullable String device,
    Source source,
    Context context) {

  /// @param unitAsSent the unit as it was written; null when that was UCUM
  /// @param low the laboratory's own reference interval, in the canonical unit
  record Context(
      @Nullable String unitAsSent,
      boolean unitConfirmed,
      @Nullable String specimen,
      @Nullable String region,
      @Nullable String note,
      @Nullable BigDecimal low,
      @Nullable BigDecimal high) {}

  /// The measurement's identifier: the natural key decides it, the value never does.
  UUID id(String clinic) {
    return id(clinic, source);
  }

  static UUID id(String clinic, Source source) {
    return NaturalKey.of(clinic, "measurement", source.system(), source.id());
  }
}
