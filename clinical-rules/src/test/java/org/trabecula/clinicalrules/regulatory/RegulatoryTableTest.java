package org.trabecula.clinicalrules.regulatory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trabecula.clinicalrules.regulatory.Tables.TABLE;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.RegulatoryStatus;

class RegulatoryTableTest {

  private static final Population MAN =
      Population.ofPatient(Sex.MALE, MenopausalStatus.NOT_APPLICABLE, Presence.ABSENT);
  private static final Population LATE_WOMAN =
      Population.ofPatient(Sex.FEMALE, MenopausalStatus.POSTMENOPAUSAL, Presence.PRESENT);
  private static final Population YOUNG_WOMAN =
      Population.ofPatient(Sex.FEMALE, MenopausalStatus.PREMENOPAUSAL, Presence.PRESENT);

  @Test
  void cypionateInMenIsAuthorisedInTheUnitedStatesAndNotInEurope() {
    assertThat(statuses(Region.US, "testosterone-cypionate", MAN, "male-hypogonadism"))
        .containsExactly(RegulatoryStatus.APPROVED);
    assertThat(statuses(Region.EU, "testosterone-cypionate", MAN, "male-hypogonadism"))
        .containsExactly(RegulatoryStatus.NOT_APPROVED);
  }

  @Test
  void whatIsSaidOfMenIsNotAnsweredForAWoman() {
    assertThat(TABLE.flags(question(Region.US, "testosterone-cypionate", LATE_WOMAN, null)))
        .extracting(flag -> flag.row().population().sex())
        .containsOnly(Sex.FEMALE);
  }

  @Test
  void whatIsSaidOfPostmenopausalWomenIsUnknownBeforeMenopause() {
    assertThat(statuses(Region.UK, "estradiol-patch", YOUNG_WOMAN, null))
        .containsExactly(RegulatoryStatus.UNKNOWN);
  }

  @Test
  void anUnknownSexIsShownWhatIsSaidOfBoth() {
    Population unknown =
        Population.ofPatient(Sex.UNKNOWN, MenopausalStatus.UNKNOWN, Presence.UNKNOWN);

    assertThat(TABLE.flags(question(Region.US, "testosterone-gel", unknown, null)))
        .extracting(flag -> flag.row().population().sex())
        .contains(Sex.FEMALE, Sex.MALE);
  }

  @Test
  void aPatchIsNotAnsweredForAGel() {
    RegulatoryQuestion gelInChina =
        new RegulatoryQuestion(Region.CN, "testosterone-gel", Set.of("gel"), MAN, null);

    assertThat(TABLE.flags(gelInChina))
        .extracting(RegulatoryFlag::status)
        .containsExactly(RegulatoryStatus.UNKNOWN);
  }

  @Test
  void customCompoundingIsNotAnsweredForALicensedForm() {
    RegulatoryQuestion gelInChina =
        new RegulatoryQuestion(Region.CN, "estradiol-gel", Set.of("gel"), LATE_WOMAN, null);

    assertThat(TABLE.flags(gelInChina))
        .extracting(RegulatoryFlag::status)
        .containsOnly(RegulatoryStatus.APPROVED);
  }

  @Test
  void aPairWithoutRowsIsOneUnknown() {
    List<RegulatoryFlag> flags = TABLE.flags(RegulatoryQuestion.of(Region.JP, "tibolone"));

    assertThat(flags).hasSize(1);
    assertThat(flags.getFirst().status()).isEqualTo(RegulatoryStatus.UNKNOWN);
    assertThat(flags.getFirst().statement())
        .isEqualTo("Nothing is known of this agent in JP (PMDA); that is no approval.");
  }

  @Test
  void withdrawnCountsAsNotApprovedInItsOwnWords() {
    RegulatoryFlag intrinsa =
        TABLE.flags(question(Region.EU, "testosterone-patch", Population.ANYONE, "hsdd")).stream()
            .filter(flag -> flag.status() == RegulatoryStatus.WITHDRAWN)
            .findFirst()
            .orElseThrow();

    assertThat(intrinsa.effectiveStatus()).isEqualTo(RegulatoryStatus.NOT_APPROVED);
    assertThat(intrinsa.statement()).contains("withdrawn since").contains("as of 2026-11");
  }

  @Test
  void aMonthCountsFromItsFirstDay() {
    assertThat(TABLE.rows().getFirst().checkedOn()).isEqualTo(LocalDate.of(2026, 11, 1));
  }

  @Test
  void aRowIsStaleWhenItIsOlderThanAHundredAndEightyDays() {
    RegulatoryRow row = TABLE.rows().getFirst();

    assertThat(row.staleOn(LocalDate.of(2027, 4, 30))).isFalse();
    assertThat(row.staleOn(LocalDate.of(2027, 5, 1))).isTrue();
  }

  @Test
  void aRowOfTheIndicationIsPreferredToAnyOther() {
    assertThat(statuses(Region.US, "sermorelin", Population.ANYONE, "paediatric-ghd"))
        .containsExactly(RegulatoryStatus.WITHDRAWN);
    assertThat(statuses(Region.US, "sermorelin", Population.ANYONE, "bone-or-anti-ageing"))
        .containsExactly(RegulatoryStatus.COMPOUNDED_ONLY);
    assertThat(statuses(Region.US, "sermorelin", Population.ANYONE, null))
        .containsExactly(RegulatoryStatus.COMPOUNDED_ONLY, RegulatoryStatus.WITHDRAWN);
  }

  @Test
  void anIndicationThatTheTableDoesNotKnowIsNoWayAroundAProductThatIsNotAuthorised() {
    assertThat(statuses(Region.US, "ipamorelin", MAN, "male-hypogonadism"))
        .containsExactly(RegulatoryStatus.NOT_APPROVED);
    assertThat(statuses(Region.US, "sermorelin", Population.ANYONE, "hsdd"))
        .containsExactly(RegulatoryStatus.COMPOUNDED_ONLY, RegulatoryStatus.WITHDRAWN);
  }

  @Test
  void anApprovalOrOffLabelUseSaysNothingOfAnotherIndication() {
    assertThat(statuses(Region.US, "estradiol-patch", LATE_WOMAN, "hsdd"))
        .containsExactly(RegulatoryStatus.UNKNOWN);
    assertThat(statuses(Region.US, "anastrozole", MAN, "male-hypogonadism"))
        .containsExactly(RegulatoryStatus.UNKNOWN);
  }

  @Test
  void growthHormoneAgainstAgeingIsForbiddenByLawInTheUnitedStates() {
    RegulatoryFlag flag =
        TABLE
            .flags(question(Region.US, "somatropin", Population.ANYONE, "bone-or-anti-ageing"))
            .getFirst();

    assertThat(flag.prohibitedByLaw()).isTrue();
    assertThat(flag.effectiveStatus()).isEqualTo(RegulatoryStatus.NOT_APPROVED);
    assertThat(flag.statement())
        .isEqualTo(
            "Forbidden by law in US (FDA) for bone health / anti-ageing (21 U.S.C. 333(e));"
                + " as of 2026-11.");
    assertThat(TABLE.flags(question(Region.US, "somatropin", MAN, "male-hypogonadism")))
        .extracting(RegulatoryFlag::prohibitedByLaw)
        .containsExactly(true);
  }

  @Test
  void growthHormoneInDeficiencyAndElsewhereIsNotForbiddenByLaw() {
    assertThat(TABLE.flags(question(Region.US, "somatropin", Population.ANYONE, "adult-ghd")))
        .extracting(RegulatoryFlag::prohibitedByLaw)
        .containsExactly(false);
    assertThat(TABLE.flags(question(Region.US, "ipamorelin", Population.ANYONE, null)))
        .extracting(RegulatoryFlag::prohibitedByLaw)
        .containsExactly(false);
    assertThat(TABLE.flags(RegulatoryQuestion.of(Region.JP, "tibolone")))
        .extracting(RegulatoryFlag::prohibitedByLaw)
        .containsExactly(false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          APPROVED        | Authorised in EU (EMA) for male hypogonadism; as of 2026-11.
          OFF_LABEL       | Off-label in EU (EMA) for male hypogonadism: record indication and consent; as of 2026-11.
          COMPOUNDED_ONLY | Compounded only in EU (EMA) for male hypogonadism, no authorised product; as of 2026-11.
          NOT_APPROVED    | No authorised product in EU (EMA) for male hypogonadism; as of 2026-11.
          WITHDRAWN       | Authorised in EU (EMA) for male hypogonadism once and withdrawn since: counts as not approved; as of 2026-11.
          """)
  void everyStatusIsASentence(RegulatoryStatus status, String sentence) {
    RegulatoryRow row = Tables.with(Tables.row(Tables.GOOD), status, Tables.NOW);

    assertThat(new RegulatoryFlag(row.region(), row.agent(), row).statement()).isEqualTo(sentence);
  }

  @Test
  void noRowSaysThatNothingIsKnown() {
    assertThatThrownBy(
            () -> Tables.with(Tables.row(Tables.GOOD), RegulatoryStatus.UNKNOWN, Tables.NOW))
        .hasMessage("status: a row states something; UNKNOWN is no row");
  }

  @Test
  void twoRowsWithOneKeyAreNoTable() {
    RegulatoryRow row = Tables.row(Tables.GOOD);

    assertThatThrownBy(() -> new RegulatoryTable(List.of(row, row)))
        .hasMessageStartingWith("key: 2 rows are EU/clomiphene/");
  }

  private static List<RegulatoryStatus> statuses(
      Region region, String agent, Population population, @Nullable String indication) {
    return TABLE.flags(question(region, agent, population, indication)).stream()
        .map(RegulatoryFlag::status)
        .toList();
  }

  private static RegulatoryQuestion question(
      Region region, String agent, Population population, @Nullable String indication) {
    return new RegulatoryQuestion(region, agent, Set.of(), population, indication);
  }
}
