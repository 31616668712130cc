package org.trabecula.clinicalrules.regulatory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.trabecula.clinicalrules.regulatory.Tables.GOOD;
import static org.trabecula.clinicalrules.regulatory.Tables.HEADER;
import static org.trabecula.clinicalrules.regulatory.Tables.NOW;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedTableTest {

  @Test
  void theShippedTableHasEveryLineOfItsFile() {
    PublishedTable shipped = PublishedTable.shipped();

    assertThat(shipped.file()).isEqualTo(Tables.FILE);
    assertThat(Tables.STATED).hasSize(Tables.LINES.size() - 1).hasSize(170);
    assertThat(shipped.asOf()).isEqualTo(NOW);
    assertThat(shipped.version()).matches("[0-9a-f]{16}");
  }

  @Test
  void theSameFileIsTheSameVersionAndAnotherIsAnother() {
    assertThat(PublishedTable.read(Tables.FILE.getBytes(UTF_8), NOW).version())
        .isEqualTo(PublishedTable.shipped().version());
    assertThat(Tables.read(HEADER, GOOD).version())
        .isNotEqualTo(Tables.read(HEADER, GOOD, "").version());
  }

  @Test
  void aTableIsAsOldAsItsNewestRow() {
    assertThat(
            Tables.read(HEADER, GOOD.replace("2026-11", "2025-01"), GOOD.replace("men", "women"))
                .asOf())
        .isEqualTo(NOW);
    assertThat(Tables.read(HEADER, GOOD.replace("2026-11", "2025-01")).asOf())
        .hasToString("2025-01");
  }

  @Test
  void columnsMayStandInAnotherOrderAndLinesMayBeEmpty() {
    String header =
        "as_of,agent,route_form,population,indication,status,controlled_substance,notes,source,"
            + "provenance,confidence,region";
    String line =
        "2026-10,clomiphene,oral,men,male hypogonadism,OFF_LABEL,CIII,a note,SmPC,found,low,EU-EMA";

    RegulatoryRow row = Tables.read("\uFEFF" + header, "", line, "").table().rows().getFirst();

    assertThat(row.asOf()).hasToString("2026-10");
    assertThat(row.region()).hasToString("EU");
    assertThat(row.notes()).isEqualTo("a note");
    assertThat(row.controlledSubstance()).isEqualTo("CIII");
    assertThat(row.provenance()).isEqualTo("found");
    assertThat(row.confidence()).isEqualTo("low");
  }

  @Test
  void aDashIsNoNote() {
    assertThat(Tables.row(GOOD).notes()).isNull();
  }

  static Stream<Arguments> badCells() {
    String statuses = "is none of APPROVED, OFF_LABEL, COMPOUNDED_ONLY, NOT_APPROVED, WITHDRAWN";
    return Stream.of(
        arguments("EU-EMA", "BR-ANVISA", "region", "no alias for 'BR-ANVISA'"),
        arguments("clomiphene", "aspirin", "agent", "no alias for 'aspirin'"),
        arguments("oral", "syrup", "route_form", "no alias for 'syrup'"),
        arguments("men", "cats", "population", "no alias for 'cats'"),
        arguments("male hypo", "hyper", "indication", "no alias for 'hypergonadism'"),
        arguments("OFF_LABEL", "TOLERATED", "status", "'TOLERATED' " + statuses),
        arguments("OFF_LABEL", "UNKNOWN", "status", "'UNKNOWN' " + statuses),
        arguments("recalled", "guessed", "provenance", "'guessed' is none of found, recalled"),
        arguments("high", "total", "confidence", "'total' is none of high, medium, low"),
        arguments("2026-11", "2026-12", "as_of", "2026-12 is in the future"),
        arguments("2026-11", "11/2026", "as_of", "'11/2026' is no month such as 2026-11"),
        arguments("SmPC", "", "source", "is blank; write - for nothing"),
        arguments("SmPC", " ", "source", "is blank; write - for nothing"),
        arguments("SmPC", "\"a\nb\"", "source", "has a line break or another control character"),
        arguments("SmPC", "x".repeat(4001), "source", "is longer than 4000 characters"),
        arguments("EU-EMA", "Q".repeat(121), "region", "no alias for '" + "Q".repeat(120) + "…'"));
  }

  @ParameterizedTest
  @MethodSource("badCells")
  void namesLineColumnAndReason(String cell, String instead, String column, String reason) {
    String bad = GOOD.replaceFirst(cell, instead);

    assertThat(mistakes(HEADER, GOOD, bad)).containsExactly(new Mistake(3, column, reason));
  }

  @Test
  void aCellMayBeAsLongAsTheLongest() {
    assertThat(Tables.row(GOOD.replace("SmPC", "x".repeat(4000))).source()).hasSize(4000);
  }

  @Test
  void namesEveryMistakeAndNotTheFirstAlone() {
    String strange = GOOD.replace("EU-EMA", "BR").replace("oral", "syrup").replace("high", "so so");

    assertThat(mistakes(HEADER, strange, GOOD, "EU-EMA,clomiphene", strange.replace("men", "")))
        .extracting(mistake -> mistake.line() + " " + mistake.column())
        .containsExactly("2 region", "2 route_form", "2 confidence", "4 row", "5 population");
  }

  @Test
  void namesTheLineInWhichARowStarts() {
    String note = GOOD.replace(",-,", ",\"a\nb\",");

    assertThat(mistakes(HEADER, note, "", GOOD.replace("EU-EMA", "BR")))
        .extracting(Mistake::line)
        .containsExactly(2, 5);
  }

  @Test
  void refusesARowThatIsThereAgainAndNamesTheFirst() {
    assertThat(mistakes(HEADER, GOOD, GOOD.replace("OFF_LABEL", "APPROVED")))
        .containsExactly(
            new Mistake(
                3, "row", "is line 2 again: EU/clomiphene/clomiphene-oral/male-hypogonadism/men"));
  }

  @Test
  void refusesLinesWithMoreOrFewerCellsThanTheHeader() {
    assertThat(mistakes(HEADER, GOOD + ",more", "EU-EMA,clomiphene"))
        .containsExactly(
            new Mistake(2, "row", "has 13 cells, and the header names 12"),
            new Mistake(3, "row", "has 2 cells, and the header names 12"));
  }

  @Test
  void refusesAHeaderWithColumnsThatAreMissingDoubledOrUnknown() {
    assertThat(mistakes(HEADER.replace("status", "state").replace("notes", "source"), GOOD))
        .containsExactly(
            new Mistake(1, "status", "the header does not name it"),
            new Mistake(1, "notes", "the header does not name it"),
            new Mistake(1, "source", "the header names it twice"),
            new Mistake(1, "state", "no such column"));
  }

  @Test
  void refusesAFileWithoutRows() {
    assertThat(mistakes("")).containsExactly(new Mistake(1, "row", "there is no header"));
    assertThat(mistakes(HEADER))
        .containsExactly(new Mistake(1, "row", "there is no row below the header"));
  }

  @Test
  void refusesAQuoteThatDoesNotEnd() {
    assertThat(mistakes(HEADER, GOOD, GOOD.replace("SmPC", "\"SmPC")))
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.line()).isEqualTo(3))
        .satisfies(mistake -> assertThat(mistake.reason()).contains("closing quote"));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    UnreadableTable refusal =
        catchThrowableOfType(
            UnreadableTable.class,
            () -> PublishedTable.read((HEADER + "\n" + GOOD + "ü").getBytes(ISO_8859_1), NOW));

    assertThat(refusal.mistakes()).containsExactly(new Mistake(1, "row", "the file is not UTF-8"));
    assertThat(refusal)
        .hasMessage("The regulatory table cannot be read: line 1, row: the file is not UTF-8");
  }

  private static List<Mistake> mistakes(String... lines) {
    return catchThrowableOfType(UnreadableTable.class, () -> Tables.read(lines)).mistakes();
  }
}
