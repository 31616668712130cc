package org.trabecula.patient.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.contracts.Analyte;
import org.trabecula.patient.Refusals;
import org.trabecula.patient.Refused;
import org.trabecula.patient.Ucum;
import org.trabecula.patient.UnitAliases;

class CanonicalTest {
  private static Ucum ucum;
  private static Catalogue catalogue;
  private static Canonical canonical;

  /// Once for all: reading UCUM takes the longest by far.
  @BeforeAll
  static void readUcum() throws Exception {
    ucum = new Ucum();
    catalogue = new Catalogue(new ObjectMapper());
    canonical = new Canonical(ucum, new UnitAliases());
  }

  @ParameterizedTest
  @CsvSource({
    "ctx, 0.412, ng/mL, 412",
    "ctx, 412, pg/mL, 412",
    "p1np, 45.2, ng/mL, 45.2",
    "estradiol, 10, pg/mL, 36.71",
    "estradiol, 0.01, ng/mL, 36.71",
    "testosterone, 500, ng/dL, 17.335",
    "testosterone, 5, ng/mL, 17.335",
    "igf-1, 20, nmol/L, 153",
    "hba1c, 48, mmol/mol, 6.542",
    "hba1c, 6.5, %, 6.5",
    "haematocrit, 0.45, L/L, 45",
    "haemoglobin, 14, g/dL, 140",
    "lh, 5, m[IU]/mL, 5",
    "body-height, 1.7, m, 170",
    "t-score-total-hip, -2.5, {T-score}, -2.5",
    "t-score-total-hip, -2.5, SD, -2.5",
    "ctx, 0.412, mcg/L, 412",
    "ctx, 412, PG/ML, 412",
    "ctx, 0.412, µg/L, 412",
    "ctx, 0.412, μg/L, 412",
    "tracp-5b, 350, mU/dL, 3.5",
    "lh, 5, mIU/mL, 5",
    "lh, 5, IU/L, 5",
    "lh, 5, U/L, 5",
    "tsh, 2, uIU/mL, 2",
    "alt, 20, IU/L, 20",
    "creatinine, 1, mg/dl, 88.42",
    "egfr, 80, mL/min/1.73m2, 80",
    "egfr, 80, ml/min/1.73 m², 80",
    "bmd-total-hip, 0.81, g/cm², 0.81",
    "urinary-free-cortisol, 10, mcg/24 h, 27.6",
    "dhea-s, 200, ug/dL, 5.428",
    "hr-pqct-radius-total-vbmd, 300, mg HA/cm³, 300",
    "hr-pqct-tibia-trabecular-number, 1.4, 1/mm, 1.4",
    "body-height, 161.19656317269954, cm, 161.19656317269954",
  })
  void convertsToTheCanonicalUnit(
      String analyte, BigDecimal value, String unit, BigDecimal expected) {
    var refusals = new Refusals();
    assertThat(canonical.of(analyte(analyte), value, unit, false, refusals))
        .isEqualByComparingTo(expected);
    assertThat(refusals.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ctx, 412, pmol/L, unit, no factor holds for every assay",
    "ctx, 412, 'ng/L ', unit, no UCUM unit",
    "ctx, 412, mcgg/L, unit, no UCUM unit",
    "ctx, 412, mcg/L, value, Is it ng/L",
    "ctx, 412, pMol/L, unit, cannot be converted",
    "ctx, 5600, ng/L, value, send it with unitConfirmed",
    "ctx, 412, kg, unit, cannot be converted",
    "ctx, 412, Cel, unit, cannot be converted",
    "ctx, 0.412, ng/L, value, Is it ng/mL",
    "ctx, 412, ug/L, value, Is it ng/L",
    "estradiol, 1000000, pg/mL, value, plausible",
    "t-score-total-hip, -250, %, unit, cannot be converted",
    "hba1c, 48, %, value, Is it mmol/mol",
    "body-weight, 70000, kg, value, Is it g",
  })
  void refusesAProbableUnitError(
      String analyte, BigDecimal value, String unit, String field, String reason) {
    var refusals = new Refusals();
    assertThat(canonical.of(analyte(analyte), value, unit, false, refusals)).isNull();
    assertThat(catchRefused(refusals).refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.field()).isEqualTo(field);
              assertThat(refusal.message()).contains(reason);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "ctx, 5600, ng/L, 5600",
    "ctx, 3, ng/L, 3",
    "p1np, 2000, ug/L, 2000",
  })
  void believesAnImplausibleValueWhoseUnitIsConfirmed(
      String analyte, BigDecimal value, String unit, BigDecimal expected) {
    assertThat(canonical.of(analyte(analyte), value, unit, true, new Refusals()))
        .isEqualByComparingTo(expected);
    assertThat(canonical.of(analyte(analyte), value, unit, false, new Refusals())).isNull();
  }

  /// Whatever a healthy person's result is, a confirmed unit does not let a factor 1000 through.
  @ParameterizedTest
  @CsvSource({"ctx, 100, 1300", "p1np, 15, 100"})
  void noConfirmationLetsAFactorOfAThousandThrough(String analyte, int low, int high) {
    for (int value = low; value <= high; value++) {
      for (int shift : new int[] {-3, 3}) {
        var refusals = new Refusals();
        BigDecimal wrong = BigDecimal.valueOf(value).scaleByPowerOfTen(shift);
        String unit = analyte(analyte).unit();
        assertThat(canonical.of(analyte(analyte), wrong, unit, true, refusals)).isNull();
        assertThat(catchRefused(refusals).refusals().getFirst().message())
            .contains("No confirmation of the unit makes it possible");
      }
    }
  }

  @Test
  void aConfirmationChangesNothingWhereTheCatalogueHasNoWiderRange() {
    assertThat(canonical.of(analyte("calcium"), BigDecimal.TEN, "mmol/L", true, new Refusals()))
        .isNull();
  }

  @Test
  void readsEveryUnitOfTheCatalogue() {
    for (Analyte analyte : catalogue.all()) {
      assertThat(ucum.isUnit(analyte.unit())).as(analyte.code()).isTrue();
      if (analyte.conversion() != null) {
        assertThat(ucum.isUnit(analyte.conversion().from())).as(analyte.code()).isTrue();
      }
      BigDecimal middle =
          analyte.plausible().minimum().add(analyte.plausible().maximum()).divide(BigDecimal.TWO);
      assertThat(canonical.of(analyte, middle, analyte.unit(), false, new Refusals()))
          .as(analyte.code())
          .isEqualByComparingTo(middle);
    }
  }

  @Test
  void findsEveryLoincCodeOfTheCatalogue() {
    var codes = new HashSet<String>();
    for (Analyte analyte : catalogue.all()) {
      for (Analyte.Loinc loinc : analyte.loinc()) {
        assertThat(catalogue.byLoinc(loinc.code())).contains(analyte);
        assertThat(codes.add(loinc.code())).as(loinc.code()).isTrue();
      }
    }
    assertThat(catalogue.byLoinc("38265-5").orElseThrow().code()).isEqualTo("t-score-unspecified");
  }

  @ParameterizedTest
  @CsvSource({"10*999999999", "10*-999999999", "g99999", "m+999", "((((((", "mg/", "''", "µg/L"})
  void refusesUnitsThatNobodyMeans(String unit) {
    assertThat(ucum.isUnit(unit)).isFalse();
    assertThat(ucum.factor(unit, "ng/L")).isEmpty();
  }

  private static Analyte analyte(String code) {
    return catalogue.byCode(code).orElseThrow();
  }

  private static Refused catchRefused(Refusals refusals) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(
        Refused.class, () -> refusals.throwIfAny(Refused.Kind.INVALID));
  }
}
