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
/// @param deceased true when the patient is known to have died
/// @param heightCm body height in cm
/// @param weightKg body weight in kg
/// @param registeredAt when the patient was first recorded; never changes
/// @param recordedAt when this version was recorded
public record ProfileRecorded(
    UUID patientId,
    int version,
    @Nullable Region region,
    Sex sexForClinicalUse,
    @Nullable YearMonth birth,
    boolean deceased,
    Menopause menopause,
    Presence uterus,
    Hypogonadism hypogonadism,
    GrowthHormoneDeficiency growthHormoneDeficiency,
    @Nullable Double heightCm,
    @Nullable Double weightKg,
    Smoking smoking,
    List<Medication> medications,
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
}
