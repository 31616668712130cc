package org.trabecula.patient.profile;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.trabecula.contracts.ProfileRecorded;

/// A patient of a clinic, as of one version.
@Entity
@Table(name = "patient")
@Immutable
public class Patient {
  @TenantId String clinic;
  @Id UUID id;
  int version;

  @Column(columnDefinition = "jsonb")
  @Convert(converter = PersonColumn.class)
  Person person;

  @Column(columnDefinition = "jsonb")
  @Convert(converter = ProfileColumn.class)
  Profile profile;

  @Column(name = "registered_at")
  Instant registeredAt;

  @Column(name = "recorded_at")
  Instant recordedAt;

  /// For Hibernate, which fills it in.
  @SuppressWarnings("NullAway.Init")
  protected Patient() {}

  Patient(
      String clinic,
      UUID id,
      int version,
      Registration registration,
      Instant registeredAt,
      Instant recordedAt) {
    this.clinic = clinic;
    this.id = id;
    this.version = version;
    this.person = registration.person();
    this.profile = registration.profile();
    this.registeredAt = registeredAt;
    this.recordedAt = recordedAt;
  }

  public UUID id() {
    return id;
  }

  public int version() {
    return version;
  }

  public Person person() {
    return person;
  }

  public Profile profile() {
    return profile;
  }

  Patient revised(Registration registration, Instant now) {
    return new Patient(clinic, id, version + 1, registration, registeredAt, now);
  }

  boolean says(Registration registration) {
    return registration.equals(new Registration(person, profile));
  }

  /// What others may know: no name, no identifier.
  ProfileRecorded event() {
    var answered = new FactAnswers(profile);
    Birth birth = profile.birth();
    YearMonth month = birth == null ? null : birth.known();
    return new ProfileRecorded(
        id,
        version,
        profile.region(),
        profile.sexForClinicalUse(),
        month,
        birth == null || month != null ? null : birth.year().getValue(),
        Boolean.TRUE.equals(profile.deceased()),
        answered.menopause(),
        answered.uterus(),
        answered.hypogonadism(),
        answered.growthHormoneDeficiency(),
        profile.heightCm(),
        profile.weightKg(),
        answered.smoking(),
        profile.everyMedication(),
        profile.facts(),
        registeredAt,
        recordedAt);
  }

  @Converter
  static class PersonColumn extends JsonColumn<Person> {
    PersonColumn() {
      super(Person.class);
    }
  }

  @Converter
  static class ProfileColumn extends JsonColumn<Profile> {
    ProfileColumn() {
      super(Profile.class);
    }
  }
}
