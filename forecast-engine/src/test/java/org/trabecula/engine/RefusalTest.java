package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.engine.Requests.TODAY;
import static org.trabecula.engine.Requests.man;
import static org.trabecula.engine.Requests.of;
import static org.trabecula.engine.Requests.woman;
import static org.trabecula.engine.Requests.womanAfterMenopause;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.engine.Administration.Form;
import org.trabecula.engine.Administration.Route;
import org.trabecula.engine.Person.GrowthHormoneDeficiency;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.MenopausalStatus;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.Refusal.Reason;

class RefusalTest {

  @Test
  void refusesAnUnknownSex() {
    refuses(
        of(person(SexForClinicalUse.UNKNOWN, "1970-01", false)), Reason.SEX_UNKNOWN, "person.sex");
  }

  @Test
  void refusesAnUnknownBirth() {
    refuses(of(person(SexForClinicalUse.MALE, null, false)), Reason.BIRTH_UNKNOWN, "person.birth");
  }

  @Test
  void refusesWhoMayBeUnderEighteen() {
    refuses(of(person(SexForClinicalUse.MALE, "2008-06", false)), Reason.UNDER_18, "person.birth");
    assertThat(of(person(SexForClinicalUse.MALE, "2008-05", false)).outcome())
        .isInstanceOf(Forecast.class);
  }

  @Test
  void refusesTheDeceasedBeforeAnythingElse() {
    refuses(of(person(SexForClinicalUse.UNKNOWN, null, true)), Reason.DECEASED, "person.deceased");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alendronate",
        "risedronate",
        "ibandronate",
        "zoledronate",
        "denosumab",
        "romosozumab",
        "teriparatide",
        "abaloparatide",
        "raloxifene",
        "bazedoxifene"
      })
  void refusesABoneDrug(String agent) {
    refuses(
        womanAfterMenopause().patch(50).tablet(agent, 10),
        Reason.BONE_DRUG_OUTSIDE_MODEL,
        "administrations[1].agent");
  }

  @Test
  void refusesABoneDrugThatStillActsAndWarnsOfAnOldOne() {
    refuses(
        zoledronateUntil("2024-01-01"), Reason.BONE_DRUG_OUTSIDE_MODEL, "administrations[0].agent");
    assertThat(zoledronateUntil("2015-01-01").forecast().warnings())
        .extracting(Note::code)
        .contains("PAST_BONE_DRUG");
  }

  @Test
  void refusesWhatItCannotDose() {
    refuses(
        womanAfterMenopause().tablet("aspirin", 100),
        Reason.AGENT_UNKNOWN,
        "administrations[0].agent");
    refuses(
        womanAfterMenopause().gives("estradiol-patch", Route.ORAL, 50, "ug/24h", 3.5),
        Reason.ROUTE_NOT_MODELLED,
        "administrations[0].route");
    refuses(
        womanAfterMenopause().gives("estradiol-patch", Route.TRANSDERMAL, 50, "mg", 3.5),
        Reason.UNIT_NOT_MODELLED,
        "administrations[0].unit");
    refuses(
        womanAfterMenopause().gives(anastrozole(Form.PATCH, 1.0)),
        Reason.FORM_NOT_MODELLED,
        "administrations[0].form");
    refuses(
        womanAfterMenopause().gives(anastrozole(Form.TABLET, null)),
        Reason.FREQUENCY_UNKNOWN,
        "administrations[0].intervalDays");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-5, 0, Double.NaN, Double.POSITIVE_INFINITY, 5000})
  void refusesAnImpossibleDose(double mg) {
    refuses(man(60).tablet("prednisone", mg), Reason.VALUE_IMPLAUSIBLE, "administrations[0].dose");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, Double.NaN, 4000})
  void refusesAnImpossibleFrequency(double days) {
    refuses(
        womanAfterMenopause().gives(anastrozole(Form.TABLET, days)),
        Reason.VALUE_IMPLAUSIBLE,
        "administrations[0].intervalDays");
    refuses(
        womanAfterMenopause()
            .gives(
                new Administration(
                    "anastrozole",
                    Route.ORAL,
                    null,
                    1,
                    "mg",
                    null,
                    days > 168 ? days : -Math.abs(days),
                    TODAY,
                    null)),
        Reason.VALUE_IMPLAUSIBLE,
        "administrations[0].expectedPerWeek");
  }

  @Test
  void refusesImpossibleDaysOfACourse() {
    refuses(
        prednisone(TODAY, TODAY.minusDays(1)), Reason.DATE_IMPLAUSIBLE, "administrations[0].stop");
    refuses(
        prednisone(LocalDate.parse("1920-01-01"), null),
        Reason.DATE_IMPLAUSIBLE,
        "administrations[0].start");
    refuses(
        prednisone(TODAY, LocalDate.parse("9999-12-31")),
        Reason.DATE_IMPLAUSIBLE,
        "administrations[0].stop");
    refuses(prednisone(LocalDate.MAX, null), Reason.DATE_IMPLAUSIBLE, "administrations[0].start");
  }

  @Test
  void refusesTheSameCourseTwiceButNotOneAfterTheOther() {
    LocalDate change = TODAY.minusYears(1);
    refuses(
        prednisone(change, null).gives("prednisone", Route.ORAL, 5, "mg", 1, TODAY, null),
        Reason.STATED_TWICE,
        "administrations[1]");
    assertThat(
            prednisone(change, TODAY)
                .gives("prednisone", Route.ORAL, 5, "mg", 1, TODAY, null)
                .outcome())
        .isInstanceOf(Forecast.class);
    assertThat(
            prednisone(change, null)
                .gives("prednisone", Route.ORAL, 2.5, "mg", 1, TODAY, null)
                .outcome())
        .isInstanceOf(Forecast.class);
  }

  @Test
  void refusesFactsThatContradictEachOther() {
    LocalDate past = LocalDate.parse("2020-01-01");
    refuses(
        of(with(SexForClinicalUse.MALE, MenopausalStatus.SURGICAL, null, null)),
        Reason.FACTS_CONTRADICT,
        "person.menopausalStatus");
    refuses(
        of(with(SexForClinicalUse.MALE, MenopausalStatus.UNKNOWN, past, null)),
        Reason.FACTS_CONTRADICT,
        "person.finalMenstrualPeriod");
    refuses(
        of(with(SexForClinicalUse.FEMALE, MenopausalStatus.PREMENOPAUSAL, past, null)),
        Reason.FACTS_CONTRADICT,
        "person.finalMenstrualPeriod");
    refuses(
        of(
            with(
                SexForClinicalUse.FEMALE,
                MenopausalStatus.SURGICAL,
                LocalDate.parse("1975-01-01"),
                null)),
        Reason.DATE_IMPLAUSIBLE,
        "person.finalMenstrualPeriod");
    refuses(man(60, Hypogonadism.NONE, past), Reason.FACTS_CONTRADICT, "person.hypogonadismOnset");
    refuses(
        man(60, Hypogonadism.PRIMARY, LocalDate.parse("1950-01-01")),
        Reason.DATE_IMPLAUSIBLE,
        "person.hypogonadismOnset");
  }

  @Test
  void refusesAnImpossibleBody() {
    refuses(man(121), Reason.DATE_IMPLAUSIBLE, "person.birth");
    for (double cm : new double[] {1.7, 300, Double.NaN}) {
      refuses(
          of(with(SexForClinicalUse.FEMALE, MenopausalStatus.UNKNOWN, null, cm)),
          Reason.VALUE_IMPLAUSIBLE,
          "person.heightCm");
    }
    refuses(
        of(with(SexForClinicalUse.FEMALE, MenopausalStatus.UNKNOWN, null, 60.0)),
        Reason.VALUE_IMPLAUSIBLE,
        "person.weightKg");
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnImpossibleResult(Analyte analyte) {
    for (double value :
        new double[] {
          Double.NaN, -1, 0, 0.99 * analyte.lowest(), 1.01 * analyte.highest(), 1.0 / 0
        }) {
      refuses(
          man(60).measured(analyte, value, "2026-01-01"),
          Reason.VALUE_IMPLAUSIBLE,
          "observations[0].value");
    }
    refuses(
        man(60).measured(analyte, analyte.highest(), "1950-01-01"),
        Reason.DATE_IMPLAUSIBLE,
        "observations[0].at");
  }

  private static Requests prednisone(LocalDate start, @Nullable LocalDate stop) {
    return man(60).gives("prednisone", Route.ORAL, 5, "mg", 1, start, stop);
  }

  /// Born in 1970, 80 kg.
  private static Person with(
      SexForClinicalUse sex,
      MenopausalStatus status,
      @Nullable LocalDate lastPeriod,
      @Nullable Double heightCm) {
    return new Person(
        sex,
        YearMonth.of(1970, 1),
        status,
        lastPeriod,
        Hypogonadism.UNKNOWN,
        null,
        GrowthHormoneDeficiency.UNKNOWN,
        null,
        null,
        heightCm,
        80.0,
        List.of(),
        false);
  }

  private static Administration anastrozole(Form form, @Nullable Double intervalDays) {
    return new Administration(
        "anastrozole", Route.ORAL, form, 1, "mg", intervalDays, null, TODAY, null);
  }

  private static Requests zoledronateUntil(String stop) {
    LocalDate end = LocalDate.parse(stop);
    return of(woman("1960-01", MenopausalStatus.POSTMENOPAUSAL, null))
        .gives("zoledronate", Route.INTRAVENOUS, 5, "mg", 365, end.minusYears(1), end);
  }

  private static void refuses(Requests request, Reason reason, String field) {
    assertThat(request.outcome())
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.field()).isEqualTo(field);
              assertThat(refusal.message()).endsWith(".");
              assertThat(refusal.parameterHash()).hasSize(64);
            });
  }

  private static Person person(SexForClinicalUse sex, @Nullable String birth, boolean deceased) {
    return new Person(
        sex,
        birth == null ? null : YearMonth.parse(birth),
        MenopausalStatus.UNKNOWN,
        null,
        Hypogonadism.UNKNOWN,
        null,
        GrowthHormoneDeficiency.UNKNOWN,
        null,
        null,
        null,
        null,
        List.of(),
        deceased);
  }
}
