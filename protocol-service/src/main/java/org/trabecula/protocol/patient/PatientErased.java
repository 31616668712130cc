package org.trabecula.protocol.patient;

import java.util.UUID;

/// Everything of this patient goes, in the transaction in which this is said; the patient itself
// goes
/// last.
public record PatientErased(UUID patientId) {}
