package org.trabecula.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.engine.model.PrototypeScenarios.Scenario;

/// Tolerances are relative; `docs/model.md` has what was measured.
class PrototypeVectorsTest {

  private static final double MONTH = Physiology.YEAR / 12;

  private static final Map<String, List<Map<String, String>>> VECTORS =
      CsvResource.rows("/org/trabecula/engine/model/vectors.csv").stream()
          .collect(Collectors.groupingBy(row -> CsvResource.field(row, "scenario")));

  @Test
  void holdsNineScenariosOfElevenMonths() {
    assertThat(VECTORS).hasSize(9).allSatisfy((name, rows) -> assertThat(rows).hasSize(11));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"F_nat", "F_mht", "F_stop", "M_trt", "M_ana", "M_gh", "F_gc", "M_trtana", "F_po1"})
  void referencePathMatchesWithinOneInAHundredThousand(String name) {
    Scenario scenario = PrototypeScenarios.all().get(name);
    double[] days = days(name);
    Map<String, Double> worst =
        worst(
            name,
            run(
                scenario.model(PrototypeScenarios.parameters()),
                days,
                TimeGrid.Rates.uniform(192)));
    assertThat(worst).allSatisfy((quantity, error) -> assertThat(error).isLessThan(1e-5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"F_nat", "F_mht", "F_stop", "M_trt", "M_ana", "M_gh", "F_gc", "M_trtana", "F_po1"})
  void productionStepsMatchWithinOneInTenThousand(String name) {
    Scenario scenario = PrototypeScenarios.all().get(name);
    double[] days = days(name);
    BoneModel model = scenario.model(PrototypeScenarios.parameters());
    Map<String, Double> worst = worst(name, run(model, days, Simulation.productionRates(model)));
    assertThat(worst).allSatisfy((quantity, error) -> assertThat(error).isLessThan(1e-4));
  }

  /// The vectors start from the reference state 25 years before month 0, whatever the age.
  private static List<ReadOut> run(BoneModel model, double[] days, TimeGrid.Rates rates) {
    double start = -25 * Physiology.YEAR;
    return Simulation.run(model, Simulation.grid(model, start, days, rates), days);
  }

  private static double[] days(String scenario) {
    return VECTORS.get(scenario).stream()
        .mapToDouble(row -> Double.parseDouble(row.get("month")) * MONTH)
        .toArray();
  }

  private static Map<String, Double> worst(String scenario, List<ReadOut> readOuts) {
    Map<String, Double> worst = new TreeMap<>();
    List<Map<String, String>> rows = VECTORS.get(scenario);
    for (int i = 0; i < rows.size(); i++) {
      Map<String, String> row = rows.get(i);
      named(readOuts.get(i))
          .forEach(
              (quantity, value) -> {
                double expected = Double.parseDouble(CsvResource.field(row, quantity));
                worst.merge(quantity, Math.abs(value / expected - 1), Math::max);
              });
    }
    return worst;
  }

  private static Map<String, Double> named(ReadOut r) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("LS", r.ls());
    values.put("FN", r.fn());
    values.put("TH", r.th());
    values.put("ctx", r.ctx());
    values.put("p1np", r.p1np());
    values.put("E2", r.e2());
    values.put("T", r.t());
    values.put("I", r.igf());
    values.put("G", r.lh());
    values.put("C", r.osteoclasts());
    values.put("B", r.osteoblasts());
    values.put("S", r.sclerostin());
    values.put("TbN", r.tbN());
    values.put("TbTh", r.tbTh());
    values.put("TBS", r.tbs());
    values.put("CtPo", r.ctPo());
    values.put("CtTh", r.ctTh());
    values.put("rankl", r.rankl());
    values.put("opg", r.opg());
    return values;
  }
}
