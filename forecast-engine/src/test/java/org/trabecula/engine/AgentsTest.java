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

  /// Added estradiol, pg/mL at steady state.
  @ParameterizedTest
  @CsvSource({
    "estradiol-patch, TRANSDERMAL, 50, ug/24h, 3.5, 37.5",
    "estradiol-patch, TRANSDERMAL, 100, ug/24h, 7, 75",
    "estradiol-gel, TRANSDERMAL, 1.5, mg, 1, 45",
    "estradiol-oral, ORAL, 1, mg, 1, 40",
    "estradiol-valerate-oral, ORAL, 1, mg, 1, 30.4",
    "conjugated-estrogens-oral, ORAL, 0.625, mg, 1, 37.5",
    "tibolone, ORAL, 2.5, mg, 1, 40",
    "estradiol-implant, IMPLANT, 25, mg, 182.625, 60",
    "estradiol-implant, IMPLANT, 50, mg, 182.625, 100"
  })
  void estrogensAddThisMuchEstradiol(
      String code, Route route, double dose, String unit, double interval, double pgPerMl) {
    Forecast forecast = womanAfterMenopause().gives(code, route, dose, unit, interval).forecast();
    double added = at(forecast, Quantity.ESTRADIOL, 60) / PMOL_PER_PG - 5;
    assertThat(added).isCloseTo(pgPerMl, within(0.04 * pgPerMl));
    assertThat(forecast.exposures().getFirst().mean() / PMOL_PER_PG)
        .isCloseTo(pgPerMl, within(0.04 * pgPerMl));
  }

  /// Added testosterone, ng/dL, in a man: dose per day x released mass / 1300 L/d.
  @ParameterizedTest
  @CsvSource({
    "testosterone-cypionate, INTRAMUSCULAR, 100, 7, 768",
    "testosterone-cypionate, SUBCUTANEOUS, 50, 3.5, 768",
    "testosterone-cypionate, INTRAMUSCULAR, 100, 14, 384",
    "testosterone-enanthate, INTRAMUSCULAR, 100, 7, 791",
    "testosterone-undecanoate-im, INTRAMUSCULAR, 1000, 84, 577",
    "testosterone-gel, TRANSDERMAL, 50, 1, 385"
  })
  void testosteroneDependsOnDoseRouteAndInterval(
      String code, Route route, double dose, double interval, double ngPerDl) {
    Forecast forecast = man(40).gives(code, route, dose, "mg", interval).forecast();
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
        .isBetween(1.4, 1.7);
    assertThat(at(after, Quantity.ESTRADIOL, 12) / at(before, Quantity.ESTRADIOL, 12))
        .isBetween(1.4, 1.7);
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
