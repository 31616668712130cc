package org.trabecula.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each layer drives the next and none drives the one before.
class CascadeTest {

  private static final BoneModel MODEL =
      PrototypeScenarios.all().get("M_trt").model(Parameters.shipped());

  @ParameterizedTest
  @ValueSource(ints = {State.C, State.P, State.B, State.S, State.VYT, State.N, State.VOC})
  void boneDoesNotMoveHormones(int state) {
    double[] before = derivatives(-1, 1);
    double[] after = derivatives(state, 1.3);
    assertThat(after[State.G]).isEqualTo(before[State.G]);
    assertThat(after[State.I]).isEqualTo(before[State.I]);
  }

  @ParameterizedTest
  @ValueSource(ints = {State.VYT, State.VOT, State.N, State.VYC, State.VOC})
  void tissueDoesNotMoveCells(int state) {
    double[] before = derivatives(-1, 1);
    double[] after = derivatives(state, 1.3);
    for (int cell : new int[] {State.C, State.P, State.B, State.S}) {
      assertThat(after[cell]).isEqualTo(before[cell]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {State.G, State.I})
  void hormonesMoveBone(int state) {
    assertThat(derivatives(state, 1.3)[State.C]).isNotEqualTo(derivatives(-1, 1)[State.C]);
  }

  private static double[] derivatives(int state, double factor) {
    double[] y = State.reference(MODEL.parameters.tissue());
    if (state >= 0) {
      y[state] *= factor;
    }
    double[] dy = new double[State.SIZE];
    MODEL.derivatives(100, y, dy);
    return dy;
  }
}
