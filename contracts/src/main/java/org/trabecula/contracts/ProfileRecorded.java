package org.trabecula.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A patient's profile as it now stands. It is pseudonymous: names and identifiers never leave
/// patient-service.
///
/// @param version counts up from 1 with each change of the profile
/// @param region where the patient is treated; unknown when null
/// @param birth year and month; a full date is never published
/// @param birthYear the year alone, where no month is known; null beside a birth
/// @param deceased true when the patient is known to have died
/// @param heightCm body height in cm
/// @param weightKg body weight in kg
/// @param facts what is known of the catalogue of clinical facts; null when nothing is
/// @param registeredAt when the patient was first recorded; never changes
/// @param recordedAt when this version was recorded
public record ProfileRecorded(
    UUID patientId,
    int version,
    @Nullable Region region,
    Sex sexForClinicalUse,
    @Nullable YearMonth birth,
    @Nullable Integer birthYear,
    boolean deceased,
    Menopause menopause,
    Presence uterus,
    Hypogonadism hypogonadism,
    GrowthHormoneDeficiency growthHormoneDeficiency,
    @Nullable Double heightCm,
    @Nullable Double weightKg,
    Smoking smoking,
    List<Medication> medications,
    @Nullable List<Fact> facts,
    Instant registeredAt,
    Instant recordedAt)
    implements Event {

  /// The sex that the model and the reference population need; not administrative gender.
  public enum Sex {
    FEMALE,
    MALE,
    UNKNOWN
  }

  public enum MenopausalStatus {
    PREMENOPAUSAL,
    PERIMENOPAUSAL,
    POSTMENOPAUSAL,
    SURGICAL,
    NOT_APPLICABLE,
    UNKNOWN
  }

  public enum Presence {
    PRESENT,
    ABSENT,
    UNKNOWN
  }

  public enum HypogonadismKind {
    NONE,
    PRIMARY,
    CENTRAL,
    UNKNOWN
  }

  public enum Smoking {
    NEVER,
    FORMER,
    CURRENT,
    UNKNOWN
  }

  /// @param finalPeriod month of the final menstrual period, or of the operation; unknown when null
  public record Menopause(MenopausalStatus status, @Nullable YearMonth finalPeriod) {}

  /// @param since month of onset; unknown when null
  public record Hypogonadism(HypogonadismKind kind, @Nullable YearMonth since) {}

  /// @param since month of onset; unknown when null
  public record GrowthHormoneDeficiency(Presence presence, @Nullable YearMonth since) {}

  /// Something the patient takes that no regimen of ours prescribes.
  ///
  /// @param agent agent code, as in protocol-service
  /// @param dailyDose mean dose a day; unknown when null
  /// @param start first day; unknown when null
  /// @param stop first day without it; still taken when null
  public record Medication(
      String agent,
      @Nullable Quantity dailyDose,
      @Nullable LocalDate start,
      @Nullable LocalDate stop) {}

  /// What is known of one clinical fact. Of a fact that happens more than once there is one for
  /// each time.
  ///
  /// @param code code in the catalogue of clinical facts
  /// @param presence of a condition or an event; null for a quantity or a coded fact
  /// @param value in the catalogue's unit; null unless it is a quantity
  /// @param coded one of the catalogue's values; null unless it is a coded fact
  /// @param since onset, as exactly as it was stated: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; unknown
  /// when null
  /// @param until last day, month or year of it; still so, or unknown, when null
  /// @param statedOn when its source said so
  public record Fact(
      String code,
      @Nullable Presence presence,
      @Nullable Quantity value,
      @Nullable String coded,
      @Nullable String since,
      @Nullable String until,
      LocalDate statedOn) {}
}
