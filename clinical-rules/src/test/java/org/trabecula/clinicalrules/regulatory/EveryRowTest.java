package org.trabecula.clinicalrules.regulatory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.trabecula.clinicalrules.regulatory.Tables.ALIASES;
import static org.trabecula.clinicalrules.regulatory.Tables.STATED;
import static org.trabecula.clinicalrules.regulatory.Tables.TABLE;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.RegulatoryStatus;

/// Every line of the shipped table answers the question that it is about, and only what it says.
class EveryRowTest {

  @TestFactory
  Stream<DynamicTest> everyLineAnswersInItsOwnWords() {
    return STATED.stream()
        .map(
            line ->
                dynamicTest(
                    "line %d: %s %s, %s"
                        .formatted(line.line(), line.region(), line.agent(), line.indication()),
                    () -> answers(line)));
  }

  private static void answers(StatedRow line) {
    List<RegulatoryRow> rows = ALIASES.rows(List.of(line), Tables.NOW, new ArrayList<>());
    assertThat(rows).isNotEmpty();
    for (RegulatoryRow row : rows) {
      List<RegulatoryFlag> answer = TABLE.flags(question(row));

      assertThat(answer)
          .filteredOn(flag -> flag.row().form().equals(line.agent() + ": " + line.routeForm()))
          .singleElement()
          .satisfies(flag -> assertThat(flag.status()).hasToString(line.status()))
          .satisfies(flag -> assertThat(flag.row().source()).isEqualTo(line.source()))
          .satisfies(flag -> assertThat(flag.row().asOf()).hasToString(line.asOf()))
          .satisfies(flag -> assertThat(flag.row().confidence()).isEqualTo(line.confidence()))
          .satisfies(flag -> assertThat(flag.row().provenance()).isEqualTo(line.provenance()))
          .satisfies(
              flag ->
                  assertThat(flag.row().controlledSubstance())
                      .isEqualTo(line.controlledSubstance()))
          .satisfies(
              flag ->
                  assertThat(flag.row().notes())
                      .isEqualTo(line.notes().equals("-") ? null : line.notes()));
    }
  }

  @Test
  void onlyAProductAndItsFixedCombinationAnswerTogether() {
    assertThat(TABLE.rows())
        .filteredOn(row -> TABLE.flags(question(row)).size() > 1)
        .extracting(RegulatoryRow::form)
        .containsExactlyInAnyOrder(
            "estradiol oral: tablet 0.5 mg and up",
            "estradiol + NETA fixed combination: oral tablet",
            "estradiol transdermal: patch 0.72 mg q2d",
            "estradiol + NETA: combination patch");
  }

  @TestFactory
  Stream<DynamicTest> everyPairWithoutALineIsUnknown() {
    return Stream.of(Region.values())
        .flatMap(
            region -> Agents.shipped().codes().stream().map(it -> new AgentInRegion(region, it)))
        .filter(pair -> TABLE.rows().stream().noneMatch(row -> of(row).equals(pair)))
        .map(pair -> dynamicTest(pair.region() + " " + pair.agent(), () -> isUnknown(pair)));
  }

  private static void isUnknown(AgentInRegion pair) {
    assertThat(TABLE.flags(RegulatoryQuestion.of(pair.region(), pair.agent())))
        .singleElement()
        .satisfies(flag -> assertThat(flag.status()).isEqualTo(RegulatoryStatus.UNKNOWN))
        .satisfies(flag -> assertThat(flag.effectiveStatus()).isEqualTo(RegulatoryStatus.UNKNOWN))
        .satisfies(flag -> assertThat(flag.row()).isNull())
        .satisfies(
            flag ->
                assertThat(flag.statement())
                    .isEqualTo(
                        "Nothing is known of this agent in %s (%s); that is no approval."
                            .formatted(pair.region(), pair.region().authority())));
  }

  private static AgentInRegion of(RegulatoryRow row) {
    return new AgentInRegion(row.region(), row.agent());
  }

  private static RegulatoryQuestion question(RegulatoryRow row) {
    return new RegulatoryQuestion(
        row.region(), row.agent(), row.forms(), row.population(), row.indication());
  }
}
