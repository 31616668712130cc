package org.trabecula.patient.measurement;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Precision;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.Quantity;
import org.trabecula.patient.measurement.Measurement.Standing;

/// A measurement as the JSON door shows it.
///
/// @param value in the canonical unit
/// @param original as it was sent
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
    Instant recordedAt) {

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
        measurement.recordedAt);
  }
}
