package org.trabecula.contracts;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A clinic's settings.
///
/// @param zone zone of times that a source states without one
/// @param jurisdiction whose prescribing law holds
/// @param region where patients are treated unless their profile says otherwise; the jurisdiction
/// when null
/// @param laboratoryCodes what laboratories call analytes in codes of their own; null for none
/// @param registerUnknown whether a laboratory's result registers a patient whom the clinic does
/// not know; no when null
public record ClinicConfigured(
    String clinic,
    int version,
    ZoneId zone,
    Region jurisdiction,
    List<Scanner> scanners,
    List<LeastSignificantChange> leastSignificantChanges,
    @Nullable Region region,
    @Nullable List<LaboratoryCode> laboratoryCodes,
    @Nullable Boolean registerUnknown)
    implements Event {

  /// @param precisionPercent root-mean-square coefficient of variation of a repeated scan, in %
  public record Scanner(String id, String site, double precisionPercent) {}

  /// @param percent smallest change of one person that is not noise, at 95 % confidence, in %
  public record LeastSignificantChange(String analyte, double percent) {}

  /// @param sender who sends it, such as the facility of MSH-4
  /// @param code as the sender writes it
  /// @param unit as the sender writes it; any when null
  /// @param analyte code in the catalogue of analytes
  public record LaboratoryCode(String sender, String code, @Nullable String unit, String analyte) {}
}
