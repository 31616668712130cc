package org.trabecula.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.trabecula.contracts.ClinicalFact.Coding;
import org.trabecula.contracts.ClinicalFact.Kind;

class FactCatalogueTest {
  private final List<ClinicalFact> catalogue =
      Contract.JSON.convertValue(
          Contract.resource(ClinicalFact.RESOURCE), new TypeReference<List<ClinicalFact>>() {});

  private final Map<String, ClinicalFact> byCode =
      catalogue.stream()
          .collect(Collectors.toMap(ClinicalFact::code, Function.identity(), (one, other) -> one));

  @Test
  void everyFactHasACodeOfItsOwn() {
    assertThat(catalogue)
        .extracting(ClinicalFact::code)
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z0-9]+(-[a-z0-9]+)*"));
  }

  @ParameterizedTest
  @EnumSource
  void eachKindHasWhatItNeedsAndNothingElse(Kind kind) {
    assertThat(catalogue)
        .filteredOn(fact -> fact.kind() == kind)
        .isNotEmpty()
        .allMatch(fact -> (fact.unit() != null) == (kind == Kind.QUANTITY))
        .allMatch(fact -> (fact.plausible() != null) == (kind == Kind.QUANTITY))
        .allMatch(fact -> (fact.values().size() > 1) == (kind == Kind.CODED))
        .allMatch(fact -> (fact.analyte() != null) == (kind == Kind.MEASUREMENT))
        .allMatch(fact -> fact.values().stream().distinct().count() == fact.values().size());
  }

  @Test
  void everyMeasurementIsOfACataloguedAnalyteAndCalledAsIt() {
    List<String> analytes = AnalyteCatalogueTest.catalogue().stream().map(Analyte::code).toList();

    assertThat(catalogue)
        .filteredOn(fact -> fact.kind() == Kind.MEASUREMENT)
        .allMatch(fact -> fact.code().equals(fact.analyte()))
        .extracting(ClinicalFact::analyte)
        .isSubsetOf(analytes);
  }

  @Test
  void everyFactIsAskedForByARuleOrTheEngine() {
    assertThat(catalogue)
        .allMatch(fact -> !fact.askedBy().isEmpty())
        .flatExtracting(ClinicalFact::askedBy)
        .allMatch(asker -> asker.matches("(DATA|HRT|TM|AI|HPG|TF|GH|REF|REG|SPORT)-\\d{2}|engine"));
  }

  @Test
  void everyRuleOfAPatientsFactsFindsOneToAskFor() {
    assertThat(catalogue)
        .flatExtracting(ClinicalFact::askedBy)
        .contains("DATA-01", "HRT-04", "HRT-05", "HRT-06", "HRT-07", "HRT-08", "HRT-11", "HRT-12")
        .contains("TM-01", "TM-06", "TM-07", "TM-08", "TM-09", "TM-17", "AI-04", "AI-06", "HPG-02")
        .contains("TF-01", "TF-05", "GH-01", "GH-02", "GH-04", "GH-05", "GH-06", "GH-09", "GH-15")
        .contains(
            "REF-01", "REF-02", "REF-03", "REF-05", "DATA-04", "DATA-07", "DATA-13", "SPORT-01");
  }

  @Test
  void whatIsImpliedIsInTheCatalogueAndImpliesNothingMore() {
    assertThat(catalogue)
        .allSatisfy(
            fact -> {
              assertThat(byCode.keySet()).containsAll(fact.implies());
              assertThat(fact.implies()).doesNotContain(fact.code());
              assertThat(fact.implies())
                  .allSatisfy(
                      implied -> assertThat(fact.implies()).containsAll(fact(implied).implies()));
            });
  }

  @Test
  void onlyWhatIsPresentOrAbsentIsCodedOrImplied() {
    assertThat(catalogue)
        .filteredOn(fact -> !fact.codings().isEmpty() || !fact.implies().isEmpty())
        .extracting(ClinicalFact::kind)
        .containsOnly(Kind.CONDITION, Kind.EVENT);
  }

  @Test
  void everyCodingIsWellFormed() {
    assertThat(catalogue)
        .flatExtracting(ClinicalFact::codings)
        .allSatisfy(
            coding ->
                assertThat(coding.code())
                    .matches(
                        switch (coding.system()) {
                          case Coding.SNOMED_CT -> "\\d{6,18}";
                          case Coding.ICD_10 -> "[A-Z]\\d{2}(\\.\\d{1,2}|-[A-Z]\\d{2})?";
                          case Coding.ICD_10_CM -> "[A-Z]\\d[0-9A-Z](\\.[0-9A-Z]{1,4})?";
                          default -> "no code system";
                        }));
  }

  /// The last digit of a SNOMED CT identifier is Verhoeff's check digit.
  @Test
  void everySnomedCodeEndsInItsCheckDigit() {
    assertThat(catalogue)
        .flatExtracting(ClinicalFact::codings)
        .filteredOn(coding -> coding.system().equals(Coding.SNOMED_CT))
        .isNotEmpty()
        .allSatisfy(coding -> assertThat(Verhoeff.holds(coding.code())).as(coding.code()).isTrue());
    assertThat(Verhoeff.holds("64859007")).isFalse();
  }

  @Test
  void aCodeMeansOneFactBesideThoseThatItImplies() {
    assertThat(catalogue)
        .allSatisfy(
            fact ->
                assertThat(fact.codings())
                    .allSatisfy(
                        coding ->
                            assertThat(others(fact, coding))
                                .as(coding.code())
                                .allMatch(
                                    other ->
                                        fact.implies().contains(other)
                                            || other.matches("type-[12]-diabetes"))));
  }

  @ParameterizedTest
  @CsvSource({
    "osteoporotic-fracture, M80, true",
    "osteoporotic-fracture, M80.0, true",
    "osteoporotic-fracture, M80.08XA, true",
    "osteoporotic-fracture, m8008XA, true",
    "osteoporotic-fracture, M81.0, false",
    "liver-disease, K70.3, true",
    "liver-disease, K77, true",
    "liver-disease, K7, false",
    "liver-disease, K78, false",
    "malignancy, C44.9, false",
    "malignancy, C43.9, true",
    "hysterectomy, Z90.710, true",
    "hysterectomy, Z90.712, false",
    "hysterectomy, Z90.7, false",
    "fracture, S72.001A, true"
  })
  void anIcdCodeCoversAllBelowIt(String fact, String code, boolean covered) {
    assertThat(fact(fact).isCodedAs(Coding.ICD_10_CM, code)).isEqualTo(covered);
  }

  @Test
  void theInternationalEditionIsNotReadByAnAmericanCode() {
    assertThat(fact("hysterectomy").isCodedAs(Coding.ICD_10, "Z90.710")).isFalse();
    assertThat(fact("osteoporosis").isCodedAs(Coding.ICD_10, "M81.0")).isTrue();
  }

  @Test
  void aSnomedCodeCoversItselfAlone() {
    assertThat(fact("osteoporosis").isCodedAs(Coding.SNOMED_CT, "64859006")).isTrue();
    assertThat(fact("osteoporosis").isCodedAs(Coding.SNOMED_CT, "648590061")).isFalse();
    assertThat(fact("osteoporosis").isCodedAs(Coding.ICD_10, "64859006")).isFalse();
  }

  @Test
  void aQuantityBeyondItsBoundsIsImplausible() {
    assertThat(fact("ipss").isPlausible(BigDecimal.valueOf(35))).isTrue();
    assertThat(fact("ipss").isPlausible(BigDecimal.valueOf(36))).isFalse();
    assertThat(fact("ipss").isPlausible(BigDecimal.valueOf(-1))).isFalse();
  }

  private ClinicalFact fact(String code) {
    ClinicalFact fact = byCode.get(code);
    assertThat(fact).as(code).isNotNull();
    return fact;
  }

  private List<String> others(ClinicalFact fact, Coding coding) {
    return catalogue.stream()
        .filter(other -> other != fact && other.isCodedAs(coding.system(), coding.code()))
        .map(ClinicalFact::code)
        .toList();
  }

  private static final class Verhoeff {
    private static final String[] TIMES = {
      "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
      "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"
    };
    private static final String[] PLACES = {
      "0123456789", "1576283094", "5803796142", "8916043527",
      "9453126870", "4286573901", "2793806415", "7046913258"
    };

    static boolean holds(String number) {
      int check = 0;
      for (int i = 0; i < number.length(); i++) {
        int digit = number.charAt(number.length() - 1 - i) - '0';
        check = TIMES[check].charAt(PLACES[i % 8].charAt(digit) - '0') - '0';
      }
      return check == 0;
    }
  }
}
