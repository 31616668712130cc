package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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

  @Test
  void impossibleNumbersAreNotEvenARequest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> man(60).tablet("prednisone", -5))
        .withMessageContaining("dose");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> man(60).measured(Analyte.CTX, Double.NaN, "2026-01-01"))
        .withMessageContaining("ctx");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> man(60).gives("prednisone", Route.ORAL, 5, "mg", 1, TODAY, TODAY.minusDays(1)))
        .withMessageContaining("stop");
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
