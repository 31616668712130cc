package org.trabecula.protocol.patient;

/// The present clinic's zone or jurisdiction is another, in the present transaction.
public record ClinicChanged() {}
