package org.trabecula.patient.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.patient.NaturalKey;
import org.trabecula.patient.profile.JsonColumn;

/// Something that a source states about a patient, as of one version.
@Entity
@Table(name = "statement")
@Immutable
public class Statement {
  /// The source of the clinic's own word. Who changes it names the version that they have seen, so
  /// no late re-send can bring back what was taken back, and the clinic may say it again.
  public static final String CLINIC = "urn:trabecula:source:clinic";

  @TenantId String clinic;
  @Id UUID id;

  @Column(name = "patient_id")
  UUID patient;

  int version;

  @Enumerated(EnumType.STRING)
  Kind kind;

  @Nullable String code;

  @Column(columnDefinition = "jsonb")
  @Convert(converter = Content.class)
  Stated content;

  @Enumerated(EnumType.STRING)
  Standing standing;

  @Column(name = "source_system")
  String sourceSystem;

  @Column(name = "source_id")
  String sourceId;

  @Column(name = "recorded_at")
  Instant recordedAt;

  public enum Kind {
    FACT,
    MEDICATION;

    static Kind of(Stated stated) {
      return switch (stated) {
        case StatedFact fact -> FACT;
        case StatedMedication medication -> MEDICATION;
      };
    }
  }

  /// What a statement is worth now.
  public enum Standing {
    ACTIVE,
    /// Its source took it back. It stays visible and counts no longer.
    WITHDRAWN
  }

  /// For Hibernate, which fills it in.
  @SuppressWarnings("NullAway.Init")
  protected Statement() {}

  Statement(
      String clinic,
      UUID patient,
      int version,
      Stated content,
      Standing standing,
      Source source,
      Instant recordedAt) {
    this.clinic = clinic;
    this.id = id(clinic, source);
    this.patient = patient;
    this.version = version;
    this.kind = Kind.of(content);
    this.code =
        switch (content) {
          case StatedFact fact -> fact.code();
          case StatedMedication medication -> medication.agent();
        };
    this.content = content;
    this.standing = standing;
    this.sourceSystem = source.system();
    this.sourceId = source.id();
    this.recordedAt = recordedAt;
  }

  /// The natural key decides it, the content never does.
  public static UUID id(String clinic, Source source) {
    return NaturalKey.of(clinic, "statement", source.system(), source.id());
  }

  /// What this statement becomes when its source sends it again; itself when nothing is new.
  Statement sentAgain(Stated again, Instant now) {
    boolean stays = standing == Standing.WITHDRAWN && !sourceSystem.equals(CLINIC);
    boolean says = standing == Standing.ACTIVE && content.equals(again);
    return stays || says
        ? this
        : new Statement(clinic, patient, version + 1, again, Standing.ACTIVE, source(), now);
  }

  Statement withdrawn(Instant now) {
    return new Statement(clinic, patient, version + 1, content, Standing.WITHDRAWN, source(), now);
  }

  LocalDate statedOn() {
    LocalDate recordedOn = recordedAt.atOffset(ZoneOffset.UTC).toLocalDate();
    return content instanceof StatedFact fact
        ? Objects.requireNonNullElse(fact.statedOn(), recordedOn)
        : recordedOn;
  }

  public UUID id() {
    return id;
  }

  public UUID patient() {
    return patient;
  }

  public int version() {
    return version;
  }

  public Kind kind() {
    return kind;
  }

  public Stated content() {
    return content;
  }

  public Standing standing() {
    return standing;
  }

  public Source source() {
    return new Source(sourceSystem, sourceId);
  }

  public Instant recordedAt() {
    return recordedAt;
  }

  @Converter
  static class Content extends JsonColumn<Stated> {
    Content() {
      super(Stated.class);
    }
  }
}
