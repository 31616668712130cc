package org.trabecula.patient.measurement;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Finding;
import org.trabecula.contracts.MeasurementRecorded.Interpretation;
import org.trabecula.contracts.MeasurementRecorded.Precision;
import org.trabecula.contracts.MeasurementRecorded.ReferenceInterval;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.Quantity;
import org.trabecula.patient.measurement.Measurement.Standing;

/// A measurement as the JSON door shows it.
///
/// @param value in the canonical unit
/// @param original as it was sent, in UCUM
/// @param unitAsSent the unit as it was written, where that was not UCUM
/// @param unitConfirmed true when the sender stood by a value that is not plausible
/// @param note free text of the sender; in no event
/// @param withoutReferenceInterval why there is none
public record RecordedMeasurement(
    UUID id,
    UUID patientId,
    int version,
    String analyte,
    Quantity value,
    Quantity original,
    @Nullable Comparator comparator,
    Instant effectiveAt,
    Precision effectivePrecision,
    Standing status,
    Fasting fasting,
    @Nullable String method,
    @Nullable String laboratory,
    @Nullable String device,
    Source source,
    Instant recordedAt,
    @Nullable String unitAsSent,
    @Nullable Boolean unitConfirmed,
    @Nullable String specimen,
    @Nullable String region,
    @Nullable String note,
    @Nullable ReferenceInterval referenceInterval,
    @Nullable String withoutReferenceInterval,
    @Nullable Interpretation interpretation,
    List<Finding> findings,
    @Nullable String withdrawnBecause) {

  public static RecordedMeasurement of(Measurement measurement) {
    return new RecordedMeasurement(
        measurement.id,
        measurement.patient,
        measurement.version,
        measurement.analyte,
        new Quantity(measurement.value, measurement.unit),
        new Quantity(measurement.originalValue, measurement.originalUnit),
        measurement.comparator,
        measurement.effectiveAt,
        measurement.effectivePrecision,
        measurement.status,
        measurement.fasting,
        measurement.method,
        measurement.laboratory,
        measurement.device,
        new Source(measurement.sourceSystem, measurement.sourceId),
        measurement.recordedAt,
        measurement.unitAsSent,
        measurement.unitConfirmed ? Boolean.TRUE : null,
        measurement.specimen,
        measurement.region,
        measurement.note,
        measurement.assessment.referenceInterval(),
        measurement.assessment.withoutInterval(),
        measurement.assessment.interpretation(),
        measurement.assessment.findings(),
        measurement.withdrawnBecause);
  }
}
