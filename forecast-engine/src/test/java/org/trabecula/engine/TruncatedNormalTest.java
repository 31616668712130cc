package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TruncatedNormalTest {

  @Test
  void withoutBoundsItIsTheMean() {
    assertThat(TruncatedNormal.median(51, 3.5, -1e3, 1e3)).isCloseTo(51, within(1e-6));
  }

  /// The quartile of a normal lies 0.67449 SD from its mean.
  @Test
  void aboveTheMeanItIsTheUpperQuartile() {
    assertThat(TruncatedNormal.median(51, 3.5, 51, 1e3))
        .isCloseTo(51 + 0.674490 * 3.5, within(1e-3));
  }

  @Test
  void farBelowTheMeanItHugsTheBound() {
    assertThat(TruncatedNormal.median(51, 3.5, 10, 30)).isBetween(29.4, 30.0);
  }
}
