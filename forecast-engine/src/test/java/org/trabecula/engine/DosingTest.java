package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The closed form against doses added up one by one.
class DosingTest {

  @ParameterizedTest
  @CsvSource({
    "testosterone-cypionate, 100, 7",
    "testosterone-cypionate, 200, 14",
    "testosterone-enanthate, 250, 21",
    "testosterone-undecanoate-im, 1000, 84",
    "estradiol-implant, 50, 182.5"
  })
  void peakMeanAndTroughAreThoseOfSuperposedDoses(String code, double dose, double interval) {
    Agent agent = Agents.shipped().find(code).orElseThrow();
    Dosing dosing = new Dosing(agent, 0, Double.POSITIVE_INFINITY, dose / interval, interval);
    double k = Math.log(2) / agent.halfLifeDays();
    double justAfterDose = 0;
    for (int n = 0; n < 400; n++) {
      justAfterDose += dose * Math.exp(-k * n * interval);
    }
    double mean = dose / interval;
    assertThat(dosing.peakRatio() * mean).isCloseTo(k * justAfterDose, within(1e-9 * mean));
    assertThat(dosing.troughRatio() * mean)
        .isCloseTo(k * justAfterDose * Math.exp(-k * interval), within(1e-9 * mean));
    assertThat(dosing.acting(4000)).isCloseTo(mean, within(1e-9 * mean));
  }

  @ParameterizedTest
  @CsvSource({"testosterone-cypionate, 8", "testosterone-undecanoate-im, 34"})
  void halfOfADepotIsGoneAfterAHalfLife(String code, double halfLife) {
    Agent agent = Agents.shipped().find(code).orElseThrow();
    Dosing dosing = new Dosing(agent, 0, 1000, 10, 7);
    assertThat(dosing.acting(halfLife)).isCloseTo(5, within(1e-9));
    assertThat(dosing.acting(1000 + halfLife)).isCloseTo(5, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"estradiol-patch", "anastrozole", "testosterone-gel"})
  void whatIsNoDepotActsWhileItIsGiven(String code) {
    Agent agent = Agents.shipped().find(code).orElseThrow();
    Dosing dosing = new Dosing(agent, 10, 20, 3, 1);
    assertThat(dosing.acting(9.9)).isZero();
    assertThat(dosing.acting(10)).isEqualTo(3);
    assertThat(dosing.acting(20)).isZero();
  }
}
