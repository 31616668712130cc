package org.trabecula.protocol.patient;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.safety.Chart;
import org.trabecula.clinicalrules.safety.Chart.Result;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.Region;

/// All that this service knows of one patient.
///
/// @param zone of the clinic
/// @param clinicsJurisdiction whose prescribing law holds at the clinic; unknown when null
public record Known(
    ProfileRecorded profile,
    List<Result> results,
    ZoneId zone,
    @Nullable Region clinicsJurisdiction) {

  /// As of the day that it is where the clinic is.
  public Chart chart(Clock clock) {
    return new Chart(profile, results, LocalDate.now(clock.withZone(zone)), zone);
  }

  /// Whose prescribing law holds: what the order says, else the clinic's settings, else where the
  /// patient is treated. Unknown when null.
  public @Nullable Region jurisdiction(@Nullable Region ordered) {
    if (ordered != null) {
      return ordered;
    }
    return clinicsJurisdiction != null ? clinicsJurisdiction : profile.region();
  }
}
