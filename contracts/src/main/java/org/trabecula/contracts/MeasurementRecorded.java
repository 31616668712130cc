package org.trabecula.contracts;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
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
/// @param specimen what was measured in, such as serum; unknown when null
/// @param region region of interest of a scan, such as `L1-L4`; unknown when null
/// @param referenceInterval what is usual; null when none holds for this patient
/// @param interpretation where the value lies in that interval; null when that cannot be said
/// @param findings what the data-quality rules say of it; null when nothing
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
    Instant recordedAt,
    @Nullable String specimen,
    @Nullable String region,
    @Nullable ReferenceInterval referenceInterval,
    @Nullable Interpretation interpretation,
    @Nullable List<Finding> findings)
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

  /// Both bounds belong to it; one may be absent.
  ///
  /// @param low in the unit of `value`
  /// @param high in the unit of `value`
  /// @param basis whose interval it is
  /// @param source where it comes from, in words
  public record ReferenceInterval(
      @Nullable BigDecimal low, @Nullable BigDecimal high, Basis basis, String source) {
    public enum Basis {
      /// The laboratory sent it with the result.
      LABORATORY,
      /// From our own table, by sex, menopausal state and age.
      TABLE
    }
  }

  public enum Interpretation {
    LOW,
    NORMAL,
    HIGH
  }

  /// What a rule of data quality says of a measurement.
  ///
  /// @param rule such as `DATA-03`
  /// @param excludes what the measurement is left out of; empty when of nothing
  public record Finding(String rule, Severity severity, String message, List<Use> excludes) {
    public enum Severity {
      BLOCK,
      WARN,
      INFO
    }

    public enum Use {
      /// Statements on whether a change is more than noise.
      VERDICT,
      /// What the forecast learns from.
      FORECAST
    }
  }
}
