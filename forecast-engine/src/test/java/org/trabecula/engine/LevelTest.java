package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LevelTest {

  private static final double BETWEEN = 0.125;
  private static final double ERROR = 0.012;
  private static final double DRIFT = 0.008;

  @Test
  void oneResultShrinksTowardsThePopulation() {
    Level level = Level.of(0.35, 0, List.of(new Level.Result(-30, Math.log(2), 0.15 * 0.15)));
    double weight = 0.35 * 0.35 / (0.35 * 0.35 + 0.15 * 0.15);
    assertThat(level.mean()).isCloseTo(weight * Math.log(2), within(1e-12));
    assertThat(level.sd()).isCloseTo(0.35 * Math.sqrt(1 - weight), within(1e-12));
  }

  @Test
  void noResultLeavesThePopulation() {
    assertThat(Level.of(BETWEEN, DRIFT, List.of())).isEqualTo(new Level(0, BETWEEN));
  }

  /// Two scans, solved by hand from the covariance s^2 + d^2 min(ti, tj) + e^2 I.
  @Test
  void filteringEqualsTheFullCovariance() {
    double years = 3;
    double[] r = {0.05, -0.02};
    double s = BETWEEN * BETWEEN;
    double e = ERROR * ERROR;
    double later = s + DRIFT * DRIFT * years;
    double det = (s + e) * (later + e) - s * s;
    double w0 = ((later + e) * r[0] - s * r[1]) / det;
    double w1 = ((s + e) * r[1] - s * r[0]) / det;
    Level level =
        Level.of(
            BETWEEN,
            DRIFT,
            List.of(
                new Level.Result(-2000, r[0], e),
                new Level.Result(-2000 + years * 365.25, r[1], e)));
    assertThat(level.mean()).isCloseTo(s * w0 + later * w1, within(1e-12));
  }

  @Test
  void withDriftTheLatestScanCountsMost() {
    Level level =
        Level.of(
            BETWEEN,
            DRIFT,
            List.of(
                new Level.Result(-3650, 0.10, ERROR * ERROR),
                new Level.Result(0, 0.00, ERROR * ERROR)));
    assertThat(level.mean()).isBetween(0.0, 0.03);
  }
}
