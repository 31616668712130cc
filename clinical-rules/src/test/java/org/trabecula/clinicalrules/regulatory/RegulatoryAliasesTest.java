package org.trabecula.clinicalrules.regulatory;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.clinicalrules.regulatory.Tables.ALIASES;
import static org.trabecula.clinicalrules.regulatory.Tables.STATED;
import static org.trabecula.clinicalrules.regulatory.Tables.TABLE;

import java.util.ArrayList;
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
    List<RegulatoryRow> rows = rows(stated);

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

    assertThat(rows(mpaOrNeta))
        .extracting(RegulatoryRow::agent)
        .containsExactly("medroxyprogesterone-acetate", "norethisterone-acetate");
  }

  @Test
  void everyProhibitionForbidsSomethingAndSaysWhereItStands() {
    assertThat(ALIASES.prohibitions())
        .isNotEmpty()
        .allSatisfy(
            law ->
                assertThat(TABLE.rows())
                    .anySatisfy(
                        row -> {
                          assertThat(row.prohibition()).isEqualTo(law.law());
                          assertThat(row.region()).isEqualTo(law.region());
                          assertThat(row.agent()).isEqualTo(law.agent());
                        }))
        .allSatisfy(law -> assertThat(law.statement()).isNotBlank())
        .allSatisfy(law -> assertThat(law.source()).isNotBlank())
        .allSatisfy(law -> assertThat(law.provenance()).isIn("found", "recalled"));
  }

  @Test
  void growthHormoneIsForbiddenInTheUnitedStatesForWhatIsNotAuthorisedAndNowhereElse() {
    assertThat(TABLE.rows())
        .filteredOn(row -> row.prohibition() != null)
        .extracting(row -> row.region() + " " + row.agent() + " " + row.indication())
        .containsExactly("US somatropin bone-or-anti-ageing");
  }

  private static Set<String> wordings(Function<StatedRow, String> column) {
    return STATED.stream().map(column).collect(toSet());
  }

  private static List<RegulatoryRow> rows(StatedRow stated) {
    return ALIASES.rows(List.of(stated), Tables.NOW, new ArrayList<>());
  }
}
