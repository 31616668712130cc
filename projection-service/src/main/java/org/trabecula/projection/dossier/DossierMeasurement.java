package org.trabecula.projection.dossier;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded;

/// A measurement in a dossier, at its latest version.
@Entity
@Table(name = "dossier_measurement")
class DossierMeasurement {
  @Id
  @Column(name = "measurement_id")
  UUID measurementId;

  @TenantId String clinic;

  @Column(name = "patient_id")
  UUID patientId;

  int version;
  boolean withdrawn;

  @JdbcTypeCode(SqlTypes.JSON)
  @Mutability(Immutability.class)
  @Nullable MeasurementRecorded body;

  @SuppressWarnings("NullAway.Init") // Hibernate fills it
  protected DossierMeasurement() {}

  @SuppressWarnings("NullAway.Init") // Hibernate sets the clinic
  DossierMeasurement(UUID measurementId, UUID patientId) {
    this.measurementId = measurementId;
    this.patientId = patientId;
  }

  boolean accept(int stated, @Nullable MeasurementRecorded recorded) {
    if (version >= stated) {
      return false;
    }
    version = stated;
    withdrawn = recorded == null;
    body = recorded;
    return true;
  }
}
