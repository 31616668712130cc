package org.trabecula.clinicalrules.regulatory;

import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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
    List<IndicationAlias> indications) {

  /// How the table writes that there is nothing to say.
  private static final String NOTHING = "-";

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

  /// The table in our codes: a row that speaks of several agents becomes one row per agent.
  ///
  /// @throws IllegalArgumentException naming line, column and reason, when a row cannot be read
  public RegulatoryTable table(List<StatedRow> stated) {
    return new RegulatoryTable(
        IntStream.range(0, stated.size())
            .boxed()
            .flatMap(index -> rows(stated.get(index), index + 2).stream())
            .toList());
  }

  private List<RegulatoryRow> rows(StatedRow stated, int line) {
    try {
      return rows(stated);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IllegalArgumentException("line " + line + ": " + e.getMessage(), e);
    }
  }

  private List<RegulatoryRow> rows(StatedRow stated) {
    ProductAlias product =
        one(
            products,
            it -> it.agent().equals(stated.agent()) && it.form().equals(stated.routeForm()),
            "agent and route_form",
            stated.agent() + ": " + stated.routeForm());
    return product.agents().stream().map(agent -> row(stated, product, agent)).toList();
  }

  private RegulatoryRow row(StatedRow stated, ProductAlias product, String agent) {
    return new RegulatoryRow(
        one(regions, it -> it.wording().equals(stated.region()), "region", stated.region())
            .region(),
        agent,
        stated.agent() + ": " + stated.routeForm(),
        product.forms(),
        one(
                populations,
                it -> it.wording().equals(stated.population()),
                "population",
                stated.population())
            .population(),
        stated.population(),
        one(
                indications,
                it -> it.wording().equals(stated.indication()),
                "indication",
                stated.indication())
            .code(),
        stated.indication(),
        RegulatoryStatus.valueOf(stated.status()),
        stated.controlledSubstance(),
        stated.notes().equals(NOTHING) ? null : stated.notes(),
        stated.source(),
        stated.provenance(),
        stated.confidence(),
        YearMonth.parse(stated.asOf()));
  }

  private static <T> T one(List<T> aliases, Predicate<T> is, String column, String wording) {
    return aliases.stream()
        .filter(is)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(column + ": no alias for '" + wording + "'"));
  }
}
