package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.engine.Requests.man;
import static org.trabecula.engine.Requests.womanAfterMenopause;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trabecula.engine.Administration.Route;
import org.trabecula.engine.Observation.Fasting;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.SimulatedPatient.Target;
import org.trabecula.engine.ensemble.Observable;
import org.trabecula.engine.model.Parameters;

/// The truth's rank in the posterior is uniform: quick versions, with few members and patients. A
/// chi-square of each target; over all targets together a right computation had 99 in 100 chances.
class SimulationBasedCalibrationTest {

  private static final int PATIENTS = 40;
  private static final int CELLS = 5;

  /// Four degrees of freedom; 16 targets share the 1 %.
  private static final double CHI_SQUARE_4_AT_1_IN_1600 = 19.6;

  private static final ForecastEngine ENGINE = new ForecastEngine(Parameters.shipped(), 64);

  @Test
  void aWomanOnEstradiol() {
    LocalDate start = Requests.TODAY.minusYears(1);
    check(
        scans(
            womanAfterMenopause()
                .gives("estradiol-patch", Route.TRANSDERMAL, 50, "ug/24h", 3.5, start, null)
                .measured(Analyte.CTX, 1, "2025-06-01")
                .measured(Analyte.CTX, 1, "2025-12-01")
                .measured(Analyte.P1NP, 1, "2025-12-01")
                .measured(Analyte.ESTRADIOL, 1, "2025-12-01"),
            "2025-06-01",
            "2026-06-01"));
  }

  @Test
  void aManOnTestosterone() {
    LocalDate start = Requests.TODAY.minusYears(1);
    check(
        scans(
            man(58, Hypogonadism.PRIMARY, LocalDate.parse("2020-06-01"))
                .gives("testosterone-cypionate", Route.INTRAMUSCULAR, 80, "mg", 7, start, null)
                .measured(Analyte.TESTOSTERONE, 1, "2025-05-20")
                .measured(Analyte.TESTOSTERONE, 1, "2026-01-01")
                .measured(Analyte.ESTRADIOL, 1, "2026-01-01")
                .measured(Analyte.CTX, 1, "2026-05-20"),
            "2025-06-01",
            "2026-05-20"));
  }

  private static Requests scans(Requests request, String... dates) {
    for (String date : dates) {
      for (Site site : Site.values()) {
        request.measured(site.analyte(), 1, date, Fasting.YES, "one");
      }
    }
    request.measured(Analyte.BMD_LUMBAR_SPINE, 1, dates[0], Fasting.YES, "another");
    return request;
  }

  private static void check(Requests planned) {
    ForecastRequest all = planned.request();
    ForecastRequest plan =
        new ForecastRequest(
            all.asOf(), 24, all.person(), all.administrations(), all.observations(), 0);
    List<Target> targets =
        Stream.of(
                new Target(Observable.LUMBAR_SPINE, 24, true),
                new Target(Observable.FEMORAL_NECK, 24, true),
                new Target(Observable.LUMBAR_SPINE, 0, false),
                new Target(Observable.TOTAL_HIP, 24, false),
                new Target(Observable.CTX, 12, false),
                new Target(Observable.P1NP, 0, false),
                new Target(Observable.ESTRADIOL, 12, false),
                new Target(Observable.TESTOSTERONE, 0, false))
            .toList();
    SimulatedPatient patient = new SimulatedPatient(ENGINE, plan);
    int[][] cells = new int[targets.size()][CELLS];
    for (long seed = 1; seed <= PATIENTS; seed++) {
      SimulatedPatient.Outcome outcome = patient.outcome(seed, targets);
      for (int t = 0; t < targets.size(); t++) {
        cells[t][Math.min(CELLS - 1, (int) (CELLS * outcome.ranks().get(t)))]++;
      }
    }
    for (int t = 0; t < targets.size(); t++) {
      assertThat(chiSquare(cells[t]))
          .as("%s %s", targets.get(t), Arrays.toString(cells[t]))
          .isLessThan(CHI_SQUARE_4_AT_1_IN_1600);
    }
  }

  private static double chiSquare(int[] cells) {
    double expected = (double) PATIENTS / CELLS;
    return Arrays.stream(cells).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }
}
