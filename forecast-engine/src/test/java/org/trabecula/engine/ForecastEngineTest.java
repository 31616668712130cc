package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.engine.Requests.at;
import static org.trabecula.engine.Requests.man;
import static org.trabecula.engine.Requests.of;
import static org.trabecula.engine.Requests.woman;
import static org.trabecula.engine.Requests.womanAfterMenopause;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trabecula.engine.Administration.Route;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.MenopausalStatus;
import org.trabecula.engine.Series.Basis;
import org.trabecula.engine.model.Parameters;

class ForecastEngineTest {

  @Test
  void givesEveryQuantityForEveryMonth() {
    Forecast forecast = womanAfterMenopause().patch(50).forecast();
    Set<Quantity> missing =
        forecast.unavailable().stream().map(Unavailable::quantity).collect(Collectors.toSet());
    assertThat(missing)
        .containsExactlyInAnyOrder(
            Quantity.LUMBAR_SPINE_Z_SCORE,
            Quantity.FEMORAL_NECK_Z_SCORE,
            Quantity.TOTAL_HIP_Z_SCORE);
    assertThat(forecast.series())
        .containsOnlyKeys(
            Arrays.stream(Quantity.values())
                .filter(quantity -> !missing.contains(quantity))
                .toArray(Quantity[]::new));
    assertThat(forecast.months()).hasSize(121).startsWith(0, 1).endsWith(120);
    assertThat(forecast.series().values())
        .allSatisfy(series -> assertThat(series.patient().q50()).hasSize(121));
  }

  @Test
  void theSameRequestGivesTheSameForecast() {
    Requests request = womanAfterMenopause().patch(50).measured(Analyte.CTX, 400, "2026-05-01");
    assertThat(request.forecast()).isEqualTo(request.forecast());
  }

  @Test
  void aShorterHorizonIsTheBeginningOfALongerOne() {
    ForecastRequest ten = womanAfterMenopause().patch(50).request();
    ForecastRequest one =
        new ForecastRequest(
            ten.asOf(), 12, ten.person(), ten.administrations(), ten.observations(), ten.seed());
    Forecast year = (Forecast) Requests.ENGINE.forecast(one);
    Forecast decade = (Forecast) Requests.ENGINE.forecast(ten);
    assertThat(year.series().get(Quantity.CTX).patient().q50())
        .isEqualTo(decade.series().get(Quantity.CTX).patient().q50().subList(0, 13));
  }

  @Test
  void theHashCoversTheParameters() {
    ForecastEngine other = new ForecastEngine(Parameters.shipped().with("kE", 21), 64);
    assertThat(other.parameterHash()).isNotEqualTo(Requests.ENGINE.parameterHash());
    assertThat(womanAfterMenopause().forecast().parameterHash())
        .isEqualTo(Requests.ENGINE.parameterHash());
  }

  @Test
  void tScoresAreForPostmenopausalWomenAndMenFromFifty() {
    assertThat(man(49).forecast().series()).doesNotContainKey(Quantity.FEMORAL_NECK_T_SCORE);
    assertThat(man(51).forecast().series()).containsKey(Quantity.FEMORAL_NECK_T_SCORE);
    assertThat(of(woman("1985-01", MenopausalStatus.PREMENOPAUSAL, null)).forecast().series())
        .doesNotContainKey(Quantity.LUMBAR_SPINE_T_SCORE);
    Series hip = man(60).forecast().series().get(Quantity.TOTAL_HIP_T_SCORE);
    assertThat(hip.reference()).contains("FEMALE").contains("NHANES III");
  }

  @Test
  void withoutAScanAbsoluteValuesAreMarkedAsThePopulations() {
    Forecast forecast = womanAfterMenopause().forecast();
    assertThat(forecast.series().get(Quantity.LUMBAR_SPINE_CHANGE).basis())
        .isEqualTo(Basis.RELATIVE);
    assertThat(forecast.series().get(Quantity.LUMBAR_SPINE_BMD).basis())
        .isEqualTo(Basis.POPULATION_PRIOR);
    assertThat(forecast.series().get(Quantity.TBS).basis()).isEqualTo(Basis.MODEL_INFERRED);
    assertThat(codes(forecast)).contains("LEVEL_FROM_POPULATION_BMD_LUMBAR_SPINE");
  }

  @ParameterizedTest
  @EnumSource(MenopausalStatus.class)
  void anUnknownMenopauseIsAssumedAndNeverNever(MenopausalStatus status) {
    Forecast forecast = of(woman("1976-06", status, null)).forecast();
    assertThat(codes(forecast)).contains("FINAL_MENSTRUAL_PERIOD_ASSUMED");
    assertThat(at(forecast, Quantity.ESTRADIOL, 120)).isLessThan(50);
  }

  @Test
  void aFutureFinalMenstrualPeriodIsUnknown() {
    Person person =
        woman("1976-06", MenopausalStatus.PERIMENOPAUSAL, LocalDate.parse("2030-01-01"));
    assertThat(codes(of(person).forecast())).contains("FINAL_MENSTRUAL_PERIOD_ASSUMED");
  }

  @Test
  void surgicalMenopauseLosesFasterThanNatural() {
    LocalDate lastYear = LocalDate.parse("2026-05-01");
    Forecast surgical = of(woman("1980-01", MenopausalStatus.SURGICAL, lastYear)).forecast();
    assertThat(at(surgical, Quantity.LUMBAR_SPINE_CHANGE, 18)).isLessThan(-3);
  }

  @Test
  void unknownOnsetsAreAssumed() {
    Forecast forecast = man(60, Hypogonadism.PRIMARY, null).forecast();
    assertThat(codes(forecast)).contains("HYPOGONADISM_ONSET_ASSUMED", "VITAMIN_D_UNKNOWN");
  }

  @Test
  void warnsWhereItLeavesWhatItWasCalibratedOn() {
    Forecast forecast =
        man(25).cypionate(400).gives("ipamorelin", Route.SUBCUTANEOUS, 200, "ug", 1).forecast();
    assertThat(forecast.warnings())
        .extracting(Note::code)
        .contains(
            "AGE_OUTSIDE_CALIBRATION",
            "DOSE_ABOVE_CALIBRATION",
            "AGENT_WITHOUT_BONE_DATA",
            "TESTOSTERONE_FRACTURES",
            "COMBINATION_NOT_TESTED");
    assertThat(forecast.agents())
        .extracting(AgentEvidence::grade)
        .containsExactly(AgentEvidence.Grade.B, AgentEvidence.Grade.D);
  }

  @Test
  void aDepotShowsPeakAndTrough() {
    AgentExposure exposure = man(60).cypionate(100).forecast().exposures().getFirst();
    assertThat(exposure.peak()).isGreaterThan(exposure.mean());
    assertThat(exposure.trough()).isLessThan(exposure.mean());
    assertThat(womanAfterMenopause().patch(50).forecast().exposures().getFirst().peak()).isNull();
  }

  @Test
  void aRegimenInThePastShapesTodayAndAStopInTheFutureShapesTomorrow() {
    LocalDate start = Requests.TODAY.minusYears(3);
    Forecast longOn =
        womanAfterMenopause()
            .gives("estradiol-patch", Route.TRANSDERMAL, 50, "ug/24h", 3.5, start, null)
            .forecast();
    Forecast naive = womanAfterMenopause().forecast();
    assertThat(at(longOn, Quantity.CTX, 0)).isLessThan(0.75 * at(naive, Quantity.CTX, 0));
    assertThat(Math.abs(at(longOn, Quantity.LUMBAR_SPINE_CHANGE, 12))).isLessThan(1);
  }

  private static Set<String> codes(Forecast forecast) {
    return forecast.assumptions().stream().map(Note::code).collect(Collectors.toSet());
  }
}
