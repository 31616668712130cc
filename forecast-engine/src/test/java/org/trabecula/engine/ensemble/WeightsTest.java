package org.trabecula.engine.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {

  @Test
  void areRelativeToTheirSum() {
    double[] weights = Weights.normalised(new double[] {-1000, -1000 + Math.log(3)});
    assertThat(weights).containsExactly(new double[] {0.25, 0.75}, within(1e-12));
    assertThat(Weights.effectiveSize(weights)).isCloseTo(1 / (0.0625 + 0.5625), within(1e-12));
  }

  @Test
  void mustExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Weights.normalised(new double[] {Double.NEGATIVE_INFINITY}));
  }

  @Test
  void equalWeightsHaveNoTail() {
    assertThat(Weights.paretoK(Weights.normalised(new double[1000]))).isZero();
  }

  /// Quantiles of a Pareto distribution of known shape, as log weights.
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 1.0})
  void theShapeOfTheTailIsFound(double shape) {
    int n = 10_000;
    double[] logWeights = new double[n];
    Arrays.setAll(logWeights, i -> -shape * Math.log((i + 0.5) / n));
    assertThat(Weights.paretoK(Weights.normalised(logWeights))).isCloseTo(shape, within(0.06));
  }
}
