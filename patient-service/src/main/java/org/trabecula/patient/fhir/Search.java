package org.trabecula.patient.fhir;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.fhir.FhirProblem;
import org.trabecula.kit.fhir.FhirProblem.Issue;
import org.trabecula.kit.fhir.Reason;
import org.trabecula.patient.fhir.Searchable.Parameter;
import org.trabecula.patient.fhir.Searchable.Sort;

/// A search as it was understood.
///
/// @param asked the parameters that were understood, as they were given, but for the cursor
/// @param ignored what was passed over
/// @param counted whether only the number of matches is asked for
record Search<R>(
    Clause where,
    Sort<R> sort,
    boolean descending,
    int size,
    boolean counted,
    @Nullable Place after,
    List<Map.Entry<String, String>> asked,
    List<Issue> ignored) {
  static final String CURSOR = "_cursor";

  private static final int DEFAULT_SIZE = 50;
  static final int LARGEST = 200;
  private static final int MOST_ALTERNATIVES = 500;
  private static final Set<String> JSON =
      Set.of("json", "application/json", "application/fhir+json", "application/fhir json");

  /// @param parameters name and value of each, in their order
  /// @throws FhirProblem naming each parameter that will not do, unless the caller is lenient
  static <R> Search<R> of(
      Searchable<?, R> kind, List<Map.Entry<String, String>> parameters, boolean lenient) {
    var reading = new Reading<>(kind);
    parameters.forEach(reading::add);
    if (!reading.issues.isEmpty() && !lenient) {
      throw new FhirProblem(400, reading.issues);
    }
    return reading.search();
  }

  /// The same, but for the page.
  ///
  /// @param after null for the first page
  Search<R> behind(@Nullable Place after, int size) {
    return new Search<>(where, sort, descending, size, counted, after, asked, ignored);
  }

  /// @throws FhirProblem when no search gave this cursor
  static Place place(String cursor) {
    try {
      return Place.of(cursor);
    } catch (RuntimeException e) {
      throw noCursor();
    }
  }

  static FhirProblem noCursor() {
    return new FhirProblem(
        400, Reason.SEARCH_PARAMETER, "", "The cursor is none that a search gave.");
  }

  private static final class Reading<R> {
    private final Searchable<?, R> kind;
    private final List<Issue> issues = new ArrayList<>();
    private final List<Map.Entry<String, String>> asked = new ArrayList<>();
    private Clause where;
    private Sort<R> sort;
    private boolean descending;
    private int size = DEFAULT_SIZE;
    private boolean counted;
    private @Nullable String cursor;

    private Reading(Searchable<?, R> kind) {
      this.kind = kind;
      this.where = Clause.ALWAYS;
      this.sort = kind.sorts().getFirst();
    }

    private void add(Map.Entry<String, String> given) {
      String value = given.getValue();
      try {
        if (value.isEmpty() || value.chars().anyMatch(Character::isISOControl)) {
          throw new IllegalArgumentException("Nothing that can be searched for");
        }
        switch (given.getKey()) {
          case "_count" -> size(value);
          case "_sort" -> sort(value);
          case "_summary" -> summary(value);
          case "_format" -> format(value);
          case CURSOR -> cursor = value;
          default -> condition(given.getKey(), value);
        }
        if (!given.getKey().equals(CURSOR)) {
          asked.add(given);
        }
      } catch (UnknownParameter e) {
        issue("The search parameter '%s' is not known for %s.", given);
      } catch (DateTimeException | IllegalArgumentException e) {
        issue("The search parameter '%s' of %s cannot have this value.", given);
      }
    }

    private void issue(String message, Map.Entry<String, String> given) {
      issues.add(
          new Issue(Reason.SEARCH_PARAMETER, "", message.formatted(given.getKey(), kind.type())));
    }

    private void size(String value) {
      int asked = Integer.parseInt(value);
      if (asked < 0) {
        throw new IllegalArgumentException("Less than nothing");
      }
      counted |= asked == 0;
      size = Math.clamp(asked, 1, LARGEST);
    }

    private void sort(String value) {
      String name = value.startsWith("-") ? value.substring(1) : value;
      sort =
          kind.sorts().stream()
              .filter(known -> known.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("No such order"));
      descending = value.startsWith("-");
    }

    private void summary(String value) {
      switch (value) {
        case "count" -> counted = true;
        case "false" -> counted = false;
        default -> throw new IllegalArgumentException("No such summary");
      }
    }

    private static void format(String value) {
      if (!JSON.contains(value)) {
        throw new IllegalArgumentException("JSON is all that is spoken");
      }
    }

    private void condition(String name, String value) {
      Parameter parameter = kind.parameters().get(name);
      if (parameter == null) {
        throw new UnknownParameter();
      }
      List<String> alternatives = SearchValues.alternatives(value);
      if (alternatives.size() > MOST_ALTERNATIVES) {
        throw new IllegalArgumentException("Too many");
      }
      where = where.and(Clause.anyOf(alternatives.stream().map(parameter.reading()::of).toList()));
    }

    private Search<R> search() {
      return new Search<>(
          where,
          sort,
          descending,
          size,
          counted,
          cursor == null ? null : place(cursor),
          asked,
          List.copyOf(issues));
    }
  }

  private static final class UnknownParameter extends RuntimeException {}
}
