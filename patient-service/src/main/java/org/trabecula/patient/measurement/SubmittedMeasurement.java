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
/// @param loinc also says the method or the specimen of some codes, where nobody states them
/// @param unit UCUM, or a spelling of [org.trabecula.patient.UnitAliases]
/// @param effectiveAt `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or a date-time with its offset
/// @param method assay or platform; for a scan the software that analysed it
/// @param device scanner
/// @param specimen what was measured in, such as serum
/// @param region region of interest of a scan, such as `L1-L4`
/// @param referenceInterval the laboratory's own
/// @param note free text; it never leaves the clinic
/// @param unitConfirmed true when the sender stands by a value that is not plausible in its unit
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
    @Nullable Source source,
    @Nullable String specimen,
    @Nullable String region,
    @Nullable Interval referenceInterval,
    @Nullable String note,
    @Nullable Boolean unitConfirmed) {

  /// In the unit of the value; one bound may be absent.
  public record Interval(@Nullable BigDecimal low, @Nullable BigDecimal high) {}

  /// The same under this key.
  SubmittedMeasurement from(Source key) {
    return new SubmittedMeasurement(
        analyte,
        loinc,
        value,
        unit,
        comparator,
        effectiveAt,
        fasting,
        method,
        laboratory,
        device,
        status,
        key,
        specimen,
        region,
        referenceInterval,
        note,
        unitConfirmed);
  }

  /// Without what only some doors are told.
  public SubmittedMeasurement(
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
      @Nullable Source source) {
    this(
        analyte,
        loinc,
        value,
        unit,
        comparator,
        effectiveAt,
        fasting,
        method,
        laboratory,
        device,
        status,
        source,
        null,
        null,
        null,
        null,
        null);
  }
}
