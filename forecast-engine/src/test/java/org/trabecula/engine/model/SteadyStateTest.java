package org.trabecula.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SteadyStateTest {

  private final Parameters parameters = Parameters.shipped();

  @Test
  void aYoungManRestsAtTheReferenceStateExactly() {
    assertThat(largestDerivative(PrototypeScenarios.healthyMan(30))).isLessThan(1e-17);
  }

  @Test
  void aYoungWomanDriftsOnlyByTheAgeLawOfTestosterone() {
    assertThat(largestDerivative(PrototypeScenarios.woman(28, 51))).isBetween(1e-9, 2e-5);
  }

  @Test
  void aYoungManStaysWhereHeIsForTwoYears() {
    BoneModel model = new BoneModel(parameters, PrototypeScenarios.healthyMan(27), Exposure.NONE);
    ReadOut end = Simulation.run(model, new double[] {0, 2 * Physiology.YEAR}).getLast();
    assertThat(new double[] {end.ls(), end.fn(), end.th(), end.ctx(), end.p1np(), end.tbN()})
        .satisfies(values -> assertThat(Arrays.stream(values)).allSatisfy(SteadyStateTest::isOne));
    assertThat(end.rankl() / end.opg()).isCloseTo(1, within(1e-12));
  }

  private static void isOne(double value) {
    assertThat(value).isCloseTo(1, within(1e-12));
  }

  private double largestDerivative(Physiology body) {
    double[] dy = new double[State.SIZE];
    new BoneModel(parameters, body, Exposure.NONE)
        .derivatives(0, State.reference(parameters.tissue()), dy);
    return Arrays.stream(dy).map(Math::abs).max().orElseThrow();
  }
}
