package org.trabecula.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.engine.model.PrototypeScenarios.Scenario;

class ConvergenceTest {

  private static final double[] DAYS =
      IntStream.of(0, 1, 3, 6, 12, 36, 60, 120)
          .mapToDouble(month -> month * Physiology.YEAR / 12)
          .toArray();

  @Test
  void halvingTheStepDividesTheErrorBySixteen() {
    double at48 = error("F_mht", TimeGrid.Rates.uniform(48));
    double at96 = error("F_mht", TimeGrid.Rates.uniform(96));
    double order = Math.log(at48 / at96) / Math.log(2);
    assertThat(order).isBetween(3.6, 4.6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"F_nat", "F_mht", "F_stop", "M_trt", "M_ana", "M_gh", "F_gc", "M_trtana", "F_po1"})
  void productionPathStaysWithinOneInTenThousandOfFineSteps(String name) {
    BoneModel model = PrototypeScenarios.all().get(name).model(Parameters.shipped());
    assertThat(error(name, Simulation.productionRates(model))).isLessThan(1e-4);
  }

  /// Largest relative deviation of osteoclasts, osteoblasts, markers and BMD from 768 steps a year.
  private static double error(String name, TimeGrid.Rates rates) {
    List<ReadOut> fine = run(name, TimeGrid.Rates.uniform(768));
    List<ReadOut> coarse = run(name, rates);
    double worst = 0;
    for (int i = 0; i < DAYS.length; i++) {
      double[] a = values(fine.get(i));
      double[] b = values(coarse.get(i));
      for (int k = 0; k < a.length; k++) {
        worst = Math.max(worst, Math.abs(b[k] / a[k] - 1));
      }
    }
    return worst;
  }

  private static List<ReadOut> run(String name, TimeGrid.Rates rates) {
    Scenario scenario = PrototypeScenarios.all().get(name);
    BoneModel model = scenario.model(Parameters.shipped());
    double start = Simulation.start(model);
    return Simulation.run(model, Simulation.grid(model, start, DAYS, rates), DAYS);
  }

  private static double[] values(ReadOut r) {
    return new double[] {
      r.ls(), r.fn(), r.th(), r.ctx(), r.p1np(), r.osteoclasts(), r.osteoblasts(), r.tbs()
    };
  }
}
