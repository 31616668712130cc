package org.trabecula.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A laboratory result or a scan, new or corrected.
///
/// @param version counts up from 1 with each correction
/// @param analyte code in the catalogue of analytes, such as `ctx` or `bmd-lumbar-spine`
/// @param value in the analyte's canonical unit
/// @param original as it was sent
/// @param comparator `LESS_THAN` or `GREATER_THAN` when the value is a limit of detection; null
/// when exact
/// @param effectiveAt when the sample was drawn or the scan was made; the start of the stated
/// period
/// @param method assay or platform; unknown when null
/// @param laboratory who measured; unknown when null
/// @param device scanner; unknown when null
public record MeasurementRecorded(
    UUID measurementId,
    UUID patientId,
    int version,
    String analyte,
    Quantity value,
    Quantity original,
    @Nullable Comparator comparator,
    Instant effectiveAt,
    Precision effectivePrecision,
    Status status,
    Fasting fasting,
    @Nullable String method,
    @Nullable String laboratory,
    @Nullable String device,
    Source source,
    Instant recordedAt)
    implements Event {

  public enum Comparator {
    LESS_THAN,
    GREATER_THAN
  }

  /// How exactly the source stated the time.
  public enum Precision {
    INSTANT,
    DAY,
    MONTH,
    YEAR
  }

  public enum Status {
    PRELIMINARY,
    FINAL,
    CORRECTED
  }

  public enum Fasting {
    YES,
    NO,
    UNKNOWN
  }

  /// Who sent it and what they call it: with the clinic, the measurement's natural key.
  public record Source(String system, String id) {}
}
