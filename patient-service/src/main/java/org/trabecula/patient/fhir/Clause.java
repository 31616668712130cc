package org.trabecula.patient.fhir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/// A condition on rows, in SQL, with the values of its parameters in their order.
record Clause(String sql, List<Object> values) {
  static final Clause ALWAYS = new Clause("true", List.of());
  static final Clause NEVER = new Clause("false", List.of());

  static Clause of(String sql, Object... values) {
    return new Clause(sql, List.of(values));
  }

  static Clause in(String column, Collection<?> values) {
    return switch (values.size()) {
      case 0 -> NEVER;
      case 1 -> new Clause(column + " = ?", List.copyOf(values));
      default ->
          new Clause(
              column + " in (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")",
              List.copyOf(values));
    };
  }

  Clause and(Clause other) {
    var both = new ArrayList<>(values);
    both.addAll(other.values);
    return new Clause(sql + " and " + other.sql, both);
  }

  static Clause anyOf(List<Clause> conditions) {
    if (conditions.size() == 1) {
      return conditions.getFirst();
    }
    return new Clause(
        conditions.stream().map(Clause::sql).collect(Collectors.joining(" or ", "(", ")")),
        conditions.stream().flatMap(one -> one.values().stream()).toList());
  }
}
