package org.trabecula.engine.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalTest {

  /// Tabulated to the digits given.
  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.975, 1.959963984540054",
    "0.9, 1.2815515655446004",
    "0.75, 0.6744897501960817",
    "0.025, -1.959963984540054",
    "0.001, -3.090232306167813",
    "1e-9, -5.997807015007686"
  })
  void knowsTheTable(double p, double z) {
    assertThat(Normal.quantile(p)).isCloseTo(z, within(1e-12));
    assertThat(Normal.cdf(z)).isCloseTo(p, within(1e-11 * p));
  }

  @Test
  void quantileUndoesTheDistribution() {
    for (double p = 1e-12; p < 0.5; p *= 1.7) {
      assertThat(Normal.cdf(Normal.quantile(p))).isCloseTo(p, within(1e-10 * p));
      assertThat(Normal.quantile(1 - p)).isCloseTo(-Normal.quantile(p), within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void refusesWhatIsNoProbability(double p) {
    assertThatIllegalArgumentException().isThrownBy(() -> Normal.quantile(p));
  }
}
