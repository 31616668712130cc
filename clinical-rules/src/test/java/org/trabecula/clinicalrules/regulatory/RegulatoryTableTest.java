package org.trabecula.clinicalrules.regulatory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.clinicalrules.regulatory.PublishedTable.TABLE;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

  static Stream<RegulatoryRow> rows() {
    return TABLE.rows().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowAnswersTheQuestionThatItIsAbout(RegulatoryRow row) {
    List<RegulatoryFlag> flags =
        TABLE.flags(
            new RegulatoryQuestion(
                row.region(), row.agent(), row.forms(), row.population(), row.indication()));

    assertThat(flags).extracting(RegulatoryFlag::row).contains(row);
  }

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
