package org.trabecula.engine;

import static org.trabecula.engine.model.CsvResource.field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trabecula.engine.Administration.Form;
import org.trabecula.engine.Administration.Route;
import org.trabecula.engine.AgentEvidence.Grade;
import org.trabecula.engine.model.CsvResource;

/// The agents that the engine knows, by code.
public final class Agents {

  private static final String RESOURCE = "/org/trabecula/engine/agents.csv";
  private static final Agents SHIPPED = new Agents(CsvResource.rows(RESOURCE));

  private final Map<String, Agent> byCode = new LinkedHashMap<>();
  private final List<Map<String, String>> table;
  private final String canonical;

  private Agents(List<Map<String, String>> rows) {
    for (Map<String, String> row : rows) {
      Agent agent = agent(row);
      if (byCode.put(agent.code(), agent) != null) {
        throw new IllegalStateException(RESOURCE + " has two rows for " + agent.code());
      }
    }
    table = List.copyOf(rows);
    canonical = rows.toString();
  }

  public static Agents shipped() {
    return SHIPPED;
  }

  /// The same table with another coefficient for one agent.
  ///
  /// @throws IllegalArgumentException if there is no such agent
  public Agents with(String code, double coefficient) {
    if (!byCode.containsKey(code)) {
      throw new IllegalArgumentException("no agent " + code);
    }
    List<Map<String, String>> rows = new ArrayList<>();
    for (Map<String, String> row : table) {
      Map<String, String> copy = new LinkedHashMap<>(row);
      if (field(row, "code").equals(code)) {
        copy.put("coefficient", Double.toString(coefficient));
      }
      rows.add(copy);
    }
    return new Agents(rows);
  }

  public SortedSet<String> codes() {
    return new TreeSet<>(byCode.keySet());
  }

  public Optional<Agent> find(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /// The same text for the same table, for the parameter hash.
  String canonical() {
    return canonical;
  }

  private static Agent agent(Map<String, String> row) {
    return new Agent(
        field(row, "code"),
        Agent.Effect.valueOf(field(row, "effect")),
        number(row, "coefficient"),
        number(row, "half"),
        number(row, "bioavailability") * number(row, "massFraction"),
        number(row, "halfLifeDays"),
        field(row, "firstPass").equals("yes"),
        number(row, "residualYears"),
        words(row, "routes").map(Route::valueOf).collect(Collectors.toUnmodifiableSet()),
        words(row, "forms").map(Form::valueOf).collect(Collectors.toUnmodifiableSet()),
        words(row, "units").collect(Collectors.toUnmodifiableSet()),
        number(row, "maxDailyDose"),
        Grade.valueOf(field(row, "gradeF")),
        Grade.valueOf(field(row, "gradeM")),
        field(row, "evidence"),
        field(row, "source"));
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(field(row, column));
  }

  private static Stream<String> words(Map<String, String> row, String column) {
    return Arrays.stream(field(row, column).split(" "));
  }
}
