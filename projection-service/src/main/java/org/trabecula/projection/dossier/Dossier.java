package org.trabecula.projection.dossier;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded;

/// One patient's inputs, and whether a forecast must follow them.
///
/// Whoever changes a dossier or clears its mark holds its row, and the mark is cleared only by a
/// forecast of what the dossier says at that moment: no change is passed over.
@Entity
public class Dossier {
  /// Far longer than a forecast takes. After it others take the work of one who died over.
  private static final Duration LONGEST_WORK = Duration.ofSeconds(10);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  @Id
  @Column(name = "patient_id")
  UUID patientId;

  @TenantId String clinic;

  @JdbcTypeCode(SqlTypes.JSON)
  @Mutability(Immutability.class)
  @Nullable ProfileRecorded profile;

  @JdbcTypeCode(SqlTypes.JSON)
  @Mutability(Immutability.class)
  @Nullable Regimen regimen;

  @Column(name = "forecast_due")
  @Nullable Instant forecastDue;

  @Column(name = "forecast_attempts")
  int forecastAttempts;

  @Nullable String traceparent;

  @SuppressWarnings("NullAway.Init") // Hibernate fills it
  protected Dossier() {}

  public UUID patientId() {
    return patientId;
  }

  public String clinic() {
    return clinic;
  }

  public @Nullable ProfileRecorded profile() {
    return profile;
  }

  public @Nullable Regimen regimen() {
    return regimen;
  }

  /// W3C trace context of the latest change; null when it came without one.
  public @Nullable String traceparent() {
    return traceparent;
  }

  public int forecastAttempts() {
    return forecastAttempts;
  }

  public boolean isDue() {
    return forecastDue != null;
  }

  /// False when this or a later version is known: the record is late or a repetition.
  public boolean accept(ProfileRecorded recorded) {
    if (profile != null && profile.version() >= recorded.version()) {
      return false;
    }
    profile = recorded;
    return true;
  }

  /// False when this or a later version is known.
  public boolean accept(Regimen stated) {
    if (regimen != null && regimen.version() >= stated.version()) {
      return false;
    }
    regimen = stated;
    return true;
  }

  /// False when there was none.
  public boolean forgetRegimen() {
    boolean known = regimen != null;
    regimen = null;
    return known;
  }

  /// A forecast must follow, once there is a profile to forecast for.
  void changed(Instant now, @Nullable String trace) {
    if (profile != null) {
      forecastDue = now;
      forecastAttempts = 0;
      traceparent = trace;
    }
  }

  /// Somebody is at it: not due for others for a while, unless something changes.
  public void forecastBegun(Instant now) {
    forecastDue = now.plus(LONGEST_WORK);
  }

  public void forecastMade() {
    forecastDue = null;
    forecastAttempts = 0;
  }

  /// To be tried again after 2, 4, 8 … s, or when something changes.
  public void forecastFailed(Instant now) {
    forecastAttempts++;
    Duration pause = Duration.ofSeconds(1L << Math.min(forecastAttempts, 10));
    forecastDue = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }
}
