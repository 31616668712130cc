package org.trabecula.patient.measurement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ClinicConfigured.LeastSignificantChange;
import org.trabecula.contracts.ClinicConfigured.Scanner;
import org.trabecula.patient.clinic.ClinicSettings;

/// From which change on a difference of two results of one person is more than noise, at 95 %
/// confidence and two-sided: a change is significant when |% change| is above it. That is the plain
/// definition; for markers, whose noise is log-normal, it is a little too strict downwards.
///
/// 2.77 times the precision of the scanner goes first where the clinic states it, then what the
/// clinic states for an analyte, then the default.
record LeastSignificantChanges(List<LeastSignificantChange> clinics, List<Scanner> scanners) {
  static final LeastSignificantChanges DEFAULTS = new LeastSignificantChanges(List.of(), List.of());

  /// 1.96 × √2, the two-sided 95 % bound of a difference of two results (ISCD; found).
  private static final BigDecimal PER_PRECISION = new BigDecimal("2.77");

  enum Basis {
    CLINIC,
    SCANNER,
    DEFAULT
  }

  /// @param source where it comes from, in words
  record Least(BigDecimal percent, Basis basis, String source) {}

  /// @param device scanner of the later result
  Optional<Least> of(String analyte, @Nullable String device) {
    return scanner(analyte, device).or(() -> clinic(analyte)).or(() -> standing(analyte));
  }

  private Optional<Least> clinic(String analyte) {
    return clinics.stream()
        .filter(stated -> stated.analyte().equals(analyte))
        .findFirst()
        .map(
            stated ->
                new Least(
                    BigDecimal.valueOf(stated.percent()), Basis.CLINIC, "The clinic's settings"));
  }

  private Optional<Least> scanner(String analyte, @Nullable String device) {
    return scanners.stream()
        .filter(scanner -> scanner.id().equalsIgnoreCase(device))
        .filter(scanner -> analyte.equals("bmd-" + scanner.site()))
        .findFirst()
        .map(
            scanner ->
                new Least(
                    BigDecimal.valueOf(scanner.precisionPercent())
                        .multiply(PER_PRECISION)
                        .setScale(1, RoundingMode.HALF_UP),
                    Basis.SCANNER,
                    "2.77 times the scanner's precision of %s %%"
                        .formatted(scanner.precisionPercent())));
  }

  private static Optional<Least> standing(String analyte) {
    return ClinicSettings.DEFAULTS.stream()
        .filter(change -> change.analyte().equals(analyte))
        .findFirst()
        .map(
            change ->
                new Least(
                    BigDecimal.valueOf(change.percent()),
                    Basis.DEFAULT,
                    analyte.startsWith("bmd-")
                        ? "Default: 2.77 times the largest precision error that ISCD accepts"
                        : "Default: variation within a person and of the assay"));
  }
}
