package org.trabecula.patient.fhir;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/// Where a page of a search ended. It stays valid while rows come and go.
record Place(Instant at, UUID id) {
  /// Years 1 to 9999, as PostgreSQL and FHIR have them.
  private static final long FIRST = -62_135_596_800_000_000L;

  private static final long LAST = 253_402_300_799_999_999L;

  String cursor() {
    String text = ChronoUnit.MICROS.between(Instant.EPOCH, at) + ":" + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// @throws RuntimeException when it is none that we gave
  static Place of(String cursor) {
    String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
    int colon = text.indexOf(':');
    long micros = Long.parseLong(text.substring(0, colon));
    if (micros < FIRST || micros > LAST) {
      throw new IllegalArgumentException("No row is of that time");
    }
    return new Place(
        Instant.EPOCH.plus(micros, ChronoUnit.MICROS), UUID.fromString(text.substring(colon + 1)));
  }
}
