package org.trabecula.protocol.rule;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.safety.Rule;
import org.trabecula.clinicalrules.safety.RuleSet;
import org.trabecula.contracts.RegimenAssigned.Severity;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Roles;

@Path("/v1/rules")
@RunOnVirtualThread
@RolesAllowed({Roles.CLINICIAN, Roles.INTEGRATION, Roles.VIEWER, Roles.ADMINISTRATOR})
public class RuleResource {
  private final RuleSet rules;

  RuleResource(RuleSet rules) {
    this.rules = rules;
  }

  /// @param ruleSet version of the rules
  public record RuleList(String ruleSet, List<Answer> items) {}

  /// One rule, without the examples that test it.
  ///
  /// @param applies to whom, and to what, in CEL
  /// @param when it fires, in CEL
  /// @param onUnknown what follows when that cannot be told
  /// @param blocks what is refused while it blocks; any order when absent
  /// @param overridable whether a prescriber may set it aside
  public record Answer(
      String id,
      Severity severity,
      Rule.Each each,
      List<String> agents,
      String applies,
      String when,
      Rule.OnUnknown onUnknown,
      Rule.@Nullable Blocks blocks,
      boolean overridable,
      String message,
      Rule.Evidence evidence) {

    static Answer of(Rule rule) {
      return new Answer(
          rule.id(),
          rule.severity(),
          rule.each(),
          rule.agents(),
          rule.applies(),
          rule.when(),
          rule.onUnknown(),
          rule.blocks(),
          rule.severity() == Severity.BLOCK && !rule.hard(),
          rule.message(),
          rule.evidence());
    }
  }

  @GET
  public RuleList all() {
    return new RuleList(rules.version(), rules.rules().stream().map(Answer::of).toList());
  }

  @GET
  @Path("/{id}")
  public Answer one(@PathParam("id") String id) {
    return rules.rules().stream()
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .map(Answer::of)
        .orElseThrow(
            () -> Problems.notFound("id", "There is no such rule; GET /v1/rules lists them."));
  }
}
