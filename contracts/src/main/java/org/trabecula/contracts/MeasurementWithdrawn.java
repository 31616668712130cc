package org.trabecula.contracts;

import java.time.Instant;
import java.util.UUID;

/// A measurement that its source took back; it counts no longer.
public record MeasurementWithdrawn(
    UUID measurementId, UUID patientId, int version, String reason, Instant withdrawnAt)
    implements Event {}
