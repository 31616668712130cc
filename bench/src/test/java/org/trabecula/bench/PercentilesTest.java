package org.trabecula.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void aPercentileIsTheSmallestLatencyThatSoManyPercentDidNotExceed() {
    var latencies =
        new Percentiles(IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).boxed().toList());
    assertThat(latencies.at(50)).isEqualTo(100);
    assertThat(latencies.at(99)).isEqualTo(198);
    assertThat(latencies.at(100)).isEqualTo(200);
  }

  @Test
  void oneLatencyIsEveryPercentile() {
    assertThat(new Percentiles(List.of(7.0)).at(1)).isEqualTo(7);
    assertThat(new Percentiles(List.of(7.0)).at(99)).isEqualTo(7);
  }
}
