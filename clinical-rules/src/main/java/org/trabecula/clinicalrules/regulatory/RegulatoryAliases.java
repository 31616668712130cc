package org.trabecula.clinicalrules.regulatory;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.RegulatoryStatus;

/// `regulatory-aliases.json`: what each wording of the table means in our codes.
public record RegulatoryAliases(
    List<RegionAlias> regions,
    List<ProductAlias> products,
    List<PopulationAlias> populations,
    List<IndicationAlias> indications,
    List<Prohibition> prohibitions) {

  /// How the table writes that there is nothing to say.
  private static final String NOTHING = "-";

  private static final List<String> STATUSES =
      Stream.of(RegulatoryStatus.values())
          .filter(Predicate.not(RegulatoryStatus.UNKNOWN::equals))
          .map(RegulatoryStatus::name)
          .toList();

  public record RegionAlias(String wording, Region region) {}

  /// @param agent the table's agent
  /// @param form the table's route and form
  /// @param agents agent codes
  /// @param forms form codes; every form when empty
  public record ProductAlias(String agent, String form, List<String> agents, Set<String> forms) {}

  /// @param menopause any when null
  public record PopulationAlias(
      String wording,
      String code,
      @Nullable Sex sex,
      @Nullable Set<MenopausalStatus> menopause,
      @Nullable Presence uterus,
      @Nullable String condition) {

    Population population() {
      return new Population(
          code,
          sex == null ? Sex.UNKNOWN : sex,
          menopause == null ? Set.of() : menopause,
          uterus == null ? Presence.UNKNOWN : uterus,
          condition);
    }
  }

  public record IndicationAlias(String wording, String code) {}

  /// A law that forbids an agent for every use that is not authorised. It is stated of agent and
  /// region, so no new wording of a row can lose it.
  ///
  /// @param law as it is cited
  /// @param statement what it forbids
  /// @param provenance `found` or `recalled`
  public record Prohibition(
      Region region, String agent, String law, String statement, String source, String provenance) {

    private boolean forbids(Region where, String what, RegulatoryStatus status) {
      return region == where && agent.equals(what) && status != RegulatoryStatus.APPROVED;
    }
  }

  /// The table in our codes: a row that speaks of several agents becomes one row per agent. Rows
  /// that cannot be read, or are there twice, go to the mistakes.
  ///
  /// @param latest no row was checked later
  List<RegulatoryRow> rows(List<StatedRow> stated, YearMonth latest, List<Mistake> mistakes) {
    var rows = new ArrayList<RegulatoryRow>();
    Map<String, Integer> lines = new HashMap<>();
    for (StatedRow one : stated) {
      for (RegulatoryRow row : rows(one, latest, mistakes)) {
        Integer earlier = lines.putIfAbsent(row.key(), one.line());
        if (earlier == null) {
          rows.add(row);
        } else {
          mistakes.add(
              new Mistake(one.line(), "row", "is line " + earlier + " again: " + row.key()));
        }
      }
    }
    return rows;
  }

  private List<RegulatoryRow> rows(StatedRow stated, YearMonth latest, List<Mistake> mistakes) {
    var cells = new Cells(stated.line(), mistakes);
    Optional<Region> region =
        cells
            .alias("region", stated.region(), regions, RegionAlias::wording)
            .map(RegionAlias::region);
    List<ProductAlias> ofAgent =
        products.stream().filter(product -> product.agent().equals(stated.agent())).toList();
    if (ofAgent.isEmpty()) {
      cells.refuse("agent", "no alias for '" + Cells.shown(stated.agent()) + "'");
    }
    Optional<ProductAlias> product =
        ofAgent.isEmpty()
            ? Optional.empty()
            : cells.alias("route_form", stated.routeForm(), ofAgent, ProductAlias::form);
    Optional<PopulationAlias> population =
        cells.alias("population", stated.population(), populations, PopulationAlias::wording);
    Optional<IndicationAlias> indication =
        cells.alias("indication", stated.indication(), indications, IndicationAlias::wording);
    cells.oneOf("status", stated.status(), STATUSES);
    cells.oneOf("provenance", stated.provenance(), RegulatoryRow.PROVENANCES);
    cells.oneOf("confidence", stated.confidence(), RegulatoryRow.CONFIDENCES);
    Optional<YearMonth> asOf = cells.month("as_of", stated.asOf(), latest);
    if (!cells.understood()) {
      return List.of();
    }
    return product.orElseThrow().agents().stream()
        .map(
            agent ->
                row(
                    stated,
                    region.orElseThrow(),
                    agent,
                    product.orElseThrow().forms(),
                    population.orElseThrow().population(),
                    indication.orElseThrow().code(),
                    asOf.orElseThrow()))
        .toList();
  }

  private RegulatoryRow row(
      StatedRow stated,
      Region region,
      String agent,
      Set<String> forms,
      Population population,
      String indication,
      YearMonth asOf) {
    RegulatoryStatus status = RegulatoryStatus.valueOf(stated.status());
    return new RegulatoryRow(
        region,
        agent,
        stated.agent() + ": " + stated.routeForm(),
        forms,
        population,
        stated.population(),
        indication,
        stated.indication(),
        status,
        stated.controlledSubstance(),
        stated.notes().equals(NOTHING) ? null : stated.notes(),
        stated.source(),
        stated.provenance(),
        stated.confidence(),
        asOf,
        prohibitions.stream()
            .filter(it -> it.forbids(region, agent, status))
            .map(Prohibition::law)
            .findFirst()
            .orElse(null));
  }
}
