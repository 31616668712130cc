package org.trabecula.patient.provenance;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.patient.provenance.Provenance.Activity;
import org.trabecula.patient.provenance.Provenance.Kind;

/// Provenances that nobody has stored.
public final class Brought {
  private Brought() {}

  public static Provenance provenance(
      Kind kind, Activity activity, @Nullable String messageSystem, @Nullable String message) {
    var provenance = new Provenance();
    provenance.clinic = "clinic";
    provenance.target = UUID.nameUUIDFromBytes(new byte[] {(byte) kind.ordinal()});
    provenance.version = 2;
    provenance.kind = kind;
    provenance.patient = UUID.fromString("7d1f4a52-0000-4000-8000-000000000001");
    provenance.activity = activity;
    provenance.agent = "laboratory-interface";
    provenance.messageSystem = messageSystem;
    provenance.message = message;
    provenance.recordedAt = Instant.parse("2026-01-06T07:10:00.123Z");
    return provenance;
  }
}
