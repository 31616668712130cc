package org.trabecula.clinicalrules.agent;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trabecula.clinicalrules.ShippedData;

/// Agents by their codes.
public class Agents {
  private final SortedMap<String, Agent> byCode;

  public Agents(Collection<Agent> agents) {
    Map<String, Agent> codes = agents.stream().collect(toMap(Agent::code, identity()));
    this.byCode = new TreeMap<>(codes);
  }

  /// All agents of `agents/`.
  public static Agents shipped() {
    return new Agents(ShippedData.all("agents", Agent.class));
  }

  public Collection<Agent> all() {
    return byCode.values();
  }

  public Collection<String> codes() {
    return byCode.keySet();
  }

  public Optional<Agent> find(String code) {
    return Optional.ofNullable(byCode.get(code));
  }
}
