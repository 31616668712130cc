package org.trabecula.patient.fhir;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.hl7.fhir.r4.model.InstantType;

/// Instants as FHIR writes them.
final class Times {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX");
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");

  private Times() {}

  /// To the second when there is no more, else to the millisecond, which is as exact as FHIR is in
  /// the hands of most.
  static String text(Instant at) {
    boolean isWhole = at.truncatedTo(ChronoUnit.SECONDS).equals(at);
    return (isWhole ? SECONDS : MILLIS).format(at.atOffset(ZoneOffset.UTC));
  }

  static InstantType instant(Instant at) {
    return new InstantType(MILLIS.format(at.atOffset(ZoneOffset.UTC)));
  }

  static Date date(Instant at) {
    return Date.from(at);
  }
}
