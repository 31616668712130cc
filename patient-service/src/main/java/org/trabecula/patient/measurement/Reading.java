package org.trabecula.patient.measurement;

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
/// @param original as it was sent
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
    Source source) {

  /// The measurement's identifier: the natural key decides it, the value never does.
  UUID id(String clinic) {
    return id(clinic, source);
  }

  static UUID id(String clinic, Source source) {
    return NaturalKey.of(clinic, "measurement", source.system(), source.id());
  }
}
