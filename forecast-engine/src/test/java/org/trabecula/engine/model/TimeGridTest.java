package org.trabecula.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeGridTest {

  private static final double YEAR = Physiology.YEAR;
  private static final TimeGrid GRID =
      TimeGrid.of(
          -20 * YEAR,
          -5 * YEAR,
          new double[] {-5 * YEAR, 17.3},
          IntStream.rangeClosed(0, 24).mapToDouble(month -> month * YEAR / 12).toArray(),
          TimeGrid.Rates.production(0));

  @Test
  void everySwitchAndEveryOutputIsAStepBoundary() {
    assertThat(GRID.ends()).contains(-5 * YEAR, 17.3, 0, YEAR / 12, 2 * YEAR).isSorted();
  }

  @Test
  void stepsAreFineForSixMonthsAfterASwitch() {
    assertThat(longestStep(17.3, 17.3 + YEAR / 2)).isLessThanOrEqualTo(YEAR / 96 + 1e-9);
    assertThat(longestStep(-5 * YEAR, -4.5 * YEAR)).isLessThanOrEqualTo(YEAR / 96 + 1e-9);
  }

  @Test
  void stepsAreCoarseWhileNothingHappens() {
    assertThat(longestStep(-20 * YEAR, -6 * YEAR)).isBetween(YEAR / 13, YEAR / 12 + 1e-9);
    assertThat(longestStep(-4 * YEAR, 0)).isBetween(YEAR / 25, YEAR / 24 + 1e-9);
  }

  private static double longestStep(double from, double to) {
    double[] within = Arrays.stream(GRID.ends()).filter(d -> d >= from && d <= to).toArray();
    return IntStream.range(1, within.length)
        .mapToDouble(i -> within[i] - within[i - 1])
        .max()
        .orElseThrow();
  }
}
