package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trabecula.engine.Factors.Shift;
import org.trabecula.engine.Person.Factor;
import org.trabecula.engine.Person.MenopausalStatus;
import org.trabecula.engine.Refusal.Reason;
import org.trabecula.engine.ensemble.Trait;

class FactorsTest {

  private static final Factor SMOKES = new Factor("smoking", "current");

  @Test
  void nothingKnownShiftsNothing() {
    Factors.Shifts shifts = Factors.shipped().shifts(List.of(), () -> true);
    assertThat(shifts.traits()).isEmpty();
    assertThat(shifts.peakBmd()).isEqualTo(Shift.NONE);
  }

  @Test
  void smokingTakesFromOralEstrogenAlone() {
    Trait exposure = Trait.ESTRADIOL_EXPOSURE;
    assertThat(Factors.shipped().shifts(List.of(SMOKES), () -> true).of(exposure).ln())
        .isNegative();
    assertThat(Factors.shipped().shifts(List.of(SMOKES), () -> false).of(exposure))
        .isEqualTo(Shift.NONE);
  }

  @Test
  void severalFactorsAddUp() {
    Factor diabetes = new Factor("type-2-diabetes", "yes");
    Factors.Shifts both = Factors.shipped().shifts(List.of(SMOKES, diabetes), () -> false);
    assertThat(both.peakBmd().ln()).isCloseTo(-0.02 + 0.04, within(1e-12));
    assertThat(both.peakBmd().widen(0.125)).isCloseTo(Math.hypot(0.125, 0.03), within(1e-12));
  }

  @Test
  void aParentsHipFractureLowersWhatIsExpectedWithoutAScan() {
    double without = hip(forecast());
    double with = hip(forecast(new Factor("parental-hip-fracture", "yes")));
    assertThat(with / without).isCloseTo(Math.exp(-0.03), within(1e-6));
  }

  @Test
  void anUnknownFactorIsRefusedByItsPlace() {
    Outcome outcome = Requests.ENGINE.forecast(request(SMOKES, new Factor("smoking", "cigars")));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(Reason.FACTOR_UNKNOWN);
              assertThat(refusal.field()).isEqualTo("person.factors[1]");
            });
  }

  private static double hip(Forecast forecast) {
    return Requests.at(forecast, Quantity.TOTAL_HIP_BMD, 0);
  }

  private static Forecast forecast(Factor... factors) {
    return (Forecast) Requests.ENGINE.forecast(request(factors));
  }

  private static ForecastRequest request(Factor... factors) {
    Person p =
        Requests.woman("1971-05", MenopausalStatus.POSTMENOPAUSAL, LocalDate.parse("2022-06-01"));
    Person person =
        new Person(
            p.sex(),
            p.birth(),
            p.menopausalStatus(),
            p.finalMenstrualPeriod(),
            p.hypogonadism(),
            p.hypogonadismOnset(),
            p.growthHormoneDeficiency(),
            p.growthHormoneDeficiencyOnset(),
            p.cortisol(),
            p.heightCm(),
            p.weightKg(),
            Arrays.asList(factors),
            false);
    return new ForecastRequest(Requests.AS_OF, 12, person, List.of(), List.of(), Requests.SEED);
  }
}
