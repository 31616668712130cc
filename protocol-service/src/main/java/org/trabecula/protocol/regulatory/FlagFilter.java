package org.trabecula.protocol.regulatory;

import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.regulatory.RegulatoryQuestion;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.clinicalrules.regulatory.RegulatoryTable;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.RegulatoryStatus;

/// Which flags of the whole table are listed. What is null does not limit; the others must all fit.
///
/// @param status `UNKNOWN` lists the pairs of region and agent of which the table says nothing
/// @param staleOn only what is too old to rely on that day
record FlagFilter(
    @Nullable String region,
    @Nullable String agent,
    @Nullable String form,
    @Nullable String indication,
    @Nullable String population,
    @Nullable String status,
    @Nullable String confidence,
    @Nullable LocalDate staleOn) {

  /// @param key of the row, or `region/agent`
  record Found(String key, RegulatoryFlag flag) {}

  /// In the order of the keys, those behind one of them.
  Stream<Found> of(RegulatoryTable table, Agents agents, String after) {
    Stream<Found> all =
        RegulatoryStatus.UNKNOWN.name().equals(status)
            ? unknown(table, agents).filter(it -> ofRowsNothingIsAsked())
            : table.rows().stream().filter(this::fits).map(FlagFilter::found);
    return all.filter(it -> fits(region, it.flag().region().name()))
        .filter(it -> fits(agent, it.flag().agent()))
        .filter(it -> it.key().compareTo(after) > 0)
        .sorted((one, other) -> one.key().compareTo(other.key()));
  }

  private boolean fits(RegulatoryRow row) {
    return fits(status, row.status().name())
        && fits(indication, row.indication())
        && fits(population, row.population().code())
        && fits(confidence, row.confidence())
        && (form == null || row.forms().isEmpty() || row.forms().contains(form))
        && (staleOn == null || row.staleOn(staleOn));
  }

  /// Where nothing is said, nothing is said of a form or a population either.
  private boolean ofRowsNothingIsAsked() {
    return Stream.of(form, indication, population, confidence, staleOn).allMatch(Objects::isNull);
  }

  private static boolean fits(@Nullable String asked, String present) {
    return asked == null || asked.equals(present);
  }

  private static Stream<Found> unknown(RegulatoryTable table, Agents agents) {
    return Stream.of(Region.values())
        .flatMap(
            region -> agents.codes().stream().map(agent -> RegulatoryQuestion.of(region, agent)))
        .map(question -> table.flags(question).getFirst())
        .filter(flag -> flag.row() == null)
        .map(flag -> new Found(flag.region() + "/" + flag.agent(), flag));
  }

  private static Found found(RegulatoryRow row) {
    return new Found(row.key(), new RegulatoryFlag(row.region(), row.agent(), row));
  }
}
