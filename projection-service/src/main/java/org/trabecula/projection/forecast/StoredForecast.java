package org.trabecula.projection.forecast;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;

/// A forecast as it was published. It never changes; the one with the highest sequence is the
/// patient's current one.
@Entity
@Immutable
@Table(name = "forecast")
class StoredForecast {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  long sequence;

  @TenantId String clinic;

  @Column(name = "patient_id")
  UUID patientId;

  @Column(name = "forecast_id")
  UUID forecastId;

  String status;

  @Column(name = "as_of")
  Instant asOf;

  @Column(name = "inputs_hash")
  String inputsHash;

  @Column(name = "model_version")
  String modelVersion;

  @Column(name = "parameter_hash")
  String parameterHash;

  @JdbcTypeCode(SqlTypes.JSON)
  String inputs;

  @JdbcTypeCode(SqlTypes.JSON)
  String body;

  @Column(name = "computed_at")
  Instant computedAt;

  @SuppressWarnings("NullAway.Init") // Hibernate or Forecasts fills it
  StoredForecast() {}
}
