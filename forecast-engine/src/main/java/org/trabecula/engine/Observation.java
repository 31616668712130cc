package org.trabecula.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One result in the unit of its [Analyte].
///
/// @param id comes back among the forecast's observation ids when the value was used
/// @param source the scanner of a DXA scan, the assay or laboratory of a blood test
/// @param manufacturer of the scanner; null for blood tests, or when it is not known
public record Observation(
    String id,
    Analyte analyte,
    double value,
    Instant at,
    Fasting fasting,
    @Nullable String source,
    @Nullable Manufacturer manufacturer) {

  public enum Fasting {
    YES,
    NO,
    UNKNOWN
  }

  /// Areal density differs by 12 % at the spine between the two.
  public enum Manufacturer {
    HOLOGIC,
    GE_LUNAR
  }
}
