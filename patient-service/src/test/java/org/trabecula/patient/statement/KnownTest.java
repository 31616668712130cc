package org.trabecula.patient.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.contracts.ProfileRecorded.Presence.ABSENT;
import static org.trabecula.contracts.ProfileRecorded.Presence.PRESENT;
import static org.trabecula.contracts.ProfileRecorded.Presence.UNKNOWN;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.fhir.ucum.UcumException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.ClinicalFact.Coding;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.Quantity;
import org.trabecula.patient.Ucum;
import org.trabecula.patient.statement.Statement.Standing;

class KnownTest {
  private static final Instant RECORDED = Instant.parse("2026-03-01T20:00:00Z");
  private static final UUID PATIENT = new UUID(1, 2);

  private final FactCatalogue catalogue = new FactCatalogue(new ObjectMapper());
  private final Ucum ucum = new Ucum();
  private final List<Statement> statements = new ArrayList<>();

  KnownTest() throws IOException, UcumException {}

  @Test
  void theLatestStatementOfAConditionCounts() {
    state("type-2-diabetes", ABSENT, null, "2020-05-01");
    state("type-2-diabetes", PRESENT, "2023", "2024-05-01");
    state("type-2-diabetes", ABSENT, null, "2022-05-01");
    assertThat(facts())
        .containsExactly(
            new Fact(
                "type-2-diabetes", PRESENT, null, null, "2023", null, LocalDate.of(2024, 5, 1)));
  }

  @Test
  void whatWasStatedWithoutADayWasStatedWhenItWasRecorded() {
    state("headache", PRESENT, null, null);
    assertThat(facts()).extracting(Fact::statedOn).containsExactly(LocalDate.of(2026, 3, 1));
  }

  @Test
  void everyTimeOfAnEventCountsAndOneToldTwiceCountsOnce() {
    state("fracture", PRESENT, "2019", "2024-05-01");
    state("fracture", PRESENT, "2023", "2024-05-01");
    state("fracture", PRESENT, "2023-02-14", "2024-06-01");
    state("fracture", PRESENT, "2023-02-14", "2024-07-01");
    state("fracture", PRESENT, null, "2024-05-01");
    state("fracture", ABSENT, null, "2025-05-01");
    assertThat(facts()).extracting(Fact::since).containsExactly("2019", "2023-02-14");
  }

  @Test
  void anEventThatNobodySaysHappenedDidNot() {
    state("stroke", ABSENT, null, "2024-05-01");
    assertThat(facts()).extracting(Fact::presence).containsExactly(ABSENT);
    state("stroke", UNKNOWN, null, "2025-05-01");
    assertThat(facts()).extracting(Fact::presence).containsExactly(UNKNOWN);
    state("stroke", PRESENT, null, "2023-05-01");
    assertThat(facts()).extracting(Fact::presence).containsExactly(PRESENT);
  }

  @Test
  void whatIsPresentMakesPresentWhatItImplies() {
    state("hip-fracture", PRESENT, "2024-01", "2024-05-01");
    state("breast-cancer", ABSENT, null, "2024-05-01");
    assertThat(facts())
        .extracting(Fact::code, Fact::presence)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("breast-cancer", ABSENT),
            org.assertj.core.groups.Tuple.tuple("fracture", PRESENT),
            org.assertj.core.groups.Tuple.tuple("hip-fracture", PRESENT));
  }

  @Test
  void aQuantityIsInTheUnitOfTheCatalogue() {
    add(
        new StatedFact(
            "dietary-calcium",
            null,
            new Quantity(new BigDecimal("0.85"), "g/d"),
            null,
            null,
            null,
            null,
            List.of()),
        Standing.ACTIVE);
    assertThat(facts())
        .extracting(Fact::value)
        .containsExactly(new Quantity(BigDecimal.valueOf(850), "mg/d"));
  }

  @Test
  void theOrderOfStatementsDoesNotMatter() {
    state("fracture", PRESENT, "2019", "2024-05-01");
    state("fracture", PRESENT, "2019-03", "2024-05-01");
    state("hip-fracture", PRESENT, "2019-03-04", "2024-05-01");
    state("angina", PRESENT, "2019", "2024-05-01");
    state("angina", ABSENT, null, "2024-05-01");
    List<Fact> first = facts();
    assertThat(first).extracting(Fact::code).containsExactly("angina", "fracture", "hip-fracture");
    assertThat(first).extracting(Fact::presence).containsOnly(PRESENT);
    Collections.reverse(statements);
    assertThat(facts()).isEqualTo(first);
  }

  @Test
  void aMedicationLastsFromTheFirstToTheLastDayThatItMayMean() {
    add(
        new StatedMedication("prednisolone", null, "2021-02", "2021", List.of(), null, false),
        Standing.ACTIVE);
    add(
        new StatedMedication(null, null, "2021-02", null, List.of(), "Zest", false),
        Standing.ACTIVE);
    assertThat(Known.medications(statements))
        .singleElement()
        .satisfies(
            medication -> {
              assertThat(medication.start()).isEqualTo("2021-02-01");
              assertThat(medication.stop()).isEqualTo("2022-01-01");
            });
  }

  @Test
  void whatIsOverSinceNobodyKnowsWhenEndedByTheDayItWasRecorded() {
    add(
        new StatedMedication("alendronate", null, "2012-08-16", null, List.of(), null, true),
        Standing.ACTIVE);
    assertThat(Known.medications(statements))
        .singleElement()
        .extracting(medication -> medication.stop())
        .isEqualTo(RECORDED.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(1));
  }

  @Test
  void aCodeIsReadAsTheFactThatImpliesTheOthers() {
    assertThat(codedAs(Coding.ICD_10_CM, "M80.08XA")).containsExactly("osteoporotic-fracture");
    assertThat(codedAs(Coding.ICD_10_CM, "S72.001A")).containsExactly("hip-fracture");
    assertThat(codedAs(Coding.ICD_10, "C50.9")).containsExactly("breast-cancer");
    assertThat(codedAs(Coding.ICD_10_CM, "E11.351"))
        .containsExactly("type-2-diabetes", "diabetic-retinopathy-severe");
    assertThat(codedAs(Coding.SNOMED_CT, "64859006")).containsExactly("osteoporosis");
    assertThat(codedAs(FactCatalogue.SYSTEM, "competitive-athlete"))
        .containsExactly("competitive-athlete");
    assertThat(codedAs(null, "M80")).isEmpty();
    assertThat(codedAs(Coding.ICD_10, "J20")).isEmpty();
  }

  private List<String> codedAs(@Nullable String system, String code) {
    return catalogue
        .codedAs(List.of(new org.trabecula.patient.statement.Coding(system, code, null)))
        .stream()
        .map(fact -> fact.code())
        .toList();
  }

  private List<Fact> facts() {
    return Known.facts(statements, catalogue, ucum);
  }

  private void state(
      String code, Presence presence, @Nullable String since, @Nullable String statedOn) {
    add(
        new StatedFact(
            code,
            presence,
            null,
            null,
            since,
            null,
            statedOn == null ? null : LocalDate.parse(statedOn),
            List.of()),
        Standing.ACTIVE);
  }

  private void add(Stated stated, Standing standing) {
    statements.add(
        new Statement(
            "alder",
            PATIENT,
            1,
            stated,
            standing,
            new Source("urn:test", Integer.toString(statements.size())),
            RECORDED));
  }
}
