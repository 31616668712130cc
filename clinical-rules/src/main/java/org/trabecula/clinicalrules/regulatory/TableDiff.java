package org.trabecula.clinicalrules.regulatory;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Region;

/// What one table says otherwise than another, row by row and field by field, by key.
public record TableDiff(List<Stated> added, List<Stated> removed, List<Changed> changed) {

  /// A row that only one of them has.
  ///
  /// @param fields what it says; a field that says nothing is left out
  public record Stated(String key, Region region, String agent, Map<String, String> fields) {}

  /// A row that both have, and the fields that differ.
  public record Changed(String key, Region region, String agent, List<Field> fields) {}

  /// @param before null when it said nothing
  /// @param after null when it says nothing
  public record Field(String name, @Nullable String before, @Nullable String after) {}

  public static TableDiff between(List<RegulatoryRow> before, List<RegulatoryRow> after) {
    SortedMap<String, RegulatoryRow> old = byKey(before);
    SortedMap<String, RegulatoryRow> present = byKey(after);
    var changed = new ArrayList<Changed>();
    present.forEach(
        (key, row) -> {
          RegulatoryRow was = old.get(key);
          if (was != null && !was.equals(row)) {
            changed.add(new Changed(key, row.region(), row.agent(), differing(was, row)));
          }
        });
    return new TableDiff(onlyIn(present, old), onlyIn(old, present), changed);
  }

  public boolean changesNothing() {
    return size() == 0;
  }

  /// The number of rows that differ.
  public int size() {
    return added.size() + removed.size() + changed.size();
  }

  /// Where the table says something else now.
  public Set<AgentInRegion> agents() {
    return Stream.concat(
            Stream.concat(added.stream(), removed.stream())
                .map(row -> new AgentInRegion(row.region(), row.agent())),
            changed.stream().map(row -> new AgentInRegion(row.region(), row.agent())))
        .collect(toSet());
  }

  /// For people to read.
  public String text() {
    var text = new StringBuilder();
    text.append(
        "%d added, %d removed, %d changed\n"
            .formatted(added.size(), removed.size(), changed.size()));
    added.forEach(row -> text.append("+ ").append(line(row)));
    removed.forEach(row -> text.append("- ").append(line(row)));
    for (Changed row : changed) {
      text.append("~ %s\n".formatted(row.key()));
      for (Field field : row.fields()) {
        text.append(
            "    %s: %s -> %s\n"
                .formatted(field.name(), shown(field.before()), shown(field.after())));
      }
    }
    return text.toString();
  }

  private static String line(Stated row) {
    return "%s: %s, as of %s, %s (%s, %s)\n"
        .formatted(
            row.key(),
            row.fields().get("status"),
            row.fields().get("asOf"),
            row.fields().get("source"),
            row.fields().get("provenance"),
            row.fields().get("confidence"));
  }

  private static String shown(@Nullable String value) {
    return requireNonNullElse(value, "(nothing)");
  }

  private static SortedMap<String, RegulatoryRow> byKey(List<RegulatoryRow> rows) {
    return rows.stream()
        .collect(
            toMap(
                RegulatoryRow::key,
                row -> row,
                (one, other) -> {
                  throw new IllegalArgumentException("key: 2 rows are " + one.key());
                },
                TreeMap::new));
  }

  private static List<Stated> onlyIn(
      Map<String, RegulatoryRow> here, Map<String, RegulatoryRow> there) {
    return here.entrySet().stream()
        .filter(entry -> !there.containsKey(entry.getKey()))
        .map(
            entry ->
                new Stated(
                    entry.getKey(),
                    entry.getValue().region(),
                    entry.getValue().agent(),
                    fields(entry.getValue())))
        .toList();
  }

  private static List<Field> differing(RegulatoryRow before, RegulatoryRow after) {
    Map<String, String> old = fields(before);
    Map<String, String> present = fields(after);
    var names = new TreeSet<>(old.keySet());
    names.addAll(present.keySet());
    return names.stream()
        .map(name -> new Field(name, old.get(name), present.get(name)))
        .filter(field -> !Objects.equals(field.before(), field.after()))
        .toList();
  }

  /// All but what the key says already.
  private static Map<String, String> fields(RegulatoryRow row) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("form", row.form());
    fields.put("forms", row.forms().isEmpty() ? "every form" : String.join(", ", row.forms()));
    fields.put("population", row.populationWording());
    fields.put("appliesTo", row.population().words());
    fields.put("indication", row.indicationWording());
    fields.put("status", row.status().name());
    fields.put("controlledSubstance", row.controlledSubstance());
    if (row.notes() != null) {
      fields.put("notes", row.notes());
    }
    fields.put("source", row.source());
    fields.put("provenance", row.provenance());
    fields.put("confidence", row.confidence());
    fields.put("asOf", row.asOf().toString());
    if (row.prohibition() != null) {
      fields.put("prohibition", row.prohibition());
    }
    return fields;
  }
}
