package org.trabecula.clinicalrules.regulatory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.clinicalrules.regulatory.Tables.TABLE;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.GrowthHormoneDeficiency;
import org.trabecula.contracts.ProfileRecorded.Hypogonadism;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Menopause;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.ProfileRecorded.Smoking;
import org.trabecula.contracts.Region;

class PopulationTest {

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "MALE, MALE, true",
    "MALE, FEMALE, false",
    "MALE, UNKNOWN, true",
    "UNKNOWN, FEMALE, true"
  })
  void onlyAStatedContradictionOfSexKeepsApart(Sex one, Sex other, boolean overlap) {
    assertThat(of(one, Presence.UNKNOWN, null).overlaps(of(other, Presence.UNKNOWN, null)))
        .isEqualTo(overlap);
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "PRESENT, PRESENT, true",
    "PRESENT, ABSENT, false",
    "PRESENT, UNKNOWN, true",
    "UNKNOWN, ABSENT, true"
  })
  void onlyAStatedContradictionOfTheUterusKeepsApart(
      Presence one, Presence other, boolean overlap) {
    assertThat(of(Sex.FEMALE, one, null).overlaps(of(Sex.FEMALE, other, null))).isEqualTo(overlap);
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({"a, a, true", "a, b, false", "a, , true", ", b, true", ", , true"})
  void onlyAnotherConditionKeepsApart(
      @Nullable String one, @Nullable String other, boolean overlap) {
    assertThat(
            of(Sex.UNKNOWN, Presence.UNKNOWN, one)
                .overlaps(of(Sex.UNKNOWN, Presence.UNKNOWN, other)))
        .isEqualTo(overlap);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "PREMENOPAUSAL, false",
    "PERIMENOPAUSAL, false",
    "POSTMENOPAUSAL, true",
    "SURGICAL, true",
    "UNKNOWN, true",
    "NOT_APPLICABLE, true"
  })
  void whatIsSaidOfPostmenopausalWomenHoldsForWhoMayBeOne(MenopausalStatus status, boolean holds) {
    Population postmenopausal =
        new Population(
            "postmenopausal-women",
            Sex.FEMALE,
            Set.of(MenopausalStatus.POSTMENOPAUSAL, MenopausalStatus.SURGICAL),
            Presence.UNKNOWN,
            null);
    Population patient = Population.ofPatient(Sex.FEMALE, status, Presence.UNKNOWN);

    assertThat(postmenopausal.overlaps(patient)).isEqualTo(holds);
    assertThat(patient.overlaps(postmenopausal)).isEqualTo(holds);
  }

  @ParameterizedTest(name = "deficiency {0}, hypogonadism {1}: {2}")
  @CsvSource({
    "UNKNOWN, UNKNOWN, ''",
    "PRESENT, UNKNOWN, no-growth-hormone-deficiency",
    "ABSENT, UNKNOWN, growth-hormone-deficiency",
    "UNKNOWN, NONE, central-hypogonadism hypogonadism",
    "UNKNOWN, PRIMARY, central-hypogonadism",
    "UNKNOWN, CENTRAL, ''"
  })
  void aProfileRulesOutWhatContradictsIt(
      Presence deficiency, HypogonadismKind hypogonadism, String ruledOut) {
    Population patient = Population.ofPatient(profile(deficiency, hypogonadism));

    assertThat(String.join(" ", patient.ruledOut())).isEqualTo(ruledOut);
    assertThat(patient.sex()).isEqualTo(Sex.MALE);
    assertThat(patient.uterus()).isEqualTo(Presence.ABSENT);
    assertThat(patient.menopause()).isEmpty();
    for (String condition : patient.ruledOut()) {
      Population others = of(Sex.UNKNOWN, Presence.UNKNOWN, condition);
      assertThat(patient.overlaps(others)).isFalse();
      assertThat(others.overlaps(patient)).isFalse();
    }
  }

  @Test
  void everyConditionThatAProfileRulesOutIsOneOfTheTable() {
    assertThat(Tables.ALIASES.populations())
        .extracting(RegulatoryAliases.PopulationAlias::condition)
        .contains(
            Population.DEFICIENT,
            Population.NOT_DEFICIENT,
            Population.HYPOGONADISM,
            Population.CENTRAL_HYPOGONADISM);
  }

  @Test
  void growthHormoneIsForbiddenToWhoIsKnownNotToLackItAndNotToWhoDoes() {
    assertThat(growthHormone(Presence.PRESENT))
        .extracting(RegulatoryFlag::prohibitedByLaw)
        .containsExactly(false);
    assertThat(growthHormone(Presence.ABSENT))
        .extracting(RegulatoryFlag::prohibitedByLaw)
        .containsExactly(true);
    assertThat(growthHormone(Presence.UNKNOWN))
        .extracting(RegulatoryFlag::prohibitedByLaw)
        .containsExactly(false, true);
  }

  private static List<RegulatoryFlag> growthHormone(Presence deficiency) {
    return TABLE.flags(
        new RegulatoryQuestion(
            Region.US,
            "somatropin",
            Set.of(),
            Population.ofPatient(profile(deficiency, HypogonadismKind.UNKNOWN)),
            null));
  }

  private static Population of(Sex sex, Presence uterus, @Nullable String condition) {
    return new Population("some", sex, Set.of(), uterus, condition);
  }

  private static ProfileRecorded profile(Presence deficiency, HypogonadismKind hypogonadism) {
    return new ProfileRecorded(
        new UUID(0, 1),
        1,
        Region.US,
        Sex.MALE,
        null,
        null,
        false,
        new Menopause(MenopausalStatus.NOT_APPLICABLE, null),
        Presence.ABSENT,
        new Hypogonadism(hypogonadism, null),
        new GrowthHormoneDeficiency(deficiency, null),
        null,
        null,
        Smoking.UNKNOWN,
        List.of(),
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
