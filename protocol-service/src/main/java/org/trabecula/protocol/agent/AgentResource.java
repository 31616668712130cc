package org.trabecula.protocol.agent;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Collection;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Roles;

@Path("/v1/agents")
@RunOnVirtualThread
@RolesAllowed({Roles.CLINICIAN, Roles.INTEGRATION, Roles.VIEWER})
public class AgentResource {
  private final Agents agents;

  AgentResource(Agents agents) {
    this.agents = agents;
  }

  public record AgentList(Collection<Agent> items) {}

  @GET
  public AgentList all() {
    return new AgentList(agents.all());
  }

  @GET
  @Path("/{code}")
  public Agent one(@PathParam("code") String code) {
    return agents
        .find(code)
        .orElseThrow(
            () -> Problems.notFound("code", "There is no such agent; GET /v1/agents lists them."));
  }
}
