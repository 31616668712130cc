package org.trabecula.protocol.regulatory;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.regulatory.Population;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.regulatory.RegulatoryQuestion;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.clinicalrules.regulatory.RegulatoryTable;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.RegulatoryStatus;
import org.trabecula.kit.http.Roles;

/// What regulators say: of one agent in one region, or the table as a whole.
@Path("/v1/regulatory-flags")
@RunOnVirtualThread
@RolesAllowed({Roles.CLINICIAN, Roles.INTEGRATION, Roles.VIEWER, Roles.ADMINISTRATOR})
public class RegulatoryFlagResource {
  private static final List<String> CONFIDENCES = List.of("high", "medium", "low");

  private final TableInForce inForce;
  private final Agents agents;
  private final Clock clock = Clock.systemUTC();

  RegulatoryFlagResource(TableInForce inForce, Agents agents) {
    this.inForce = inForce;
    this.agents = agents;
  }

  /// Flags, as an answer or as a list.
  public sealed interface Reply permits Answer, Page {}

  /// Region and agent were named: what is said of them, which may be that nothing is known.
  ///
  /// @param table version of the table that answers
  public record Answer(
      Region region, String authority, String agent, String table, List<FlagView> flags)
      implements Reply {}

  /// Rows of the table, by key; with `status=UNKNOWN` the pairs of which it says nothing.
  ///
  /// @param next the `cursor` of what follows; absent on the last page
  public record Page(String table, List<Item> items, @Nullable String next) implements Reply {}

  /// @param key `region/agent/form/indication/population`, or `region/agent` of a pair without rows
  public record Item(
      String key, Region region, String authority, String agent, @JsonUnwrapped FlagView flag) {

    private static Item of(FlagFilter.Found found, LocalDate today) {
      RegulatoryFlag flag = found.flag();
      return new Item(
          found.key(),
          flag.region(),
          flag.region().authority(),
          flag.agent(),
          FlagView.of(flag, today));
    }
  }

  @GET
  public Reply flags(
      @QueryParam("region") @Nullable String region,
      @QueryParam("agent") @Nullable String agent,
      @QueryParam("form") @Nullable String form,
      @QueryParam("indication") @Nullable String indication,
      @QueryParam("population") @Nullable String population,
      @QueryParam("status") @Nullable String status,
      @QueryParam("confidence") @Nullable String confidence,
      @QueryParam("stale") @Nullable String stale,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    TableInForce.Version version = inForce.current();
    RegulatoryTable table = version.table();
    var query = new Query();
    query.oneOf("region", region, names(Region.values()), "REGION-UNKNOWN");
    query.oneOf("agent", agent, agents.codes(), "AGENT-UNKNOWN");
    query.oneOf("form", form, forms(table), null);
    query.oneOf(
        "indication", indication, codes(table, RegulatoryRow::indication), "INDICATION-UNKNOWN");
    query.oneOf("population", population, codes(table, row -> row.population().code()), null);
    query.oneOf("status", status, names(RegulatoryStatus.values()), null);
    query.oneOf("confidence", confidence, CONFIDENCES, null);
    boolean old = query.flag("stale", stale);
    int size = query.limit(limit);
    String after = query.place(cursor).orElse("");
    if (region != null && agent != null) {
      onlyForLists(query, status, confidence, stale, cursor, limit);
      query.orThrow();
      return answer(
          version,
          new RegulatoryQuestion(
              Region.valueOf(region),
              agent,
              form == null ? Set.of() : Set.of(form),
              population(table, population),
              indication));
    }
    query.orThrow();
    return page(
        version,
        new FlagFilter(
            region, agent, form, indication, population, status, confidence, old ? today() : null),
        after,
        size);
  }

  private Answer answer(TableInForce.Version version, RegulatoryQuestion question) {
    LocalDate today = today();
    return new Answer(
        question.region(),
        question.region().authority(),
        question.agent(),
        version.version(),
        version.table().flags(question).stream().map(flag -> FlagView.of(flag, today)).toList());
  }

  private Page page(TableInForce.Version version, FlagFilter filter, String after, int size) {
    LocalDate today = today();
    List<Item> found =
        filter
            .of(version.table(), agents, after)
            .limit(size + 1L)
            .map(it -> Item.of(it, today))
            .toList();
    List<Item> items = found.subList(0, Math.min(size, found.size()));
    return new Page(
        version.version(), items, found.size() > size ? Query.cursor(items.getLast().key()) : null);
  }

  private static void onlyForLists(
      Query query,
      @Nullable String status,
      @Nullable String confidence,
      @Nullable String stale,
      @Nullable String cursor,
      @Nullable String limit) {
    String message = "is for lists: leave region or agent out";
    query.none("status", status, message);
    query.none("confidence", confidence, message);
    query.none("stale", stale, message);
    query.none("cursor", cursor, message);
    query.none("limit", limit, message);
  }

  private static Population population(RegulatoryTable table, @Nullable String code) {
    return table.rows().stream()
        .map(RegulatoryRow::population)
        .filter(known -> known.code().equals(code))
        .findFirst()
        .orElse(Population.ANYONE);
  }

  private Set<String> forms(RegulatoryTable table) {
    Stream<String> ofAgents =
        agents.all().stream().flatMap(agent -> agent.forms().stream()).map(Agent.Form::form);
    Stream<String> ofTable = table.rows().stream().flatMap(row -> row.forms().stream());
    return Stream.concat(ofAgents, ofTable).collect(toCollection(TreeSet::new));
  }

  private static Set<String> codes(RegulatoryTable table, Function<RegulatoryRow, String> code) {
    return table.rows().stream().map(code).collect(toCollection(TreeSet::new));
  }

  private static Set<String> names(Enum<?>[] values) {
    return Stream.of(values).map(Enum::name).collect(toCollection(TreeSet::new));
  }

  private LocalDate today() {
    return LocalDate.now(clock);
  }
}
