package org.trabecula.clinicalrules.dose;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Quantity;

/// What is usual, what one asks about, and what must be a mistake.
///
/// @param sex whose limit it is; everybody's when null
/// @param unit of the amounts: mg, ug, or ug/d released
/// @param hardAbove refused above this
/// @param provenance `found`, `recalled` or `assumed`
public record DoseLimit(
    @Nullable Sex sex,
    Basis basis,
    String unit,
    BigDecimal usualLow,
    BigDecimal usualHigh,
    BigDecimal warnAbove,
    BigDecimal hardAbove,
    String source,
    String provenance,
    @Nullable String note) {

  /// The rule that a dose over the hard limit breaks.
  public static final String RULE = "DOSE-LIMIT";

  /// What an amount is of.
  public enum Basis {
    /// Taken on a day of use.
    PER_DAY("a day"),
    /// Mean of a week.
    PER_WEEK("a week"),
    /// One administration.
    PER_DOSE("a dose"),
    /// Released by a patch.
    RELEASED_PER_DAY("released");

    private final String words;

    Basis(String words) {
      this.words = words;
    }
  }

  /// How many micrograms a unit is; a release rate compares with release rates only.
  private static final Map<String, BigDecimal> MICROGRAMS =
      Map.of("ug", BigDecimal.ONE, "mg", BigDecimal.valueOf(1000));

  public DoseLimit {
    if (usualLow.compareTo(usualHigh) > 0
        || usualHigh.compareTo(warnAbove) > 0
        || warnAbove.compareTo(hardAbove) > 0) {
      throw new IllegalArgumentException(
          "limits rise from usualLow over usualHigh and warnAbove to hardAbove");
    }
  }

  /// Whether it holds for this sex. Of an unknown sex no limit is known to hold.
  public boolean holdsFor(Sex other) {
    return sex == null || sex == other;
  }

  /// The dosing as this limit counts it, in its unit.
  public BigDecimal normalised(Dosing dosing) {
    BigDecimal amount = inOwnUnit(dosing.dose());
    return switch (basis) {
      case PER_DAY -> dosing.aDayOfUse(amount);
      case PER_WEEK -> dosing.aWeek(amount);
      case PER_DOSE, RELEASED_PER_DAY -> amount;
    };
  }

  /// Whether it is more than one gives without being asked about it.
  public boolean asks(Dosing dosing) {
    return normalised(dosing).compareTo(warnAbove) > 0;
  }

  /// Whether it is neither less than is usual nor anything that one asks about.
  public boolean isUsual(Dosing dosing) {
    return normalised(dosing).compareTo(usualLow) >= 0 && !asks(dosing);
  }

  public boolean refuses(Dosing dosing) {
    return normalised(dosing).compareTo(hardAbove) > 0;
  }

  /// The refusal in words, with what was asked, on this limit's basis.
  public String refusal(Dosing dosing) {
    return "%s: %s %s %s is over the limit of %s %s (usual %s to %s)"
        .formatted(
            RULE,
            plain(normalised(dosing).setScale(3, RoundingMode.HALF_UP)),
            unit,
            basis.words,
            plain(hardAbove),
            unit,
            plain(usualLow),
            plain(usualHigh));
  }

  private BigDecimal inOwnUnit(Quantity dose) {
    if (dose.unit().equals(unit)) {
      return dose.value();
    }
    BigDecimal from = MICROGRAMS.get(dose.unit());
    BigDecimal to = MICROGRAMS.get(unit);
    if (from == null || to == null) {
      throw new IllegalArgumentException("unit: " + dose.unit() + " does not compare with " + unit);
    }
    return dose.value().multiply(from).divide(to);
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
