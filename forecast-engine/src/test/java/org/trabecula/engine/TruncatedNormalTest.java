package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TruncatedNormalTest {

  @Test
  void withoutBoundsItIsTheMean() {
    assertThat(new TruncatedNormal(51, 3.5, -1e3, 1e3).median()).isCloseTo(51, within(1e-6));
  }

  /// The quartile of a normal lies 0.67449 SD from its mean.
  @Test
  void aboveTheMeanItIsTheUpperQuartile() {
    assertThat(new TruncatedNormal(51, 3.5, 51, 1e3).median())
        .isCloseTo(51 + 0.674490 * 3.5, within(1e-6));
  }

  @Test
  void farBelowTheMeanItHugsTheBound() {
    assertThat(new TruncatedNormal(51, 3.5, 10, 30).median()).isBetween(29.4, 30.0);
  }
}
