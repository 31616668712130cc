package org.trabecula.patient.provenance;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/// Where one version of something came from.
@Entity
@Table(name = "provenance")
@IdClass(Provenance.Key.class)
@Immutable
public class Provenance {
  @TenantId String clinic;

  @Id
  @Column(name = "target_id")
  UUID target;

  @Id
  @Column(name = "target_version")
  int version;

  @Enumerated(EnumType.STRING)
  @Column(name = "target_kind")
  Kind kind;

  @Column(name = "patient_id")
  UUID patient;

  @Enumerated(EnumType.STRING)
  Activity activity;

  String agent;

  @Column(name = "message_system")
  @Nullable String messageSystem;

  @Nullable String message;

  @Column(name = "recorded_at")
  Instant recordedAt;

  /// For Hibernate, which fills it in.
  @SuppressWarnings("NullAway.Init")
  protected Provenance() {}

  public record Key(UUID target, int version) implements Serializable {}

  /// What a message can bring.
  public enum Kind {
    PATIENT,
    MEASUREMENT,
    FACT,
    /// A fact that FHIR has as an Observation.
    SMOKING_STATUS,
    MEDICATION
  }

  /// What became of it.
  public enum Activity {
    CREATE,
    UPDATE,
    /// Its source took it back.
    WITHDRAW
  }

  public UUID target() {
    return target;
  }

  public int version() {
    return version;
  }

  public Kind kind() {
    return kind;
  }

  public Activity activity() {
    return activity;
  }

  /// The client that the token named.
  public String agent() {
    return agent;
  }

  public @Nullable String messageSystem() {
    return messageSystem;
  }

  public @Nullable String message() {
    return message;
  }

  public Instant recordedAt() {
    return recordedAt;
  }
}
