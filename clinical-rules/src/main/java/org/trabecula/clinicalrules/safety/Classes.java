package org.trabecula.clinicalrules.safety;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.agent.HistoryAgent;

/// Agents and their classes: those that are ordered here, and those that patients take besides. A
/// group stands for several classes or agents.
final class Classes {
  private static final Map<String, Set<String>> GROUPS =
      Map.of(
          "menopausal-estrogen",
          Set.of("estrogen", "selective-tissue-estrogenic"),
          "growth-hormone-secretagogue",
          Set.of("ghrh-analogue", "ghrelin-mimetic"),
          "growth-hormone-axis",
          Set.of("growth-hormone", "ghrh-analogue", "ghrelin-mimetic"),
          "peptide",
          Set.of(
              "growth-hormone",
              "ghrh-analogue",
              "ghrelin-mimetic",
              "gonadotropin",
              "gonadotropin-releasing-hormone"),
          "anti-osteoporosis-drug",
          Set.of(
              "bisphosphonate",
              "rankl-antibody",
              "sclerostin-antibody",
              "pth-analogue",
              "raloxifene",
              "bazedoxifene"));

  private final Agents agents;
  private final Map<String, HistoryAgent> history;

  Classes(Agents agents, Collection<HistoryAgent> history) {
    this.agents = agents;
    this.history = history.stream().collect(toMap(HistoryAgent::code, identity()));
  }

  /// Whether an agent has this code, or is of this class or group.
  boolean is(String agent, String what) {
    if (agent.equals(what)) {
      return true;
    }
    String ofClass = classOf(agent);
    Set<String> group = GROUPS.get(what);
    return group == null
        ? what.equals(ofClass)
        : group.contains(agent) || (ofClass != null && group.contains(ofClass));
  }

  /// Whether there is such an agent, class or group.
  boolean knows(String codeOrClass) {
    return GROUPS.containsKey(codeOrClass)
        || agent(codeOrClass) != null
        || history.containsKey(codeOrClass)
        || agents.all().stream().anyMatch(agent -> agent.agentClass().equals(codeOrClass))
        || history.values().stream().anyMatch(agent -> agent.agentClass().equals(codeOrClass));
  }

  @Nullable Agent agent(String code) {
    return agents.find(code).orElse(null);
  }

  /// mg of prednisone that 1 mg of a glucocorticoid is worth; 1 of anything else.
  double equivalent(String agent) {
    HistoryAgent known = history.get(agent);
    return known == null || known.prednisoneEquivalent() == null
        ? 1
        : known.prednisoneEquivalent().doubleValue();
  }

  private @Nullable String classOf(String agent) {
    Agent ordered = agent(agent);
    if (ordered != null) {
      return ordered.agentClass();
    }
    HistoryAgent known = history.get(agent);
    return known == null ? null : known.agentClass();
  }
}
