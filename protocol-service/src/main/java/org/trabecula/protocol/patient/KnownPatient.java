package org.trabecula.protocol.patient;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Region;

/// A patient of patient-service, as far as regimens and flags need them.
@Entity
@Table(name = "known_patient")
public class KnownPatient {
  @TenantId
  @Column(name = "clinic")
  String clinic;

  @Id
  @Column(name = "patient_id")
  UUID id;

  @Enumerated(EnumType.STRING)
  @Nullable Region region;

  @Enumerated(EnumType.STRING)
  Sex sex;

  @Enumerated(EnumType.STRING)
  MenopausalStatus menopause;

  @Enumerated(EnumType.STRING)
  Presence uterus;

  /// First day of the month of birth: the day itself is never published.
  @Column(name = "birth_month")
  @Nullable LocalDate birthMonth;

  boolean deceased;

  /// Of the profile: an older one changes nothing.
  int version;

  /// As last published.
  @JdbcTypeCode(SqlTypes.JSON)
  ProfileRecorded profile;

  @SuppressWarnings("NullAway.Init")
  KnownPatient() {}

  @SuppressWarnings("NullAway.Init")
  public KnownPatient(ProfileRecorded profile) {
    id = profile.patientId();
    take(profile);
  }

  /// Of a year alone its first month, before which nobody is born in it.
  private static @Nullable LocalDate birthMonth(ProfileRecorded profile) {
    if (profile.birth() != null) {
      return profile.birth().atDay(1);
    }
    return profile.birthYear() == null ? null : LocalDate.of(profile.birthYear(), 1, 1);
  }

  final void take(ProfileRecorded profile) {
    region = profile.region();
    sex = profile.sexForClinicalUse();
    menopause = profile.menopause().status();
    uterus = profile.uterus();
    birthMonth = birthMonth(profile);
    deceased = profile.deceased();
    version = profile.version();
    this.profile = profile;
  }

  public UUID id() {
    return id;
  }

  public ProfileRecorded profile() {
    return profile;
  }

  public Sex sex() {
    return sex;
  }

  /// First day of the month of birth; unknown when null.
  public @Nullable LocalDate birthMonth() {
    return birthMonth;
  }

  public boolean deceased() {
    return deceased;
  }
}
