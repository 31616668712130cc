package org.trabecula.clinicalrules.regulatory;

import static java.util.stream.Collectors.groupingBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The whole table. It answers every question: where no row speaks, with one unknown.
public final class RegulatoryTable {

  private final List<RegulatoryRow> rows;
  private final Map<AgentInRegion, List<RegulatoryRow>> byAgent;

  /// @throws IllegalArgumentException when two rows have the same key
  public RegulatoryTable(List<RegulatoryRow> rows) {
    this.rows = List.copyOf(rows);
    this.byAgent =
        rows.stream().collect(groupingBy(row -> new AgentInRegion(row.region(), row.agent())));
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
  ///
  /// A row that says that there is no authorised product holds for every use, unless rows speak of
  /// the use itself: naming an indication that the table does not know is no way around a refusal.
  public List<RegulatoryFlag> flags(RegulatoryQuestion question) {
    var pair = new AgentInRegion(question.region(), question.agent());
    List<RegulatoryRow> rows =
        byAgent.getOrDefault(pair, List.of()).stream()
            .filter(row -> speaksOf(row, question))
            .toList();
    List<RegulatoryRow> asked =
        rows.stream()
            .filter(
                row ->
                    question.indication() == null || row.indication().equals(question.indication()))
            .toList();
    List<RegulatoryRow> spoken =
        asked.isEmpty() ? rows.stream().filter(RegulatoryRow::denies).toList() : asked;
    return spoken.isEmpty()
        ? List.of(new RegulatoryFlag(question.region(), question.agent(), null))
        : spoken.stream().map(row -> new RegulatoryFlag(row.region(), row.agent(), row)).toList();
  }

  private static boolean speaksOf(RegulatoryRow row, RegulatoryQuestion question) {
    boolean form =
        row.forms().isEmpty()
            || question.forms().isEmpty()
            || !Collections.disjoint(row.forms(), question.forms());
    return form && row.population().overlaps(question.population());
  }
}
