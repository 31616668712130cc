package org.trabecula.protocol.rule;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.safety.RuleSet;

final class ShippedRules {
  private ShippedRules() {}

  @Produces
  @Singleton
  @Startup
  static RuleSet rules(Agents agents) {
    return RuleSet.shipped(agents);
  }
}
