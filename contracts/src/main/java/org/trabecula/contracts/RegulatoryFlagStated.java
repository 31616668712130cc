package org.trabecula.contracts;

import org.jspecify.annotations.Nullable;

/// One row of the regulatory table. It belongs to no clinic.
///
/// @param form route and form as the regulator words it
/// @param controlledSubstance schedule, or `none`
/// @param provenance `found` in the named source, or `recalled`
/// @param asOf month at which it was checked, such as `2026-11`
/// @param table version of the table it came with
public record RegulatoryFlagStated(
    Region region,
    String agent,
    String form,
    String population,
    String indication,
    RegulatoryStatus status,
    String controlledSubstance,
    @Nullable String notes,
    String source,
    String provenance,
    String confidence,
    String asOf,
    String table)
    implements Event {}
