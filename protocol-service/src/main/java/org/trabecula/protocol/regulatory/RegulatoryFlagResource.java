package org.trabecula.protocol.regulatory;

import static java.util.stream.Collectors.toCollection;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.regulatory.Population;
import org.trabecula.clinicalrules.regulatory.PublishedTable;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.regulatory.RegulatoryQuestion;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.RegulatoryStatus;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.kit.http.Roles;

@Path("/v1/regulatory-flags")
@RunOnVirtualThread
@RolesAllowed({Roles.CLINICIAN, Roles.INTEGRATION, Roles.VIEWER})
public class RegulatoryFlagResource {
  private final PublishedTable published;
  private final Agents agents;

  RegulatoryFlagResource(PublishedTable published, Agents agents) {
    this.published = published;
    this.agents = agents;
  }

  /// @param table version of the table that answers
  public record Answer(
      Region region, String authority, String agent, String table, List<Flag> flags) {}

  /// Everything but status and statement is absent when the table says nothing.
  ///
  /// @param effectiveStatus the status that rules go by
  public record Flag(
      RegulatoryStatus status,
      RegulatoryStatus effectiveStatus,
      String statement,
      @Nullable String form,
      @Nullable String population,
      @Nullable String indication,
      @Nullable String controlledSubstance,
      @Nullable String notes,
      @Nullable String source,
      @Nullable String provenance,
      @Nullable String confidence,
      @Nullable String asOf) {

    static Flag of(RegulatoryFlag flag) {
      RegulatoryRow row = flag.row();
      return new Flag(
          flag.status(),
          flag.effectiveStatus(),
          flag.statement(),
          row == null ? null : row.form(),
          row == null ? null : row.populationWording(),
          row == null ? null : row.indicationWording(),
          row == null ? null : row.controlledSubstance(),
          row == null ? null : row.notes(),
          row == null ? null : row.source(),
          row == null ? null : row.provenance(),
          row == null ? null : row.confidence(),
          row == null ? null : row.asOf().toString());
    }
  }

  @GET
  public Answer flags(
      @QueryParam("region") @Nullable String region,
      @QueryParam("agent") @Nullable String agent,
      @QueryParam("form") @Nullable String form,
      @QueryParam("indication") @Nullable String indication,
      @QueryParam("population") @Nullable String population) {
    RegulatoryQuestion question = question(region, agent, form, indication, population);
    return new Answer(
        question.region(),
        question.region().authority(),
        question.agent(),
        published.version(),
        published.table().flags(question).stream().map(Flag::of).toList());
  }

  private RegulatoryQuestion question(
      @Nullable String region,
      @Nullable String agent,
      @Nullable String form,
      @Nullable String indication,
      @Nullable String population) {
    List<Violation> violations = new ArrayList<>();
    Set<String> regions =
        Stream.of(Region.values()).map(Region::name).collect(toCollection(TreeSet::new));
    required("region", region, regions, violations);
    required("agent", agent, agents.codes(), violations);
    optional("form", form, forms(), violations);
    optional("indication", indication, codes(RegulatoryRow::indication), violations);
    optional("population", population, codes(row -> row.population().code()), violations);
    if (region == null || agent == null || !violations.isEmpty()) {
      throw Problems.invalid(violations);
    }
    return new RegulatoryQuestion(
        Region.valueOf(region),
        agent,
        form == null ? Set.of() : Set.of(form),
        population(population),
        indication);
  }

  private static void required(
      String field,
      @Nullable String value,
      Collection<String> allowed,
      List<Violation> violations) {
    if (value == null || value.isBlank()) {
      violations.add(
          new Violation(field, "query", "is missing; allowed: " + String.join(", ", allowed)));
    } else {
      optional(field, value, allowed, violations);
    }
  }

  private static void optional(
      String field,
      @Nullable String value,
      Collection<String> allowed,
      List<Violation> violations) {
    if (value != null && !allowed.contains(value)) {
      violations.add(
          new Violation(field, "query", "is unknown; allowed: " + String.join(", ", allowed)));
    }
  }

  private Population population(@Nullable String code) {
    return published.table().rows().stream()
        .map(RegulatoryRow::population)
        .filter(known -> known.code().equals(code))
        .findFirst()
        .orElse(Population.ANYONE);
  }

  private Set<String> forms() {
    Stream<String> ofAgents =
        agents.all().stream().flatMap(agent -> agent.forms().stream()).map(Agent.Form::form);
    Stream<String> ofTable = published.table().rows().stream().flatMap(row -> row.forms().stream());
    return Stream.concat(ofAgents, ofTable).collect(toCollection(TreeSet::new));
  }

  private Set<String> codes(Function<RegulatoryRow, String> code) {
    return published.table().rows().stream().map(code).collect(toCollection(TreeSet::new));
  }
}
