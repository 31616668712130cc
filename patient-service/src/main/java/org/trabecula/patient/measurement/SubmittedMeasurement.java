package org.trabecula.patient.measurement;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.MeasurementRecorded.Status;

/// A measurement as a door was told, not yet believed. What was left out is null.
///
/// @param analyte code in the catalogue; `loinc` may stand in its place
/// @param unit UCUM
/// @param effectiveAt `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or a date-time with its offset
public record SubmittedMeasurement(
    @Nullable String analyte,
    @Nullable String loinc,
    @Nullable BigDecimal value,
    @Nullable String unit,
    @Nullable Comparator comparator,
    @Nullable String effectiveAt,
    @Nullable Fasting fasting,
    @Nullable String method,
    @Nullable String laboratory,
    @Nullable String device,
    @Nullable Status status,
    @Nullable Source source) {}
