package org.trabecula.localstack.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeterTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void saysHowFarItIsHowFastAndHowLongItTakes() {
    assertThat(new Meter(580, 1_000_000_000, 0, 0).line(145, 2, 250_000_000, 100 * SECOND))
        .isEqualTo(
            "import [#####...............] 145/580 files, 2 rejected, 250 of 1000 MB, 2.5 MB/s, about 6 min left");
  }

  @Test
  void countsOnlyThisRunsBytesAsItsSpeed() {
    assertThat(new Meter(2, 4_000_000, 2_000_000, 0).line(1, 0, 3_000_000, SECOND))
        .contains("3 of 4 MB, 1.0 MB/s, about 1 s left");
  }

  @Test
  void promisesNothingAtTheEnd() {
    assertThat(new Meter(2, 4, 0, 0).line(2, 0, 4, SECOND)).doesNotContain("left");
  }
}
