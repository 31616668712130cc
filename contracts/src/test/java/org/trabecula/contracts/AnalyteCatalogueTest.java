package org.trabecula.contracts;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.contracts.Analyte.Kind;

class AnalyteCatalogueTest {
  private final List<Analyte> catalogue = catalogue();

  static List<Analyte> catalogue() {
    return Contract.JSON.convertValue(
        Contract.resource(Analyte.RESOURCE), new TypeReference<List<Analyte>>() {});
  }

  @Test
  void everyAnalyteHasACodeOfItsOwn() {
    assertThat(catalogue)
        .extracting(Analyte::code)
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z0-9]+(-[a-z0-9]+)*"));
  }

  @Test
  void everyLoincCodeBelongsToOneAnalyte() {
    assertThat(loincCodes()).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void everyLoincCodeEndsInItsCheckDigit() {
    assertThat(loincCodes()).allMatch(AnalyteCatalogueTest::endsInItsCheckDigit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"49041-6", "14866-5"})
  void theCheckDigitTellsACodeThatIsOftenMisquoted(String misquoted) {
    assertThat(endsInItsCheckDigit(misquoted)).isFalse();
  }

  @Test
  void onlyALocalCodeHasNoLoinc() {
    assertThat(catalogue)
        .filteredOn(analyte -> analyte.loinc().isEmpty())
        .extracting(Analyte::code)
        .filteredOn(code -> !code.startsWith("hr-pqct-"))
        .containsExactlyInAnyOrder("tbs", "tracp-5b", "t-score-radius-third");
  }

  @Test
  void everyPlausibleRangeIsOne() {
    assertThat(catalogue)
        .allMatch(
            analyte -> analyte.plausible().minimum().compareTo(analyte.plausible().maximum()) < 0)
        .allMatch(analyte -> !analyte.plausible().source().isBlank());
  }

  /// A confirmed unit must not let through what is a factor 1000 away from a healthy person.
  @ParameterizedTest
  @CsvSource({"ctx, 100, 1300", "p1np, 15, 100", "bone-alp-mass, 4, 25", "osteocalcin, 10, 50"})
  void aConfirmedUnitWidensTheRangeByLessThanAFactorOfAThousand(
      String code, BigDecimal low, BigDecimal high) {
    Analyte analyte = analyte(code);

    assertThat(analyte.possible().minimum())
        .isLessThan(analyte.plausible().minimum())
        .isGreaterThan(high.movePointLeft(3));
    assertThat(analyte.possible().maximum())
        .isGreaterThan(analyte.plausible().maximum())
        .isLessThan(low.movePointRight(3));
  }

  @Test
  void aConcentrationIsNeverZero() {
    assertThat(catalogue)
        .filteredOn(analyte -> !analyte.unit().contains("score"))
        .allMatch(analyte -> analyte.plausible().minimum().signum() > 0);
  }

  /// Found in the project's safety rules, DATA-02.
  @ParameterizedTest
  @CsvSource({"ctx, ng/L, 5, 5000", "p1np, ug/L, 2, 1500"})
  void theTurnoverMarkersAreBoundedAsTheSafetyRulesSay(
      String code, String unit, BigDecimal minimum, BigDecimal maximum) {
    Analyte analyte = analyte(code);

    assertThat(analyte.unit()).isEqualTo(unit);
    assertThat(analyte.plausible().minimum()).isEqualByComparingTo(minimum);
    assertThat(analyte.plausible().maximum()).isEqualByComparingTo(maximum);
  }

  @Test
  void ctxHasNoConversionFromAMolarUnit() {
    assertThat(analyte("ctx").conversion()).isNull();
  }

  /// The same amount in both units, worked out by hand from the molar mass.
  @ParameterizedTest
  @CsvSource({
    "estradiol, 100, 367.1",
    "testosterone, 500, 17.34",
    "testosterone-free, 10, 34.67",
    "progesterone, 10, 31.8",
    "cortisol, 10, 275.9",
    "25-oh-vitamin-d, 30, 74.9",
    "pth, 50, 5.3",
    "calcium, 10, 2.495",
    "phosphate, 3, 0.969",
    "creatinine, 1, 88.4",
    "fasting-glucose, 90, 5.0",
    "glucose, 90, 5.0",
    "triglycerides, 500, 5.65",
    "urinary-free-cortisol, 10, 27.6",
    "igf-1, 20, 153",
    "dhea-s, 200, 5.43",
    "hba1c, 48, 6.54"
  })
  void theConversionGivesTheSameAmount(String code, BigDecimal sent, double canonical) {
    Analyte.Conversion conversion = analyte(code).conversion();

    BigDecimal converted = sent.multiply(conversion.factor()).add(conversion.offset());

    assertThat(converted.doubleValue())
        .isCloseTo(canonical, org.assertj.core.data.Percentage.withPercentage(0.5));
  }

  @Test
  void aLoincCodeOfTheFemurNeedsTheBodySiteToMeanTheFemoralNeck() {
    assertThat(catalogue)
        .filteredOn(analyte -> analyte.bodySite() != null && analyte.bodySite().required())
        .extracting(Analyte::code)
        .containsExactlyInAnyOrder(
            "bmd-femoral-neck", "t-score-femoral-neck", "z-score-femoral-neck");
  }

  /// What is shown is the first code that fits: it must not say more than the source did.
  @Test
  void theFirstCodeOfAnAnalyteSaysNeitherMethodNorSpecimen() {
    assertThat(catalogue)
        .filteredOn(analyte -> !analyte.loinc().isEmpty())
        .extracting(analyte -> analyte.loinc().getFirst())
        .noneMatch(Analyte.Loinc::saysMore);
  }

  @ParameterizedTest
  @CsvSource({
    "egfr, 33914-3, MDRD, , true",
    "egfr, 33914-3, 'IDMS-traceable mdrd, 4 variables', , true",
    "egfr, 33914-3, CKD-EPI 2009, , false",
    "egfr, 33914-3, , , false",
    "egfr, 98979-8, , , true",
    "creatinine, 38483-4, , 'Blood, venous', true",
    "creatinine, 38483-4, , Serum, false",
    "glucose, 15074-8, , , false"
  })
  void aCodeThatSaysMoreFitsWhatWasMeasuredSo(
      String code, String loinc, String method, String specimen, boolean fits) {
    assertThat(analyte(code).loinc())
        .filteredOn(one -> one.code().equals(loinc))
        .singleElement()
        .matches(one -> one.fits(method, specimen) == fits);
  }

  @Test
  void aTScoreUnderTheMisusedCodeHasNoSite() {
    assertThat(catalogue)
        .filteredOn(has("38265-5"))
        .singleElement()
        .satisfies(
            analyte -> {
              assertThat(analyte.code()).isEqualTo("t-score-unspecified");
              assertThat(analyte.bodySite()).isNull();
            });
  }

  @Test
  void onlyAScanHasABodySite() {
    assertThat(catalogue)
        .filteredOn(analyte -> analyte.bodySite() != null)
        .allMatch(analyte -> analyte.kind() == Kind.IMAGING);
    assertThat(catalogue.stream().collect(groupingBy(Analyte::kind, counting())))
        .containsKeys(Kind.values());
  }

  @Test
  void anAnalyteSurvivesTheWayThroughTheRecord() throws JsonProcessingException {
    String written = Contract.JSON.writeValueAsString(catalogue);

    assertThat(Contract.JSON.readTree(written)).isEqualTo(Contract.resource(Analyte.RESOURCE));
  }

  private Analyte analyte(String code) {
    return catalogue.stream()
        .filter(analyte -> analyte.code().equals(code))
        .findFirst()
        .orElseThrow();
  }

  private List<String> loincCodes() {
    return catalogue.stream()
        .flatMap(analyte -> analyte.loinc().stream())
        .map(Analyte.Loinc::code)
        .toList();
  }

  private static Predicate<Analyte> has(String loinc) {
    return analyte -> analyte.loinc().stream().anyMatch(code -> code.code().equals(loinc));
  }

  /// LOINC's check digit: the Luhn algorithm (mod 10) over the digits before the hyphen.
  private static boolean endsInItsCheckDigit(String loinc) {
    int hyphen = loinc.indexOf('-');
    int sum = 0;
    for (int i = hyphen - 1, weight = 2; i >= 0; i--, weight = 3 - weight) {
      int digit = weight * Character.digit(loinc.charAt(i), 10);
      sum += digit / 10 + digit % 10;
    }
    return loinc.length() == hyphen + 2
        && Character.digit(loinc.charAt(hyphen + 1), 10) == (10 - sum % 10) % 10;
  }
}
