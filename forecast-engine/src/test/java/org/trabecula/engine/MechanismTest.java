package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.engine.Requests.at;
import static org.trabecula.engine.Requests.man;
import static org.trabecula.engine.Requests.manWithGrowthHormoneDeficiency;
import static org.trabecula.engine.Requests.womanAfterMenopause;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.trabecula.engine.Administration.Route;
import org.trabecula.engine.Person.Hypogonadism;

/// What must hold whatever the parameters are tuned to.
class MechanismTest {

  private static final LocalDate LONG_AGO = LocalDate.parse("2016-06-01");

  @Test
  void estradiolLowersRanklOverOpgAndCtxAndRaisesBmd() {
    Forecast untreated = womanAfterMenopause().forecast();
    Forecast treated = womanAfterMenopause().patch(50).forecast();
    for (Quantity falls : new Quantity[] {Quantity.RANKL_OPG_RATIO, Quantity.CTX, Quantity.P1NP}) {
      assertThat(at(treated, falls, 12)).as(falls.code()).isLessThan(at(untreated, falls, 12));
    }
    assertThat(at(treated, Quantity.LUMBAR_SPINE_CHANGE, 12)).isBetween(2.6, 4.5);
    assertThat(at(untreated, Quantity.LUMBAR_SPINE_CHANGE, 12)).isBetween(-2.5, -0.5);
  }

  @Test
  void theGainOnEstradiolSaturates() {
    Forecast treated = womanAfterMenopause().patch(50).forecast();
    double first = at(treated, Quantity.LUMBAR_SPINE_CHANGE, 12);
    double third =
        at(treated, Quantity.LUMBAR_SPINE_CHANGE, 36)
            - at(treated, Quantity.LUMBAR_SPINE_CHANGE, 24);
    assertThat(third).isLessThan(first / 4);
  }

  @Test
  void moreEstradiolGivesMoreBoneButLessAndLess() {
    double[] gain = new double[4];
    double[] doses = {0, 25, 50, 100};
    for (int i = 1; i < 4; i++) {
      gain[i] =
          at(womanAfterMenopause().patch(doses[i]).forecast(), Quantity.LUMBAR_SPINE_CHANGE, 24);
    }
    assertThat(gain[1]).isLessThan(gain[2]);
    assertThat(gain[2]).isLessThan(gain[3]);
    assertThat((gain[3] - gain[2]) / 50).isLessThan((gain[2] - gain[1]) / 25);
  }

  @Test
  void anastrozoleTakesPartOfTheGainOfTestosteroneThroughEstradiol() {
    Forecast alone = hypogonadal().cypionate(70).forecast();
    Forecast blocked = hypogonadal().cypionate(70).tablet("anastrozole", 1).forecast();
    assertThat(at(blocked, Quantity.TESTOSTERONE, 36))
        .isGreaterThanOrEqualTo(at(alone, Quantity.TESTOSTERONE, 36));
    assertThat(at(blocked, Quantity.ESTRADIOL, 36))
        .isLessThan(at(alone, Quantity.ESTRADIOL, 36) / 2);
    assertThat(at(blocked, Quantity.LUMBAR_SPINE_CHANGE, 36))
        .isPositive()
        .isLessThan(at(alone, Quantity.LUMBAR_SPINE_CHANGE, 36));
  }

  @Test
  void anastrozoleAloneCostsAManSpineAlthoughHisTestosteroneRises() {
    Forecast untreated = man(70).forecast();
    Forecast treated = man(70).tablet("anastrozole", 1).forecast();
    assertThat(at(treated, Quantity.TESTOSTERONE, 12))
        .isGreaterThan(at(untreated, Quantity.TESTOSTERONE, 12));
    assertThat(at(treated, Quantity.LUMBAR_SPINE_CHANGE, 12))
        .isLessThan(at(untreated, Quantity.LUMBAR_SPINE_CHANGE, 12) - 0.5);
  }

  @Test
  void cortisolLowersFormationAtOnceAndRaisesResorptionSlightly() {
    Forecast untreated = womanAfterMenopause().forecast();
    Forecast treated = womanAfterMenopause().tablet("prednisone", 7.5).forecast();
    assertThat(at(treated, Quantity.P1NP, 1)).isLessThan(0.97 * at(untreated, Quantity.P1NP, 1));
    double ctx = at(treated, Quantity.CTX, 6) / at(untreated, Quantity.CTX, 6);
    assertThat(ctx).isBetween(1.0, 1.2);
    assertThat(net(treated, untreated, 12)).isLessThan(-0.8);
  }

  /// Net of control: the untreated deficiency loses bone by itself.
  @Test
  void growthHormoneInDeficiencyLowersTheSpineBeforeItRaisesIt() {
    Forecast control = manWithGrowthHormoneDeficiency(48, LONG_AGO).forecast();
    Forecast treated =
        manWithGrowthHormoneDeficiency(48, LONG_AGO)
            .gives("somatropin", Route.SUBCUTANEOUS, 0.5, "mg", 1)
            .forecast();
    assertThat(net(treated, control, 6)).isBetween(-1.0, -0.1);
    assertThat(net(treated, control, 24)).isGreaterThan(2);
    double ctx = at(treated, Quantity.CTX, 1) / at(control, Quantity.CTX, 1);
    double p1np = at(treated, Quantity.P1NP, 1) / at(control, Quantity.P1NP, 1);
    assertThat(ctx).isGreaterThan(p1np).isGreaterThan(1.05);
  }

  @Test
  void peptidesWithoutDeficiencyHardlyMoveBone() {
    Forecast control = man(55).forecast();
    Forecast treated =
        man(55)
            .gives("cjc-1295-no-dac", Route.SUBCUTANEOUS, 100, "ug", 1)
            .gives("ipamorelin", Route.SUBCUTANEOUS, 200, "ug", 1)
            .forecast();
    assertThat(at(treated, Quantity.IGF1_RATIO, 12)).isBetween(1.2, 1.35);
    assertThat(net(treated, control, 24)).isBetween(-1.0, 1.0);
  }

  @Test
  void stoppingEstradiolAcceleratesLoss() {
    LocalDate start = Requests.TODAY.minusYears(3);
    Forecast stopped =
        womanAfterMenopause()
            .gives("estradiol-patch", Route.TRANSDERMAL, 50, "ug/24h", 3.5, start, Requests.TODAY)
            .forecast();
    Forecast never = womanAfterMenopause().forecast();
    assertThat(at(stopped, Quantity.LUMBAR_SPINE_CHANGE, 12))
        .isLessThan(at(never, Quantity.LUMBAR_SPINE_CHANGE, 12) - 1);
    assertThat(at(stopped, Quantity.LUMBAR_SPINE_BMD, 0))
        .isGreaterThan(at(never, Quantity.LUMBAR_SPINE_BMD, 0));
  }

  @Test
  void recoveryOfTheAxisAfterLongTestosteroneTakesMonths() {
    LocalDate start = Requests.TODAY.minusYears(2);
    Forecast stopped =
        man(35)
            .gives(
                "testosterone-cypionate", Route.INTRAMUSCULAR, 100, "mg", 7, start, Requests.TODAY)
            .forecast();
    double healthy = at(man(35).forecast(), Quantity.TESTOSTERONE, 0);
    assertThat(at(stopped, Quantity.TESTOSTERONE, 2)).isLessThan(0.9 * healthy);
    assertThat(at(stopped, Quantity.TESTOSTERONE, 12)).isGreaterThan(0.95 * healthy);
  }

  private static Requests hypogonadal() {
    return man(58, Hypogonadism.PRIMARY, LONG_AGO)
        .measured(Analyte.TESTOSTERONE, 2, "2026-04-01")
        .measured(Analyte.TESTOSTERONE, 2, "2026-05-01");
  }

  private static double net(Forecast treated, Forecast control, int month) {
    return at(treated, Quantity.LUMBAR_SPINE_CHANGE, month)
        - at(control, Quantity.LUMBAR_SPINE_CHANGE, month);
  }
}
