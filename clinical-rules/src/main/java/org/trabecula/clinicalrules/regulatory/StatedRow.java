package org.trabecula.clinicalrules.regulatory;

/// A row of `regulatory.csv` as it is written: the compiler's wording, not our codes.
///
/// @param line of the file in which it starts, the header being 1
public record StatedRow(
    int line,
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
