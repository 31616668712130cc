package org.trabecula.protocol.patient;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.ZoneId;
import org.trabecula.contracts.ClinicConfigured;
import org.trabecula.contracts.Region;

/// A clinic's settings, as far as rules and flags need them.
@Entity
@Table(name = "known_clinic")
class KnownClinic {
  @Id String clinic;

  /// Of the settings: older ones change nothing.
  int version;

  ZoneId zone;

  @Enumerated(EnumType.STRING)
  Region jurisdiction;

  @SuppressWarnings("NullAway.Init")
  KnownClinic() {}

  @SuppressWarnings("NullAway.Init")
  KnownClinic(ClinicConfigured settings) {
    clinic = settings.clinic();
    take(settings);
  }

  final void take(ClinicConfigured settings) {
    version = settings.version();
    zone = settings.zone();
    jurisdiction = settings.jurisdiction();
  }
}
