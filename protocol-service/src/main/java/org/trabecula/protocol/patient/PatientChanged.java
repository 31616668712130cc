package org.trabecula.protocol.patient;

import java.util.UUID;

/// Something that rules ask for is known otherwise than before, in the present transaction.
public record PatientChanged(UUID patientId) {}
