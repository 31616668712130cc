package org.trabecula.clinicalrules.regulatory;

/// A row of `regulatory.csv` as it is written: the compiler's wording, not our codes.
public record StatedRow(
    String region,
    String agent,
    String routeForm,
    String population,
    String indication,
    String status,
    String controlledSubstance,
    String notes,
    String source,
    String provenance,
    String confidence,
    String asOf) {}
