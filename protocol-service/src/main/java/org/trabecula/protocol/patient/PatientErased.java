package org.trabecula.protocol.patient;

import java.util.UUID;

/// Everything of this patient goes, in the transaction in which this is said; what is known of the
/// patient goes last.
public record PatientErased(UUID patientId) {}
