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

  @ParameterizedTest
  @CsvSource({
    // mg a week, asked about, usual
    "49.999, false, false",
    "50,     false, true",
    "100,    false, true",
    "150,    false, true",
    "150.01, true,  false",
    "300,    true,  false",
  })
  void asksAboutWhatIsAboveTheUsual(String milligrams, boolean asks, boolean usual) {
    DoseLimit limit =
        new DoseLimit(
            null,
            Basis.PER_WEEK,
            "mg",
            BigDecimal.valueOf(50),
            BigDecimal.valueOf(100),
            BigDecimal.valueOf(150),
            BigDecimal.valueOf(300),
            "test",
            "assumed",
            null);

    assertThat(limit.asks(weekly(milligrams))).isEqualTo(asks);
    assertThat(limit.isUsual(weekly(milligrams))).isEqualTo(usual);
  }

  @Test
  void aLimitOfEverybodyHoldsForEverybody() {
    assertThat(Sex.values()).allMatch(limit(Basis.PER_DAY, "mg", 1)::holdsFor);
  }

  @Test
  void anotherDoseIsGivenAsOften() {
    Quantity other = new Quantity(BigDecimal.TWO, "ug");

    assertThat(weekly("1").of(other)).isEqualTo(new Dosing(other, BigDecimal.valueOf(7), null));
    assertThat(new Dosing(other, null, BigDecimal.TEN).of(other).perWeek()).isEqualTo("10");
  }

  @Test
  void aReleaseRateDoesNotCompareWithAMass() {
    assertThatThrownBy(() -> limit(Basis.RELEASED_PER_DAY, "ug/d", 200).normalised(weekly("50")))
        .hasMessage("unit: mg does not compare with ug/d");
    var rate = new Dosing(new Quantity(BigDecimal.TEN, "ug/d"), BigDecimal.ONE, null);
    assertThatThrownBy(() -> limit(Basis.PER_DAY, "mg", 200).normalised(rate))
        .hasMessage("unit: ug/d does not compare with mg");
  }

  @Test
  void limitsMustRise() {
    assertThatThrownBy(() -> limit(Basis.PER_DAY, "mg", 0.5)).hasMessageContaining("limits rise");
    assertThatThrownBy(() -> rising(2, 1, 3, 4)).hasMessageContaining("limits rise");
    assertThatThrownBy(() -> rising(1, 3, 2, 4)).hasMessageContaining("limits rise");
    assertThatThrownBy(() -> rising(1, 2, 4, 3)).hasMessageContaining("limits rise");
    assertThat(rising(1, 1, 1, 1).hardAbove()).isEqualTo("1");
  }

  private static DoseLimit rising(long low, long high, long warn, long hard) {
    return new DoseLimit(
        null,
        Basis.PER_DAY,
        "mg",
        BigDecimal.valueOf(low),
        BigDecimal.valueOf(high),
        BigDecimal.valueOf(warn),
        BigDecimal.valueOf(hard),
        "test",
        "assumed",
        null);
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
    assertThat(limit.refuses(every("41.9"), null)).isTrue();
    assertThat(limit.refuses(every("41.9"), 1L)).isTrue();
    assertThat(limit.refusal()).isEqualTo("DOSE-LIMIT: less than 42 days between doses");
    assertThat(limit.asks(every("69.9"))).isTrue();
    assertThat(limit.asks(every("70"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // interval in d, days of the step, refused
    "28,   28, false",
    "28,   56, false",
    "28,   57, true",
    "28,     , true",
    "27.9, 28, true",
    "35,   70, false",
    "35,   71, true",
    "42,     , false",
  })
  void aDepotMayBeLoadedWithItsFirstDoses(String interval, @Nullable Long days, boolean refused) {
    IntervalLimit limit =
        new IntervalLimit(
            BigDecimal.valueOf(70),
            BigDecimal.valueOf(42),
            new IntervalLimit.Loading(BigDecimal.valueOf(28), 2, "test", "assumed"),
            "test",
            "assumed");

    assertThat(limit.refuses(every(interval), days)).isEqualTo(refused);
    assertThat(limit.refusal())
        .isEqualTo(
            "DOSE-LIMIT: less than 42 days between doses, but for a first course of at most 2"
                + " doses at least 28 days apart");
  }

  @Test
  void aDosingStatesEitherAnIntervalOrAnExpectation() {
    var dose = new Quantity(BigDecimal.ONE, "mg");

    assertThatThrownBy(() -> new Dosing(dose, null, null)).hasMessageContaining("exactly one");
    assertThatThrownBy(() -> new Dosing(dose, BigDecimal.ONE, BigDecimal.ONE))
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
