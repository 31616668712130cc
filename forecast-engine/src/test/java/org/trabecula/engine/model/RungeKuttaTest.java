package org.trabecula.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.trabecula.engine.model.PrototypeScenarios.Scenario;

class RungeKuttaTest {

  @Test
  void namesTimeAndStateWhenAStateLeavesThePositiveNumbers() {
    Parameters impossible = Parameters.shipped().with("tauC", 0.1).with("aLE", 6);
    BoneModel model = PrototypeScenarios.all().get("F_mht").model(impossible);
    assertThatExceptionOfType(SimulationFailure.class)
        .isThrownBy(() -> Simulation.run(model, new double[] {0}))
        .satisfies(
            failure -> {
              assertThat(failure.state()).isEqualTo("C");
              assertThat(failure.day()).isLessThan(0);
              assertThat(failure).hasMessageContaining("state C").hasMessageContaining("day");
            });
  }

  @Test
  void noStageSeesTheTreatmentBeyondItsStep() {
    Scenario treated = PrototypeScenarios.all().get("M_trt");
    BoneModel with = treated.model(PrototypeScenarios.parameters());
    BoneModel without =
        new BoneModel(PrototypeScenarios.parameters(), treated.body(), Exposure.NONE);
    double[] now = {0};
    ReadOut a = Simulation.run(with, now).getFirst();
    double start = Simulation.start(with);
    TimeGrid grid = Simulation.grid(with, start, now, Simulation.productionRates(with));
    ReadOut b = Simulation.run(without, grid, now).getFirst();
    assertThat(a).isEqualTo(b);
    assertThat(a.t()).isBetween(60.0, 80.0);
  }
}
