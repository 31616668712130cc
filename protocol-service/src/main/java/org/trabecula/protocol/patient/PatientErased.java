package org.trabecula.protocol.patient;

import java.util.UUID;

/// Everything of this patient goes at the end of the transaction in which this is said; who has
/// records of the patient on a topic takes them off.
public record PatientErased(UUID patientId) {}
