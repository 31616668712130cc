package org.trabecula.clinicalrules.regulatory;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trabecula.clinicalrules.regulatory.PublishedTable.ALIASES;
import static org.trabecula.clinicalrules.regulatory.PublishedTable.STATED;
import static org.trabecula.clinicalrules.regulatory.PublishedTable.TABLE;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trabecula.contracts.Region;

class RegulatoryAliasesTest {

  static Stream<StatedRow> statedRows() {
    return STATED.stream();
  }

  @ParameterizedTest
  @MethodSource("statedRows")
  void everyRowMeansAtLeastOneAgentInARegion(StatedRow stated) {
    List<RegulatoryRow> rows = ALIASES.table(List.of(stated)).rows();

    assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(row.agent()).isNotBlank());
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.region() + "-" + row.region().authority())
                    .isEqualTo(stated.region()));
  }

  @Test
  void noAliasIsUnusedOrDoubled() {
    assertThat(ALIASES.regions())
        .extracting(RegulatoryAliases.RegionAlias::wording)
        .containsExactlyInAnyOrderElementsOf(wordings(StatedRow::region));
    assertThat(ALIASES.products())
        .extracting(it -> it.agent() + "|" + it.form())
        .containsExactlyInAnyOrderElementsOf(wordings(row -> row.agent() + "|" + row.routeForm()));
    assertThat(ALIASES.populations())
        .extracting(RegulatoryAliases.PopulationAlias::wording)
        .containsExactlyInAnyOrderElementsOf(wordings(StatedRow::population));
    assertThat(ALIASES.indications())
        .extracting(RegulatoryAliases.IndicationAlias::wording)
        .containsExactlyInAnyOrderElementsOf(wordings(StatedRow::indication));
  }

  @Test
  void everyRegionOfTheContractsIsInTheTable() {
    assertThat(TABLE.rows()).extracting(RegulatoryRow::region).contains(Region.values());
  }

  @Test
  void oneRowForTwoProductsBecomesOneRowPerAgent() {
    StatedRow mpaOrNeta =
        STATED.stream().filter(row -> row.agent().equals("MPA / NETA")).findFirst().orElseThrow();

    assertThat(ALIASES.table(List.of(mpaOrNeta)).rows())
        .extracting(RegulatoryRow::agent)
        .containsExactly("medroxyprogesterone-acetate", "norethisterone-acetate");
  }

  @Test
  void namesLineAndColumnOfAWordingWithoutAnAlias() {
    StatedRow known = STATED.getFirst();
    StatedRow strange = with(known, "BR-ANVISA", known.status());

    assertThatThrownBy(() -> ALIASES.table(List.of(known, strange)))
        .hasMessage("line 3: region: no alias for 'BR-ANVISA'");
  }

  @Test
  void namesTheLineOfAStatusThatDoesNotExist() {
    StatedRow strange = with(STATED.getFirst(), "US-FDA", "TOLERATED");

    assertThatThrownBy(() -> ALIASES.table(List.of(strange)))
        .hasMessageStartingWith("line 2: ")
        .hasMessageContaining("TOLERATED");
  }

  @Test
  void refusesARowThatIsStatedTwice() {
    StatedRow row = STATED.getFirst();

    assertThatThrownBy(() -> ALIASES.table(List.of(row, row)))
        .hasMessageContaining("2 rows are US/estradiol-patch/");
  }

  private static Set<String> wordings(Function<StatedRow, String> column) {
    return STATED.stream().map(column).collect(toSet());
  }

  private static StatedRow with(StatedRow row, String region, String status) {
    return new StatedRow(
        region,
        row.agent(),
        row.routeForm(),
        row.population(),
        row.indication(),
        status,
        row.controlledSubstance(),
        row.notes(),
        row.source(),
        row.provenance(),
        row.confidence(),
        row.asOf());
  }
}
