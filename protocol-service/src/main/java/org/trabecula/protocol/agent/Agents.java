package org.trabecula.protocol.agent;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trabecula.protocol.DataFiles;

/// All agents, read once from `agents/`.
@Startup
@ApplicationScoped
public class Agents {
  private final SortedMap<String, Agent> byCode;

  public Agents(DataFiles files) {
    Map<String, Agent> agents =
        files.all("agents", Agent.class).stream().collect(toMap(Agent::code, identity()));
    this.byCode = new TreeMap<>(agents);
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
