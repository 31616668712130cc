package org.trabecula.patient.profile;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;

/// A patient as the JSON door shows it.
public record RecordedPatient(
    UUID id,
    int version,
    @JsonUnwrapped Person person,
    @JsonUnwrapped Profile profile,
    Instant registeredAt,
    Instant recordedAt) {

  public static RecordedPatient of(Patient patient) {
    return new RecordedPatient(
        patient.id,
        patient.version,
        patient.person,
        patient.profile,
        patient.registeredAt,
        patient.recordedAt);
  }
}
