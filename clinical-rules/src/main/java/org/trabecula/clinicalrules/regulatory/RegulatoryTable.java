package org.trabecula.clinicalrules.regulatory;

import static java.util.stream.Collectors.groupingBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.trabecula.contracts.Region;

/// The whole table. It answers every question: where no row speaks, with one unknown.
public final class RegulatoryTable {

  private record Pair(Region region, String agent) {}

  private final List<RegulatoryRow> rows;
  private final Map<Pair, List<RegulatoryRow>> byPair;

  /// @throws IllegalArgumentException when two rows have the same key
  public RegulatoryTable(List<RegulatoryRow> rows) {
    this.rows = List.copyOf(rows);
    this.byPair = rows.stream().collect(groupingBy(row -> new Pair(row.region(), row.agent())));
    rows.stream()
        .collect(groupingBy(RegulatoryRow::key))
        .forEach(
            (key, same) -> {
              if (same.size() > 1) {
                throw new IllegalArgumentException("key: " + same.size() + " rows are " + key);
              }
            });
  }

  public List<RegulatoryRow> rows() {
    return rows;
  }

  /// Every row that speaks of what is asked, in the table's order; one unknown when none does.
  public List<RegulatoryFlag> flags(RegulatoryQuestion question) {
    List<RegulatoryFlag> flags =
        byPair.getOrDefault(new Pair(question.region(), question.agent()), List.of()).stream()
            .filter(row -> speaksOf(row, question))
            .map(row -> new RegulatoryFlag(row.region(), row.agent(), row))
            .toList();
    return flags.isEmpty()
        ? List.of(new RegulatoryFlag(question.region(), question.agent(), null))
        : flags;
  }

  private static boolean speaksOf(RegulatoryRow row, RegulatoryQuestion question) {
    boolean form =
        row.forms().isEmpty()
            || question.forms().isEmpty()
            || !Collections.disjoint(row.forms(), question.forms());
    boolean indication =
        question.indication() == null || question.indication().equals(row.indication());
    return form && indication && row.population().overlaps(question.population());
  }
}
