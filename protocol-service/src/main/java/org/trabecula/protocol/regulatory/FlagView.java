package org.trabecula.protocol.regulatory;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.contracts.RegulatoryStatus;

/// A flag as it is shown. Everything but status and statement is absent when the table says
/// nothing.
///
/// @param effectiveStatus the status that rules go by
/// @param law that forbids the use; absent when none is known to
/// @param stale whether it is too old to rely on; absent when the table says nothing
public record FlagView(
    RegulatoryStatus status,
    RegulatoryStatus effectiveStatus,
    String statement,
    boolean prohibitedByLaw,
    @Nullable String law,
    @Nullable String form,
    @Nullable String population,
    @Nullable String indication,
    @Nullable String controlledSubstance,
    @Nullable String notes,
    @Nullable String source,
    @Nullable String provenance,
    @Nullable String confidence,
    @Nullable String asOf,
    @Nullable Boolean stale) {

  static FlagView of(RegulatoryFlag flag, LocalDate today) {
    RegulatoryRow row = flag.row();
    return new FlagView(
        flag.status(),
        flag.effectiveStatus(),
        flag.statement(),
        flag.prohibitedByLaw(),
        row == null ? null : row.prohibition(),
        row == null ? null : row.form(),
        row == null ? null : row.populationWording(),
        row == null ? null : row.indicationWording(),
        row == null ? null : row.controlledSubstance(),
        row == null ? null : row.notes(),
        row == null ? null : row.source(),
        row == null ? null : row.provenance(),
        row == null ? null : row.confidence(),
        row == null ? null : row.asOf().toString(),
        row == null ? null : row.staleOn(today));
  }
}
