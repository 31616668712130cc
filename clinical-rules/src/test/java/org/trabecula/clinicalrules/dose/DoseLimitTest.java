package org.trabecula.clinicalrules.dose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.clinicalrules.dose.DoseLimit.Basis;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Quantity;

class DoseLimitTest {

  @ParameterizedTest
  @CsvSource({
    // basis, unit of the limit, dose, unit, interval in d, as needed a week, expected
    "PER_WEEK,         mg,   100,  mg,   7,      ,  100",
    "PER_WEEK,         mg,   400,  mg,   28,     ,  100",
    "PER_WEEK,         mg,   0.5,  mg,   ,      2,  1",
    "PER_WEEK,         mg,   1,    mg,   1,      ,  7",
    "PER_DAY,          mg,   2,    mg,   1,      ,  2",
    "PER_DAY,          mg,   50,   mg,   2,      ,  50",
    "PER_DAY,          mg,   237,  mg,   0.5,    ,  474",
    "PER_DAY,          ug,   0.2,  mg,   1,      ,  200",
    "PER_DAY,          mg,   200,  ug,   1,      ,  0.2",
    "PER_DAY,          mg,   1,    mg,   ,     14,  2",
    "PER_DOSE,         mg,   1000, mg,   84,     ,  1000",
    "RELEASED_PER_DAY, ug/d, 50,   ug/d, 3.5,    ,  50",
  })
  void countsADoseOnItsBasis(
      Basis basis,
      String unit,
      BigDecimal dose,
      String doseUnit,
      @Nullable BigDecimal interval,
      @Nullable BigDecimal perWeek,
      BigDecimal expected) {
    Dosing dosing = new Dosing(new Quantity(dose, doseUnit), interval, perWeek);

    assertThat(limit(basis, unit, 1).normalised(dosing)).isEqualByComparingTo(expected);
  }

  @Test
  void refusesWhatIsOverTheLimitAndNotWhatIsAtIt() {
    DoseLimit limit = limit(Basis.PER_WEEK, "mg", 300);

    assertThat(limit.refuses(weekly("300"))).isFalse();
    assertThat(limit.refuses(weekly("300.001"))).isTrue();
    assertThat(limit.refusal(weekly("2000")))
        .isEqualTo("DOSE-LIMIT: 2000 mg a week is over the limit of 300 mg (usual 1 to 1)");
  }

  @Test
  void aReleaseRateDoesNotCompareWithAMass() {
    assertThatThrownBy(() -> limit(Basis.RELEASED_PER_DAY, "ug/d", 200).normalised(weekly("50")))
        .hasMessage("unit: mg does not compare with ug/d");
  }

  @Test
  void limitsMustRise() {
    assertThatThrownBy(() -> limit(Basis.PER_DAY, "mg", 0.5)).hasMessageContaining("limits rise");
  }

  @Test
  void aLimitOfOneSexDoesNotHoldForTheOther() {
    BigDecimal one = BigDecimal.ONE;
    DoseLimit women =
        new DoseLimit(
            Sex.FEMALE, Basis.PER_WEEK, "mg", one, one, one, one, "test", "assumed", null);

    assertThat(women.holdsFor(Sex.FEMALE)).isTrue();
    assertThat(women.holdsFor(Sex.MALE)).isFalse();
    assertThat(women.holdsFor(Sex.UNKNOWN)).isFalse();
  }

  @Test
  void aDepotMayNotFollowTooSoon() {
    IntervalLimit limit =
        new IntervalLimit(BigDecimal.valueOf(70), BigDecimal.valueOf(42), null, "test", "assumed");

    assertThat(limit.refuses(every("42"), null)).isFalse();
    assertThat(limit.refuses(every("41"), null)).isTrue();
    assertThat(limit.refusal()).isEqualTo("DOSE-LIMIT: less than 42 days between doses");
  }

  @Test
  void aDosingStatesEitherAnIntervalOrAnExpectation() {
    assertThatThrownBy(() -> new Dosing(new Quantity(BigDecimal.ONE, "mg"), null, null))
        .hasMessageContaining("exactly one");
  }

  private static Dosing weekly(String milligrams) {
    return new Dosing(new Quantity(new BigDecimal(milligrams), "mg"), BigDecimal.valueOf(7), null);
  }

  private static Dosing every(String days) {
    return new Dosing(new Quantity(BigDecimal.valueOf(1000), "mg"), new BigDecimal(days), null);
  }

  private static DoseLimit limit(Basis basis, String unit, double hard) {
    BigDecimal one = BigDecimal.ONE;
    return new DoseLimit(
        null, basis, unit, one, one, one, BigDecimal.valueOf(hard), "test", "assumed", null);
  }
}
