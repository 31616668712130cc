package org.trabecula.clinicalrules.regulatory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.clinicalrules.regulatory.Tables.GOOD;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trabecula.clinicalrules.regulatory.TableDiff.Field;
import org.trabecula.contracts.Region;

class TableDiffTest {
  private static final RegulatoryRow ROW = Tables.row(GOOD);
  private static final RegulatoryRow OTHER =
      Tables.row(GOOD.replace("EU-EMA", "UK-MHRA").replace(",men,", ",women,"));
  private static final String KEY = "EU/clomiphene/clomiphene-oral/male-hypogonadism/men";

  @Test
  void theSameTableInAnotherOrderDiffersInNothing() {
    TableDiff diff = TableDiff.between(List.of(ROW, OTHER), List.of(OTHER, ROW));

    assertThat(diff.changesNothing()).isTrue();
    assertThat(diff.agents()).isEmpty();
    assertThat(diff.text()).isEqualTo("0 added, 0 removed, 0 changed\n");
  }

  @Test
  void saysFieldByFieldWhatChanged() {
    RegulatoryRow after =
        Tables.row(
            "EU-EMA,clomiphene,oral,men (with or without T),male hypogonadism,WITHDRAWN,CIII,"
                + "a note,EPAR,found,low,2026-10");

    TableDiff diff = TableDiff.between(List.of(ROW, OTHER), List.of(after, OTHER));

    assertThat(diff.changesNothing()).isFalse();
    assertThat(diff.size()).isEqualTo(1);
    assertThat(diff.added()).isEmpty();
    assertThat(diff.removed()).isEmpty();
    assertThat(diff.changed())
        .containsExactly(
            new TableDiff.Changed(
                KEY,
                Region.EU,
                "clomiphene",
                List.of(
                    new Field("asOf", "2026-11", "2026-10"),
                    new Field("confidence", "high", "low"),
                    new Field("controlledSubstance", "none", "CIII"),
                    new Field("notes", null, "a note"),
                    new Field("population", "men", "men (with or without T)"),
                    new Field("provenance", "recalled", "found"),
                    new Field("source", "SmPC", "EPAR"),
                    new Field("status", "OFF_LABEL", "WITHDRAWN"))));
    assertThat(diff.agents()).containsExactly(new AgentInRegion(Region.EU, "clomiphene"));
    assertThat(diff.text())
        .startsWith("0 added, 0 removed, 1 changed\n~ " + KEY + "\n")
        .contains("    status: OFF_LABEL -> WITHDRAWN\n")
        .contains("    notes: (nothing) -> a note\n");
  }

  @Test
  void saysWhatIsNewAndWhatIsGone() {
    TableDiff diff = TableDiff.between(List.of(ROW), List.of(OTHER));

    assertThat(diff.size()).isEqualTo(2);
    assertThat(diff.changed()).isEmpty();
    assertThat(diff.removed()).extracting(TableDiff.Stated::key).containsExactly(KEY);
    assertThat(diff.added())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.fields())
                    .containsEntry("form", "clomiphene: oral")
                    .containsEntry("forms", "tablet")
                    .containsEntry("population", "women")
                    .containsEntry("appliesTo", "sex FEMALE")
                    .containsEntry("indication", "male hypogonadism")
                    .containsEntry("status", "OFF_LABEL")
                    .containsEntry("controlledSubstance", "none")
                    .containsEntry("source", "SmPC")
                    .containsEntry("provenance", "recalled")
                    .containsEntry("confidence", "high")
                    .containsEntry("asOf", "2026-11")
                    .doesNotContainKeys("notes", "prohibition"));
    assertThat(diff.agents())
        .containsExactlyInAnyOrder(
            new AgentInRegion(Region.EU, "clomiphene"), new AgentInRegion(Region.UK, "clomiphene"));
    assertThat(diff.text())
        .isEqualTo(
            """
            1 added, 1 removed, 0 changed
            + UK/clomiphene/clomiphene-oral/male-hypogonadism/women: OFF_LABEL, as of 2026-11, SmPC (recalled, high)
            - EU/clomiphene/clomiphene-oral/male-hypogonadism/men: OFF_LABEL, as of 2026-11, SmPC (recalled, high)
            """);
  }

  @Test
  void saysInWordsWhomARowIsAbout() {
    assertThat(
            diffOfNew(
                "US-FDA,testosterone in women,any,women,bone health / anti-ageing,OFF_LABEL,CIII,"
                    + "a note,-,found,high,2026-11"))
        .allSatisfy(
            row ->
                assertThat(row.fields())
                    .containsEntry("forms", "every form")
                    .containsEntry("notes", "a note"));
    assertThat(
            diffOfNew(
                "US-FDA,MPA / NETA,oral tablet,postmenopausal women with uterus,"
                    + "endometrial protection with estrogen,APPROVED,none,-,-,found,high,2026-11"))
        .extracting(row -> row.fields().get("appliesTo"))
        .containsOnly("sex FEMALE, menopause [POSTMENOPAUSAL, SURGICAL], uterus PRESENT");
    assertThat(
            diffOfNew(
                "US-FDA,somatropin,SC,adults without GHD,bone health / anti-ageing,NOT_APPROVED,"
                    + "21 USC 333(e),-,statute,found,high,2026-11"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.fields())
                    .containsEntry("appliesTo", "condition no-growth-hormone-deficiency")
                    .containsEntry("prohibition", "21 U.S.C. 333(e)"));
    assertThat(
            diffOfNew(
                "EU-EMA,sermorelin,SC,adults,bone health / anti-ageing,NOT_APPROVED,none,-,-,"
                    + "recalled,low,2026-11"))
        .extracting(row -> row.fields().get("appliesTo"))
        .containsExactly("anyone");
  }

  private static List<TableDiff.Stated> diffOfNew(String line) {
    return TableDiff.between(List.of(), Tables.read(Tables.HEADER, line).table().rows()).added();
  }
}
