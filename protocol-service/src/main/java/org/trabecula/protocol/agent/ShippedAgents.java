package org.trabecula.protocol.agent;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.trabecula.clinicalrules.agent.Agents;

final class ShippedAgents {
  private ShippedAgents() {}

  @Produces
  @Singleton
  @Startup
  static Agents agents() {
    return Agents.shipped();
  }
}
