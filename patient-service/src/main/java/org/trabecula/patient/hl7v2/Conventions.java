package org.trabecula.patient.hl7v2;

import java.time.ZoneId;
import java.util.Optional;

/// What a message leaves open and the clinic's settings decide.
///
/// @param zone of times that come without an offset
record Conventions(ZoneId zone, LocalCodes localCodes) {

  /// The laboratories' own codes.
  interface LocalCodes {
    /// @param sender the sending facility's name
    /// @param unit UCUM
    /// @return the code of the analyte
    Optional<String> analyte(String sender, String code, String unit);
  }
}
