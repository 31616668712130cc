package org.trabecula.patient.measurement;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Analyte;
import org.trabecula.contracts.Analyte.Conversion;
import org.trabecula.contracts.Analyte.Plausible;
import org.trabecula.patient.Refusals;
import org.trabecula.patient.Ucum;
import org.trabecula.patient.UnitAliases;

/// Brings a value to its analyte's canonical unit, and refuses what is probably in another unit
/// than it says.
@Singleton
class Canonical {
  /// More digits than any assay gives, and few enough to hide that a factor is not exact.
  private static final MathContext DIGITS = new MathContext(12);

  /// Units that laboratories, scanners and scales report in. Only used to guess what was meant.
  private static final List<String> USUAL =
      List.of(
          "ng/mL",
          "pg/mL",
          "ug/L",
          "ng/L",
          "ng/dL",
          "ug/dL",
          "mg/dL",
          "g/dL",
          "g/L",
          "pmol/L",
          "nmol/L",
          "umol/L",
          "mmol/L",
          "[IU]/L",
          "m[IU]/L",
          "m[IU]/mL",
          "U/L",
          "L/L",
          "%",
          "mmol/mol",
          "g/cm2",
          "mg/cm2",
          "kg",
          "g",
          "[lb_av]",
          "m",
          "cm",
          "[in_i]",
          "mm[Hg]",
          "kPa");

  private final Ucum ucum;
  private final UnitAliases aliases;

  Canonical(Ucum ucum, UnitAliases aliases) {
    this.ucum = ucum;
    this.aliases = aliases;
  }

  /// @param unit as it was written
  /// @param confirmed the sender stands by a value that is not plausible: rule DATA-02 then asks
  // for
  /// no more than that it is possible
  /// @return null when it was refused
  @Nullable BigDecimal of(
      Analyte analyte, BigDecimal value, String unit, boolean confirmed, Refusals refusals) {
    String read = ucum(analyte, unit);
    if (!ucum.isUnit(read)) {
      refusals.add("unit", "'%s' is no UCUM unit. %s".formatted(unit, expected(analyte)));
      return null;
    }
    Optional<BigDecimal> converted = convert(analyte, value, read);
    if (converted.isEmpty()) {
      refusals.add(
          "unit",
          "'%s' cannot be converted to %s for %s: no factor holds for every assay. %s"
              .formatted(unit, analyte.unit(), analyte.code(), expected(analyte)));
      return null;
    }
    BigDecimal canonical = converted.get();
    boolean believed =
        isPlausible(analyte, canonical) || (confirmed && isPossible(analyte, canonical));
    if (!believed) {
      refusals.add("value", implausible(analyte, value, read, canonical, confirmed));
      return null;
    }
    return canonical;
  }

  /// The UCUM code of a unit as written. UCUM goes first; the table of spellings is asked only
  // where
  /// UCUM has no such unit, or one of another kind.
  String ucum(Analyte analyte, String written) {
    return isRead(analyte, written)
        ? written
        : aliases
            .ucum(written)
            .filter(unit -> isRead(analyte, unit) || !ucum.isUnit(written))
            .orElse(written);
  }

  private boolean isRead(Analyte analyte, String unit) {
    return ucum.isUnit(unit) && convert(analyte, BigDecimal.ONE, unit).isPresent();
  }

  /// The catalogue's own conversion goes before UCUM: the two haemoglobin A1c scales have one
  /// dimension.
  Optional<BigDecimal> convert(Analyte analyte, BigDecimal value, String unit) {
    Conversion own = analyte.conversion();
    if (own != null && unit.equals(own.from())) {
      return Optional.of(apply(own, value));
    }
    Optional<BigDecimal> direct = factor(unit, analyte.unit());
    if (direct.isPresent()) {
      return direct.map(factor -> times(value, factor));
    }
    return own == null
        ? Optional.empty()
        : factor(unit, own.from()).map(factor -> apply(own, times(value, factor)));
  }

  /// Scores and ratios have no dimension, so that UCUM would read a T-score of -250 % as -2.5: they
  /// are taken as they are or not at all.
  private Optional<BigDecimal> factor(String from, String to) {
    Optional<BigDecimal> factor = ucum.factor(from, to);
    boolean pureNumber = to.equals("1") || to.startsWith("{");
    return pureNumber ? factor.filter(by -> by.compareTo(BigDecimal.ONE) == 0) : factor;
  }

  private static BigDecimal apply(Conversion conversion, BigDecimal value) {
    return plain(value.multiply(conversion.factor()).add(conversion.offset()));
  }

  private static BigDecimal times(BigDecimal value, BigDecimal factor) {
    return factor.compareTo(BigDecimal.ONE) == 0 ? value : plain(value.multiply(factor));
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal rounded = value.round(DIGITS).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  static boolean isPlausible(Analyte analyte, BigDecimal canonical) {
    return isWithin(analyte.plausible(), canonical);
  }

  private static boolean isPossible(Analyte analyte, BigDecimal canonical) {
    return analyte.possible() != null && isWithin(analyte.possible(), canonical);
  }

  private static boolean isWithin(Plausible range, BigDecimal canonical) {
    return canonical.compareTo(range.minimum()) >= 0 && canonical.compareTo(range.maximum()) <= 0;
  }

  private String implausible(
      Analyte analyte, BigDecimal value, String unit, BigDecimal canonical, boolean confirmed) {
    String range =
        "%s %s is outside the plausible range of %s, %s to %s %s."
            .formatted(
                value.toPlainString(),
                unit,
                analyte.code(),
                analyte.plausible().minimum().toPlainString(),
                analyte.plausible().maximum().toPlainString(),
                analyte.unit());
    String probable = probableUnits(analyte, value);
    return range
        + (probable.isEmpty() ? "" : " Is it " + probable + "?")
        + confirmation(analyte, canonical, confirmed);
  }

  private static String confirmation(Analyte analyte, BigDecimal canonical, boolean confirmed) {
    if (confirmed) {
      return " No confirmation of the unit makes it possible.";
    }
    return isPossible(analyte, canonical)
        ? " If the laboratory confirms it, send it with unitConfirmed."
        : "";
  }

  private String probableUnits(Analyte analyte, BigDecimal value) {
    Stream<String> own =
        Stream.concat(
            Stream.of(analyte.unit()),
            Stream.ofNullable(analyte.conversion()).map(Conversion::from));
    return Stream.concat(own, USUAL.stream())
        .distinct()
        .filter(
            unit ->
                convert(analyte, value, unit)
                    .filter(guess -> isPlausible(analyte, guess))
                    .isPresent())
        .limit(3)
        .collect(Collectors.joining(" or "));
  }

  private static String expected(Analyte analyte) {
    return "Expected is " + analyte.unit() + " or a unit of the same kind.";
  }
}
