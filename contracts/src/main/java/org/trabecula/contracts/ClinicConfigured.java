package org.trabecula.contracts;

import java.time.ZoneId;
import java.util.List;

/// A clinic's settings.
///
/// @param zone zone of times that a source states without one
/// @param jurisdiction whose prescribing law holds
public record ClinicConfigured(
    String clinic,
    int version,
    ZoneId zone,
    Region jurisdiction,
    List<Scanner> scanners,
    List<LeastSignificantChange> leastSignificantChanges)
    implements Event {

  /// @param precisionPercent root-mean-square coefficient of variation of a repeated scan, in %
  public record Scanner(String id, String site, double precisionPercent) {}

  /// @param percent smallest change of one person that is not noise, at 95 % confidence, in %
  public record LeastSignificantChange(String analyte, double percent) {}
}
