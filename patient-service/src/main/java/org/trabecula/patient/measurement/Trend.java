package org.trabecula.patient.measurement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Finding;
import org.trabecula.contracts.MeasurementRecorded.Interpretation;
import org.trabecula.contracts.MeasurementRecorded.Precision;
import org.trabecula.contracts.MeasurementRecorded.ReferenceInterval;
import org.trabecula.patient.measurement.LeastSignificantChanges.Least;
import org.trabecula.patient.measurement.Measurement.Standing;

/// How one analyte of a patient has gone, as the JSON door shows it.
///
/// @param unit the canonical one; values, differences and reference intervals are in it
/// @param definition what a verdict means
/// @param series what may be compared, oldest first each
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Trend(
    UUID patientId, String analyte, String unit, String definition, List<Series> series) {
  static final String DEFINITION =
      "A change is significant when |% change| is above the least significant change (LSC): two-sided, at 95 % confidence, on the plain scale, for markers too.";

  public enum Verdict {
    INCREASED,
    DECREASED,
    /// It may be noise.
    WITHIN_LSC,
    /// There is nothing to compare it with, or the comparison would mean nothing.
    NOT_COMPARABLE,
    /// The result is kept and shown, but no verdict uses it.
    EXCLUDED
  }

  /// Results of one assay of one laboratory, or scans of one scanner. What was not stated is
  // absent.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Series(
      @Nullable String laboratory,
      @Nullable String assay,
      @Nullable String scanner,
      List<Point> points) {}

  /// @param excluded why no verdict uses it; absent when one may
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Point(
      @JsonIgnore Measurement measurement,
      @Nullable String excluded,
      Change sinceBaseline,
      Change sincePrevious) {

    @JsonProperty
    public UUID measurementId() {
      return measurement.id;
    }

    @JsonProperty
    public int version() {
      return measurement.version;
    }

    @JsonProperty
    public Instant effectiveAt() {
      return measurement.effectiveAt;
    }

    @JsonProperty
    public Precision effectivePrecision() {
      return measurement.effectivePrecision;
    }

    @JsonProperty
    public BigDecimal value() {
      return measurement.value;
    }

    /// Assay, or the software that analysed a scan.
    @JsonProperty
    public @Nullable String method() {
      return measurement.method;
    }

    @JsonProperty
    public @Nullable String region() {
      return measurement.region;
    }

    @JsonProperty
    public @Nullable Comparator comparator() {
      return measurement.comparator;
    }

    @JsonProperty
    public Standing status() {
      return measurement.status;
    }

    @JsonProperty
    public @Nullable ReferenceInterval referenceInterval() {
      return measurement.assessment.referenceInterval();
    }

    @JsonProperty
    public @Nullable String withoutReferenceInterval() {
      return measurement.assessment.withoutInterval();
    }

    @JsonProperty
    public @Nullable Interpretation interpretation() {
      return measurement.assessment.interpretation();
    }

    @JsonProperty
    public List<Finding> findings() {
      return measurement.assessment.findings();
    }
  }

  /// @param from the result it is compared with; absent when there is none
  /// @param absolute difference
  /// @param percent of the earlier value; absent for scores
  /// @param leastSignificantChange the limit and where it comes from
  /// @param reason the verdict in words
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Change(
      @JsonIgnore @Nullable Measurement from,
      @Nullable BigDecimal absolute,
      @Nullable BigDecimal percent,
      @Nullable Least leastSignificantChange,
      Verdict verdict,
      String reason) {

    @JsonProperty
    @Schema(description = "Identifier of the result it is compared with.")
    public @Nullable UUID fromMeasurementId() {
      return from == null ? null : from.id;
    }
  }
}
