package org.trabecula.patient.measurement;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Precision;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.MeasurementWithdrawn;
import org.trabecula.contracts.Quantity;
import org.trabecula.patient.Sql;

/// A laboratory result or a scan, as of one version.
@Entity
@Table(name = "measurement")
@Immutable
public class Measurement {
  private static final AssessmentColumn ASSESSMENT = new AssessmentColumn();

  @TenantId String clinic;
  @Id UUID id;

  @Column(name = "patient_id")
  UUID patient;

  int version;
  String analyte;
  BigDecimal value;
  String unit;

  @Column(name = "original_value")
  BigDecimal originalValue;

  @Column(name = "original_unit")
  String originalUnit;

  @Enumerated(EnumType.STRING)
  @Nullable Comparator comparator;

  @Column(name = "effective_at")
  Instant effectiveAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "effective_precision")
  Precision effectivePrecision;

  @Enumerated(EnumType.STRING)
  Standing status;

  @Enumerated(EnumType.STRING)
  Fasting fasting;

  @Nullable String method;
  @Nullable String laboratory;
  @Nullable String device;

  @Column(name = "source_system")
  String sourceSystem;

  @Column(name = "source_id")
  String sourceId;

  @Column(name = "recorded_at")
  Instant recordedAt;

  @Column(name = "unit_as_sent")
  @Nullable String unitAsSent;

  @Column(name = "unit_confirmed")
  boolean unitConfirmed;

  @Nullable String specimen;
  @Nullable String region;
  @Nullable String note;

  @Column(name = "interval_low")
  @Nullable BigDecimal intervalLow;

  @Column(name = "interval_high")
  @Nullable BigDecimal intervalHigh;

  @Column(name = "withdrawn_because")
  @Nullable String withdrawnBecause;

  @Column(columnDefinition = "jsonb")
  @Convert(converter = AssessmentColumn.class)
  Assessment assessment;

  /// What a measurement is worth now.
  public enum Standing {
    PRELIMINARY,
    FINAL,
    CORRECTED,
    /// Its source took it back. It stays visible and counts no longer.
    WITHDRAWN
  }

  /// Whether it may be compared with others: it counts, and it is final.
  boolean isFinal() {
    return status == Standing.FINAL || status == Standing.CORRECTED;
  }

  /// For Hibernate, which fills it in.
  @SuppressWarnings("NullAway.Init")
  protected Measurement() {}

  @SuppressWarnings("NullAway.Init")
  Measurement(String clinic, int version, Reading reading, Standing status, Instant recordedAt) {
    this.clinic = clinic;
    this.id = reading.id(clinic);
    this.patient = reading.patient();
    this.version = version;
    this.analyte = reading.analyte();
    this.value = reading.value().value();
    this.unit = reading.value().unit();
    this.originalValue = reading.original().value();
    this.originalUnit = reading.original().unit();
    this.comparator = reading.comparator();
    this.effectiveAt = reading.effective().at();
    this.effectivePrecision = reading.effective().precision();
    this.status = status;
    this.fasting = reading.fasting();
    this.method = reading.method();
    this.laboratory = reading.laboratory();
    this.device = reading.device();
    this.sourceSystem = reading.source().system();
    this.sourceId = reading.source().id();
    this.recordedAt = recordedAt;
    Reading.Context context = reading.context();
    this.unitAsSent = context.unitAsSent();
    this.unitConfirmed = context.unitConfirmed();
    this.specimen = context.specimen();
    this.region = context.region();
    this.note = context.note();
    this.intervalLow = context.low();
    this.intervalHigh = context.high();
    this.assessment = Assessment.NONE;
  }

  @SuppressWarnings("NullAway.Init")
  private Measurement(ResultSet row) throws SQLException {
    this.clinic = row.getString("clinic");
    this.id = row.getObject("id", UUID.class);
    this.patient = row.getObject("patient_id", UUID.class);
    this.version = row.getInt("version");
    this.analyte = row.getString("analyte");
    this.value = row.getBigDecimal("value");
    this.unit = row.getString("unit");
    this.originalValue = row.getBigDecimal("original_value");
    this.originalUnit = row.getString("original_unit");
    String compared = row.getString("comparator");
    this.comparator = compared == null ? null : Comparator.valueOf(compared);
    this.effectiveAt = Sql.instant(row, "effective_at");
    this.effectivePrecision = Precision.valueOf(row.getString("effective_precision"));
    this.status = Standing.valueOf(row.getString("status"));
    this.fasting = Fasting.valueOf(row.getString("fasting"));
    this.method = row.getString("method");
    this.laboratory = row.getString("laboratory");
    this.device = row.getString("device");
    this.sourceSystem = row.getString("source_system");
    this.sourceId = row.getString("source_id");
    this.recordedAt = Sql.instant(row, "recorded_at");
    this.unitAsSent = row.getString("unit_as_sent");
    this.unitConfirmed = row.getBoolean("unit_confirmed");
    this.specimen = row.getString("specimen");
    this.region = row.getString("region");
    this.note = row.getString("note");
    this.intervalLow = row.getBigDecimal("interval_low");
    this.intervalHigh = row.getBigDecimal("interval_high");
    this.withdrawnBecause = row.getString("withdrawn_because");
    this.assessment = ASSESSMENT.convertToEntityAttribute(row.getString("assessment"));
  }

  /// As it is stored, past Hibernate.
  static Measurement of(ResultSet row) throws SQLException {
    return new Measurement(row);
  }

  @SuppressWarnings("NullAway.Init")
  private Measurement(Measurement same, int version, Assessment assessment, Instant recordedAt) {
    this.clinic = same.clinic;
    this.id = same.id;
    this.patient = same.patient;
    this.version = version;
    this.analyte = same.analyte;
    this.value = same.value;
    this.unit = same.unit;
    this.originalValue = same.originalValue;
    this.originalUnit = same.originalUnit;
    this.comparator = same.comparator;
    this.effectiveAt = same.effectiveAt;
    this.effectivePrecision = same.effectivePrecision;
    this.status = same.status;
    this.fasting = same.fasting;
    this.method = same.method;
    this.laboratory = same.laboratory;
    this.device = same.device;
    this.sourceSystem = same.sourceSystem;
    this.sourceId = same.sourceId;
    this.recordedAt = recordedAt;
    this.unitAsSent = same.unitAsSent;
    this.unitConfirmed = same.unitConfirmed;
    this.specimen = same.specimen;
    this.region = same.region;
    this.note = same.note;
    this.intervalLow = same.intervalLow;
    this.intervalHigh = same.intervalHigh;
    this.withdrawnBecause = same.withdrawnBecause;
    this.assessment = assessment;
  }

  /// The same version, before anyone has seen it.
  Measurement assessed(Assessment found) {
    return new Measurement(this, version, found, recordedAt);
  }

  /// The next version: nothing new was measured, but our rules now say something else of it.
  Measurement reassessed(Assessment found, Instant now) {
    return new Measurement(this, version + 1, found, now);
  }

  static Measurement first(String clinic, Reading reading, Instant now) {
    return new Measurement(clinic, 1, reading, Standing.valueOf(reading.status().name()), now);
  }

  /// What this measurement becomes when its source sends it again; itself when nothing is new.
  ///
  /// A preliminary result never takes a final one's place, nor does a withdrawn one come back:
  /// both are re-sends that arrive late.
  Measurement sentAgain(Reading reading, Instant now) {
    boolean late =
        status == Standing.WITHDRAWN || (isPreliminary(reading) && status != Standing.PRELIMINARY);
    if (late || (says(reading) && isPreliminary(reading) == (status == Standing.PRELIMINARY))) {
      return this;
    }
    return new Measurement(clinic, version + 1, reading, next(reading), now);
  }

  private Standing next(Reading reading) {
    if (isPreliminary(reading)) {
      return Standing.PRELIMINARY;
    }
    return status == Standing.PRELIMINARY
        ? Standing.valueOf(reading.status().name())
        : Standing.CORRECTED;
  }

  private static boolean isPreliminary(Reading reading) {
    return reading.status() == MeasurementRecorded.Status.PRELIMINARY;
  }

  private boolean says(Reading reading) {
    return analyte.equals(reading.analyte())
        && originalValue.compareTo(reading.original().value()) == 0
        && originalUnit.equals(reading.original().unit())
        && comparator == reading.comparator()
        && effectiveAt.equals(reading.effective().at())
        && effectivePrecision == reading.effective().precision()
        && fasting == reading.fasting()
        && Objects.equals(method, reading.method())
        && Objects.equals(laboratory, reading.laboratory())
        && Objects.equals(device, reading.device())
        && unitConfirmed == reading.context().unitConfirmed()
        && Objects.equals(specimen, reading.context().specimen())
        && Objects.equals(region, reading.context().region())
        && Objects.equals(note, reading.context().note())
        && isSame(intervalLow, reading.context().low())
        && isSame(intervalHigh, reading.context().high());
  }

  private static boolean isSame(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null ? one == other : one.compareTo(other) == 0;
  }

  MeasurementRecorded recorded() {
    return new MeasurementRecorded(
        id,
        patient,
        version,
        analyte,
        new Quantity(value, unit),
        new Quantity(originalValue, originalUnit),
        comparator,
        effectiveAt,
        effectivePrecision,
        MeasurementRecorded.Status.valueOf(status.name()),
        fasting,
        method,
        laboratory,
        device,
        new Source(sourceSystem, sourceId),
        recordedAt,
        specimen,
        region,
        assessment.referenceInterval(),
        assessment.interpretation(),
        assessment.findings().isEmpty() ? null : assessment.findings());
  }

  MeasurementWithdrawn withdrawn(String reason, Instant now) {
    return new MeasurementWithdrawn(id, patient, version + 1, reason, now);
  }

  public UUID id() {
    return id;
  }

  public int version() {
    return version;
  }
}
