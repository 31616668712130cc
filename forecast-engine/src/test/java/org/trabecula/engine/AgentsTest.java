package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.trabecula.engine.Requests.at;
import static org.trabecula.engine.Requests.man;
import static org.trabecula.engine.Requests.of;
import static org.trabecula.engine.Requests.woman;
import static org.trabecula.engine.Requests.womanAfterMenopause;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.engine.Administration.Route;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.MenopausalStatus;
import org.trabecula.engine.model.Parameters;

class AgentsTest {

  private static final double PMOL_PER_PG = 3.671;
  private static final double NMOL_PER_NG_PER_DL = 0.03467;

  @Test
  void knowsTheseAgents() {
    assertThat(Agents.shipped().codes())
        .containsExactlyInAnyOrder(
            "estradiol-patch",
            "estradiol-gel",
            "estradiol-oral",
            "estradiol-valerate-oral",
            "estradiol-implant",
            "conjugated-estrogens-oral",
            "esterified-estrogens-oral",
            "ethinylestradiol-oral",
            "tibolone",
            "progesterone-micronised",
            "medroxyprogesterone-acetate",
            "norethisterone-acetate",
            "dydrogesterone",
            "testosterone-cypionate",
            "testosterone-enanthate",
            "testosterone-undecanoate-im",
            "testosterone-undecanoate-oral",
            "testosterone-gel",
            "testosterone-patch",
            "testosterone-implant",
            "anastrozole",
            "letrozole",
            "exemestane",
            "gonadorelin",
            "enclomiphene",
            "clomiphene",
            "sermorelin",
            "tesamorelin",
            "cjc-1295-dac",
            "cjc-1295-no-dac",
            "ipamorelin",
            "ibutamoren",
            "somatropin",
            "prednisone",
            "prednisolone",
            "methylprednisolone",
            "hydrocortisone",
            "dexamethasone",
            "gnrh-agonist",
            "bicalutamide",
            "flutamide",
            "alendronate",
            "risedronate",
            "ibandronate",
            "zoledronate",
            "denosumab",
            "romosozumab",
            "teriparatide",
            "abaloparatide",
            "raloxifene",
            "bazedoxifene");
  }

  /// Added estradiol at steady state: so many times the agent's coefficient, pg/mL per unit a day.
  @ParameterizedTest
  @CsvSource({
    "estradiol-patch, TRANSDERMAL, 50, ug/24h, 3.5, 50",
    "estradiol-patch, TRANSDERMAL, 100, ug/24h, 7, 100",
    "estradiol-gel, TRANSDERMAL, 1.5, mg, 1, 0.06",
    "estradiol-oral, ORAL, 1, mg, 1, 1",
    "estradiol-valerate-oral, ORAL, 1, mg, 1, 0.76",
    "conjugated-estrogens-oral, ORAL, 0.625, mg, 1, 0.625",
    "ethinylestradiol-oral, ORAL, 5, ug, 1, 0.005",
    "norethisterone-acetate, ORAL, 5, mg, 1, 5",
    "tibolone, ORAL, 2.5, mg, 1, 2.5"
  })
  void estrogensAddEstradiolInProportion(
      String code, Route route, double dose, String unit, double interval, double perCoefficient) {
    double coefficient = Agents.shipped().find(code).orElseThrow().coefficient();
    addsEstradiol(code, route, dose, unit, interval, coefficient * perCoefficient);
  }

  /// Implants saturate: pg/mL.
  @ParameterizedTest
  @CsvSource({
    "estradiol-implant, IMPLANT, 25, mg, 182.625, 60",
    "estradiol-implant, IMPLANT, 50, mg, 182.625, 100"
  })
  void implantsAddThisMuchEstradiol(
      String code, Route route, double dose, String unit, double interval, double pgPerMl) {
    addsEstradiol(code, route, dose, unit, interval, pgPerMl);
  }

  private static void addsEstradiol(
      String code, Route route, double dose, String unit, double interval, double pgPerMl) {
    Forecast forecast = womanAfterMenopause().gives(code, route, dose, unit, interval).forecast();
    double added = at(forecast, Quantity.ESTRADIOL, 60) / PMOL_PER_PG - 5;
    assertThat(added).isCloseTo(pgPerMl, within(0.04 * pgPerMl));
    assertThat(forecast.exposures().getFirst().mean() / PMOL_PER_PG)
        .isCloseTo(pgPerMl, within(0.04 * pgPerMl));
  }

  /// Testosterone that reaches a man's blood, mg/d, over his clearance.
  @ParameterizedTest
  @CsvSource({
    "testosterone-cypionate, INTRAMUSCULAR, 100, mg, 7, 9.986",
    "testosterone-cypionate, SUBCUTANEOUS, 50, mg, 3.5, 9.986",
    "testosterone-cypionate, INTRAMUSCULAR, 100, mg, 14, 4.993",
    "testosterone-enanthate, INTRAMUSCULAR, 100, mg, 7, 10.286",
    "testosterone-undecanoate-im, INTRAMUSCULAR, 1000, mg, 84, 7.5",
    "testosterone-implant, IMPLANT, 600, mg, 120, 5",
    "testosterone-gel, TRANSDERMAL, 50, mg, 1, 5"
  })
  void testosteroneDependsOnDoseRouteAndInterval(
      String code, Route route, double dose, String unit, double interval, double mgPerDay) {
    Forecast forecast = man(40).gives(code, route, dose, unit, interval).forecast();
    double coefficient = Agents.shipped().find(code).orElseThrow().coefficient();
    double clearance = Parameters.shipped().endocrine().clM();
    double ngPerDl = coefficient * mgPerDay / clearance * 1e5;
    assertThat(forecast.exposures().getFirst().mean() / NMOL_PER_NG_PER_DL)
        .isCloseTo(ngPerDl, within(0.01 * ngPerDl));
  }

  @Test
  void aTestosteronePatchStatesWhatItDelivers() {
    Forecast forecast =
        man(40).gives("testosterone-patch", Route.TRANSDERMAL, 5000, "ug/24h", 1).forecast();
    double ngPerDl = 5 / Parameters.shipped().endocrine().clM() * 1e5;
    assertThat(forecast.exposures().getFirst().mean() / NMOL_PER_NG_PER_DL)
        .isCloseTo(ngPerDl, within(0.01 * ngPerDl));
  }

  @Test
  void anAsNeededDoseCountsByItsExpectedNumberPerWeek() {
    Administration asNeeded =
        new Administration(
            "anastrozole", Route.ORAL, null, 1, "mg", null, 3.5, Requests.TODAY, null);
    Forecast everyOtherDay = man(60).gives("anastrozole", Route.ORAL, 1, "mg", 2).forecast();
    assertThat(man(60).gives(asNeeded).forecast().series()).isEqualTo(everyOtherDay.series());
  }

  @Test
  void threeUnitsOfSomatropinAreAMilligram() {
    Forecast units = man(50).gives("somatropin", Route.SUBCUTANEOUS, 0.9, "IU", 1).forecast();
    Forecast mg = man(50).gives("somatropin", Route.SUBCUTANEOUS, 0.3, "mg", 1).forecast();
    assertThat(at(units, Quantity.IGF1_RATIO, 24))
        .isCloseTo(at(mg, Quantity.IGF1_RATIO, 24), within(1e-9));
  }

  @Test
  void aGnrhAgonistCastrates() {
    Forecast inAMan = man(60).gives("gnrh-agonist", Route.INTRAMUSCULAR, 22.5, "mg", 90).forecast();
    Forecast inAWoman =
        of(woman("1991-01", MenopausalStatus.PREMENOPAUSAL, null))
            .gives("gnrh-agonist", Route.INTRAMUSCULAR, 3.75, "mg", 28)
            .forecast();
    assertThat(at(inAMan, Quantity.TESTOSTERONE, 12) / NMOL_PER_NG_PER_DL).isBetween(15.0, 25.0);
    assertThat(at(inAWoman, Quantity.ESTRADIOL, 12) / PMOL_PER_PG).isBetween(10.0, 15.0);
  }

  @Test
  void bicalutamideRaisesTestosteroneAndEstradiol() {
    Forecast before = man(60).forecast();
    Forecast after = man(60).tablet("bicalutamide", 150).forecast();
    assertThat(at(after, Quantity.TESTOSTERONE, 12) / at(before, Quantity.TESTOSTERONE, 12))
        .isBetween(1.4, 2.2);
    assertThat(at(after, Quantity.ESTRADIOL, 12) / at(before, Quantity.ESTRADIOL, 12))
        .isBetween(1.4, 2.2);
  }

  @Test
  void anAromataseInhibitorLeavesAWomanAFifteenthOfHerEstradiolAndAManHalf() {
    Forecast inAWoman = womanAfterMenopause().tablet("anastrozole", 1).forecast();
    assertThat(at(inAWoman, Quantity.ESTRADIOL, 12) / at(inAWoman, Quantity.ESTRADIOL, 0))
        .isLessThanOrEqualTo(0.15);
    Forecast inAMan = man(60).tablet("anastrozole", 1).forecast();
    assertThat(at(inAMan, Quantity.ESTRADIOL, 12) / at(inAMan, Quantity.ESTRADIOL, 0))
        .isBetween(0.5, 0.62);
  }

  @Test
  void gonadorelinKeepsTheDriveThatTestosteroneTakes() {
    Forecast alone = man(35).cypionate(100).forecast();
    Forecast with =
        man(35)
            .cypionate(100)
            .gives("gonadorelin", Route.SUBCUTANEOUS, 140, "ug", 7.0 / 3)
            .forecast();
    assertThat(at(with, Quantity.TESTOSTERONE, 12))
        .isGreaterThan(at(alone, Quantity.TESTOSTERONE, 12));
  }

  @Test
  void enclomipheneRaisesTestosteroneInCentralHypogonadism() {
    Forecast forecast = man(40, Hypogonadism.CENTRAL, null).tablet("enclomiphene", 25).forecast();
    assertThat(at(forecast, Quantity.TESTOSTERONE, 12) / at(forecast, Quantity.TESTOSTERONE, 0))
        .isGreaterThan(1.1);
  }
}
