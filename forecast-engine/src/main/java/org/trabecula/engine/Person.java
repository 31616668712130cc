package org.trabecula.engine;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The patient facts that the model reads. Unknown is a value, not an omission.
///
/// @param birth null when unknown, which is refused
/// @param finalMenstrualPeriod date of the last period or of the oophorectomy; null, or a date
/// after `asOf`, is unknown
/// @param cortisol a diagnosis only; a serum cortisol never moves the model
/// @param heightCm cm
/// @param weightKg kg
/// @param factors what else is known, by the codes of `factors.csv`; absent
/// is unknown and shifts nothing
public record Person(
    SexForClinicalUse sex,
    @Nullable YearMonth birth,
    MenopausalStatus menopausalStatus,
    @Nullable LocalDate finalMenstrualPeriod,
    Hypogonadism hypogonadism,
    @Nullable LocalDate hypogonadismOnset,
    GrowthHormoneDeficiency growthHormoneDeficiency,
    @Nullable LocalDate growthHormoneDeficiencyOnset,
    @Nullable CortisolDiagnosis cortisol,
    @Nullable Double heightCm,
    @Nullable Double weightKg,
    List<Factor> factors,
    boolean deceased) {

  public enum SexForClinicalUse {
    FEMALE,
    MALE,
    UNKNOWN
  }

  public enum MenopausalStatus {
    PREMENOPAUSAL,
    PERIMENOPAUSAL,
    POSTMENOPAUSAL,
    SURGICAL,
    UNKNOWN
  }

  /// Primary: the gonad fails. Central: hypothalamus or pituitary fails.
  public enum Hypogonadism {
    NONE,
    PRIMARY,
    CENTRAL,
    UNKNOWN
  }

  public enum GrowthHormoneDeficiency {
    ABSENT,
    PRESENT,
    UNKNOWN
  }

  public enum CortisolDiagnosis {
    HYPERCORTISOLISM,
    HYPOCORTISOLISM
  }

  /// @param code such as `smoking`
  /// @param value such as `current`
  public record Factor(String code, String value) {}

  public Person {
    factors = List.copyOf(factors);
    requireBetween("heightCm", heightCm, 50, 250);
    requireBetween("weightKg", weightKg, 20, 400);
  }

  private static void requireBetween(
      String field, @Nullable Double value, double low, double high) {
    if (value != null && !(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "%s must be %.0f to %.0f, not %s".formatted(field, low, high, value));
    }
  }
}
