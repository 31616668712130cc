package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.trabecula.engine.Requests.at;
import static org.trabecula.engine.Requests.man;
import static org.trabecula.engine.Requests.of;
import static org.trabecula.engine.Requests.woman;
import static org.trabecula.engine.Requests.womanAfterMenopause;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.trabecula.engine.Administration.Route;
import org.trabecula.engine.Observation.Fasting;
import org.trabecula.engine.Person.MenopausalStatus;
import org.trabecula.engine.Series.Basis;

class PersonalisationTest {

  private static final String DAY = "2026-05-15";

  @Test
  void aNewCtxMovesTheWholeLevelOfCtxAndHardlyAnythingElse() {
    Forecast before = womanAfterMenopause().forecast();
    Forecast after = womanAfterMenopause().measured(Analyte.CTX, 900, DAY).forecast();
    double ratio = at(after, Quantity.CTX, 0) / at(before, Quantity.CTX, 0);
    assertThat(ratio).isBetween(1.3, 900 / at(before, Quantity.CTX, 0));
    assertThat(at(after, Quantity.CTX, 120) / at(before, Quantity.CTX, 120))
        .isCloseTo(ratio, within(0.08 * ratio));
    double p1np = at(before, Quantity.P1NP, 12);
    assertThat(at(after, Quantity.P1NP, 12)).isCloseTo(p1np, within(0.15 * p1np));
    assertThat(after.series().get(Quantity.CTX).basis()).isEqualTo(Basis.OBSERVED);
    assertThat(before.series().get(Quantity.CTX).basis()).isEqualTo(Basis.POPULATION_PRIOR);
  }

  @Test
  void aCtxNotKnownToBeFastingMovesTheLevelLess() {
    Forecast fasting = womanAfterMenopause().measured(Analyte.CTX, 900, DAY).forecast();
    Forecast unknown =
        womanAfterMenopause().measured(Analyte.CTX, 900, DAY, Fasting.UNKNOWN, "lab").forecast();
    assertThat(at(unknown, Quantity.CTX, 0)).isLessThan(at(fasting, Quantity.CTX, 0));
    assertThat(unknown.assumptions()).extracting(Note::code).contains("CTX_NOT_KNOWN_FASTING");
  }

  @Test
  void aScanSetsTheAbsoluteLevelOfItsSite() {
    Forecast forecast =
        womanAfterMenopause().measured(Analyte.BMD_LUMBAR_SPINE, 0.800, "2026-06-01").forecast();
    assertThat(at(forecast, Quantity.LUMBAR_SPINE_BMD, 0)).isCloseTo(0.800, within(0.005));
    assertThat(forecast.series().get(Quantity.LUMBAR_SPINE_BMD).basis()).isEqualTo(Basis.OBSERVED);
    assertThat(forecast.series().get(Quantity.TOTAL_HIP_BMD).basis())
        .isEqualTo(Basis.POPULATION_PRIOR);
    double change = at(forecast, Quantity.LUMBAR_SPINE_CHANGE, 60) / 100;
    assertThat(at(forecast, Quantity.LUMBAR_SPINE_BMD, 60))
        .isCloseTo(at(forecast, Quantity.LUMBAR_SPINE_BMD, 0) * (1 + change), within(2e-3));
    assertThat(at(forecast, Quantity.LUMBAR_SPINE_T_SCORE, 0))
        .isCloseTo((at(forecast, Quantity.LUMBAR_SPINE_BMD, 0) - 1.047) / 0.110, within(1e-9));
  }

  @Test
  void aScanOnAnotherScannerDoesNotSetTheLevel() {
    Forecast one = womanAfterMenopause().measured(Analyte.BMD_TOTAL_HIP, 0.80, DAY).forecast();
    Forecast two =
        womanAfterMenopause()
            .measured(Analyte.BMD_TOTAL_HIP, 0.95, "2024-05-15", Fasting.UNKNOWN, "other")
            .measured(Analyte.BMD_TOTAL_HIP, 0.80, DAY)
            .forecast();
    assertThat(at(two, Quantity.TOTAL_HIP_BMD, 0))
        .isCloseTo(at(one, Quantity.TOTAL_HIP_BMD, 0), within(0.004));
    assertThat(two.observationIds()).hasSize(2);
    assertThat(two.assumptions()).extracting(Note::code).contains("EARLIER_SCANNER");
  }

  @Test
  void aTestosteroneLevelInformsAndDoesNotOverwrite() {
    double before = at(man(60).forecast(), Quantity.TESTOSTERONE, 0);
    Forecast once = man(60).measured(Analyte.TESTOSTERONE, 9, DAY).forecast();
    Forecast twice =
        man(60)
            .measured(Analyte.TESTOSTERONE, 9, "2026-04-01")
            .measured(Analyte.TESTOSTERONE, 9, DAY)
            .forecast();
    assertThat(at(once, Quantity.TESTOSTERONE, 0)).isBetween(9.5, before - 3);
    assertThat(at(twice, Quantity.TESTOSTERONE, 0))
        .isBetween(9.0, at(once, Quantity.TESTOSTERONE, 0) - 0.3);
  }

  @Test
  void highLhMakesTheTestisTheCause() {
    Forecast testis =
        lowTestosterone().measured(Analyte.LH, 20, DAY).tablet("enclomiphene", 25).forecast();
    Forecast pituitary =
        lowTestosterone().measured(Analyte.LH, 3, DAY).tablet("enclomiphene", 25).forecast();
    assertThat(at(testis, Quantity.TESTOSTERONE, 0))
        .isCloseTo(at(pituitary, Quantity.TESTOSTERONE, 0), within(0.05));
    assertThat(at(testis, Quantity.TESTOSTERONE, 12))
        .isNotCloseTo(at(pituitary, Quantity.TESTOSTERONE, 12), within(0.05));
    assertThat(testis.observationIds()).hasSize(3);
  }

  @Test
  void aCyclingWomansSingleEstradiolSaysLittle() {
    Requests cycling = of(woman("1990-01", MenopausalStatus.PREMENOPAUSAL, null));
    double before = at(cycling.forecast(), Quantity.ESTRADIOL, 0);
    double after =
        at(cycling.measured(Analyte.ESTRADIOL, before / 3, DAY).forecast(), Quantity.ESTRADIOL, 0);
    assertThat(after).isBetween(0.85 * before, 0.99 * before);
  }

  @Test
  void onTreatmentALevelInformsTheExposure() {
    LocalDate start = LocalDate.parse("2025-06-01");
    Forecast low =
        womanAfterMenopause()
            .gives("estradiol-patch", Route.TRANSDERMAL, 50, "ug/24h", 3.5, start, null)
            .measured(Analyte.ESTRADIOL, 60, DAY)
            .forecast();
    assertThat(low.exposures().getFirst().mean()).isBetween(70.0, 120.0);
    Forecast stopping =
        womanAfterMenopause()
            .gives("estradiol-patch", Route.TRANSDERMAL, 50, "ug/24h", 3.5, start, Requests.TODAY)
            .measured(Analyte.ESTRADIOL, 60, DAY)
            .forecast();
    double endogenous = at(womanAfterMenopause().forecast(), Quantity.ESTRADIOL, 12);
    assertThat(at(stopping, Quantity.ESTRADIOL, 12))
        .isCloseTo(endogenous, within(0.12 * endogenous));
  }

  @Test
  void igfMovesTheGrowthHormoneAxis() {
    Forecast low = man(50).measured(Analyte.IGF1, 80, DAY).forecast();
    assertThat(at(low, Quantity.IGF1_RATIO, 0)).isBetween(0.48, 0.8);
    assertThat(low.series().get(Quantity.IGF1_RATIO).basis()).isEqualTo(Basis.OBSERVED);
  }

  @Test
  void resultsAfterAsOfAreNotUsed() {
    Forecast forecast = womanAfterMenopause().measured(Analyte.CTX, 900, "2026-06-02").forecast();
    assertThat(forecast.observationIds()).isEmpty();
    assertThat(forecast.series()).isEqualTo(womanAfterMenopause().forecast().series());
  }

  private static Requests lowTestosterone() {
    return man(40)
        .measured(Analyte.TESTOSTERONE, 7, "2026-04-01")
        .measured(Analyte.TESTOSTERONE, 7, DAY);
  }
}
