package org.trabecula.patient.clinic;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ClinicConfigured;
import org.trabecula.contracts.ClinicConfigured.LaboratoryCode;
import org.trabecula.contracts.ClinicConfigured.LeastSignificantChange;
import org.trabecula.contracts.ClinicConfigured.Scanner;
import org.trabecula.contracts.Region;

/// How a clinic is set up.
///
/// @param zone zone of times that a source states without one
/// @param jurisdiction whose prescribing law holds; null until the clinic says so
/// @param region where patients are treated unless their profile says otherwise; the jurisdiction
/// when null
/// @param scanners precision of each scanner at each site
/// @param leastSignificantChanges where the clinic's differ from the defaults
/// @param laboratoryCodes what laboratories call analytes in codes of their own
/// @param registerUnknown whether a laboratory's result registers a patient whom the clinic does
/// not know
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClinicSettings(
    ZoneId zone,
    @Nullable Region jurisdiction,
    @Nullable Region region,
    List<Scanner> scanners,
    List<LeastSignificantChange> leastSignificantChanges,
    List<LaboratoryCode> laboratoryCodes,
    boolean registerUnknown) {

  /// Least significant changes in %. Bone density: 2.77 times the poorest precision that ISCD
  // accepts, 1.9 % at the lumbar
  /// spine, 1.8 % at the total hip and 2.5 % at the femoral neck (ISCD positions; recalled). CTX
  /// and P1NP: the wide end of what laboratories report, 30 to 40 % and 20 to 25 % (PMC2705815,
  /// Northwest London laboratories; found), so that no change is called one that may be none.
  public static final List<LeastSignificantChange> DEFAULTS =
      List.of(
          new LeastSignificantChange("bmd-lumbar-spine", 5.3),
          new LeastSignificantChange("bmd-total-hip", 5.0),
          new LeastSignificantChange("bmd-femoral-neck", 6.9),
          new LeastSignificantChange("ctx", 40),
          new LeastSignificantChange("p1np", 25));

  /// Of a clinic that has configured nothing.
  public static final ClinicSettings UNCONFIGURED =
      new ClinicSettings(ZoneId.of("UTC"), null, null, List.of(), List.of(), List.of(), false);

  public ClinicSettings {
    scanners = List.copyOf(scanners);
    leastSignificantChanges = List.copyOf(leastSignificantChanges);
    laboratoryCodes = List.copyOf(laboratoryCodes);
  }

  /// The clinic's own, and the defaults where it has none.
  public List<LeastSignificantChange> everyLeastSignificantChange() {
    return Stream.concat(
            leastSignificantChanges.stream(),
            DEFAULTS.stream()
                .filter(
                    change ->
                        leastSignificantChanges.stream()
                            .noneMatch(own -> own.analyte().equals(change.analyte()))))
        .toList();
  }

  /// What a sender's own code means. A code that is configured for the unit goes before one for
  /// any.
  ///
  /// @return code in the catalogue of analytes
  public Optional<String> analyte(String sender, String code, @Nullable String unit) {
    List<LaboratoryCode> candidates =
        laboratoryCodes.stream()
            .filter(one -> one.sender().equals(sender) && one.code().equals(code))
            .toList();
    return Stream.concat(
            candidates.stream().filter(one -> one.unit() != null && one.unit().equals(unit)),
            candidates.stream().filter(one -> one.unit() == null))
        .map(LaboratoryCode::analyte)
        .findFirst();
  }

  ClinicConfigured event(String clinic, int version, Region stated) {
    return new ClinicConfigured(
        clinic,
        version,
        zone,
        stated,
        scanners,
        everyLeastSignificantChange(),
        region,
        laboratoryCodes,
        registerUnknown);
  }
}
