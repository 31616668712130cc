package org.trabecula.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/// A patient's regimen has ended and none has followed.
///
/// @param stoppedOn first day without it
/// @param history everything that was taken, oldest first
public record RegimenStopped(
    UUID regimenId,
    UUID patientId,
    int version,
    String reason,
    LocalDate stoppedOn,
    List<RegimenAssigned.Step> history,
    Instant recordedAt)
    implements Event {}
