package org.trabecula.projection.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.engine.Forecast;
import org.trabecula.engine.ForecastEngine;
import org.trabecula.engine.Person.CortisolDiagnosis;
import org.trabecula.engine.Person.Factor;
import org.trabecula.engine.Quantity;
import org.trabecula.engine.model.Parameters;
import org.trabecula.projection.TestPatient;
import org.trabecula.projection.Wire;

class ModelledFactsTest {
  private static final LocalDate STATED = LocalDate.of(2025, 11, 20);
  private static final Factor NEVER_SMOKED = new Factor("smoking", "never");

  private final TestPatient patient = new TestPatient("alder", new UUID(3, 4));

  @Test
  void whatNobodyHasStatedShiftsNothing() {
    assertThat(factors()).containsExactly(NEVER_SMOKED);
    assertThat(factors(condition("type-2-diabetes", Presence.UNKNOWN, null)))
        .containsExactly(NEVER_SMOKED);
    assertThat(factors(condition("type-2-diabetes", Presence.ABSENT, null)))
        .containsExactly(NEVER_SMOKED);
    assertThat(factors(condition("hyperthyroidism", Presence.PRESENT, "2024-01")))
        .containsExactly(NEVER_SMOKED);
  }

  @Test
  void whatTheModelKnowsIsGivenInOneOrder() {
    Fact diabetes = condition("type-2-diabetes", Presence.PRESENT, null);
    List<Factor> factors =
        factors(diabetes, coded("ar-cag", "long"), coded("alcohol", "3-or-more-units-a-day"));
    assertThat(factors)
        .containsExactly(
            new Factor("alcohol", "3-or-more-units-a-day"),
            new Factor("ar-cag", "long"),
            NEVER_SMOKED,
            new Factor("type-2-diabetes", "yes"));
    assertThat(
            factors(coded("alcohol", "3-or-more-units-a-day"), diabetes, coded("ar-cag", "long")))
        .isEqualTo(factors);
  }

  @Test
  void whatTheModelDoesNotKnowStaysBehindInsteadOfBeingRefused() {
    assertThat(
            factors(
                coded("ar-cag", "usual"),
                coded("alcohol", "less-than-3-units-a-day"),
                condition("headache", Presence.PRESENT, null)))
        .containsExactly(NEVER_SMOKED);
  }

  @Test
  void whatTheProfileSaysOfSmokingIsNotSaidAgainByAFact() {
    assertThat(factors(coded("smoking", "current"))).containsExactly(NEVER_SMOKED);
  }

  @Test
  void onlyADiagnosisTellsOfCortisol() {
    Fact high = condition("hypercortisolism", Presence.PRESENT, null);
    Fact low = condition("adrenal-insufficiency", Presence.PRESENT, null);
    assertThat(cortisol()).isNull();
    assertThat(cortisol(high)).isEqualTo(CortisolDiagnosis.HYPERCORTISOLISM);
    assertThat(cortisol(low)).isEqualTo(CortisolDiagnosis.HYPOCORTISOLISM);
    assertThat(cortisol(high, low)).isNull();
  }

  @Test
  void statingDiabetesMovesTheForecastAndWhatItIsSaidToRestOn() {
    var engine = new ForecastEngine(Parameters.shipped(), 64);
    Given without = given();
    Given with = given(condition("type-2-diabetes", Presence.PRESENT, null));
    InputsHash before = hash(without, engine);
    InputsHash after = hash(with, engine);
    assertThat(after.hex()).isNotEqualTo(before.hex());
    assertThat(after.canonical()).contains("type-2-diabetes");
    assertThat(p1np(engine, with)).isLessThan(p1np(engine, without));
    Given unread = given(condition("headache", Presence.PRESENT, null));
    assertThat(hash(unread, engine)).isEqualTo(before);
  }

  @Test
  void everyFactorOfTheModelIsAFactOfTheCatalogue() throws IOException {
    List<ClinicalFact> catalogue;
    try (var resource = ClinicalFact.class.getResourceAsStream(ClinicalFact.RESOURCE)) {
      catalogue = Wire.JSON.readValue(resource, new TypeReference<>() {});
    }
    assertThat(ForecastEngine.factors())
        .isNotEmpty()
        .allSatisfy(
            factor ->
                assertThat(catalogue)
                    .filteredOn(fact -> fact.code().equals(factor.code()))
                    .singleElement()
                    .satisfies(
                        fact -> {
                          assertThat(fact.askedBy()).contains("engine");
                          assertThat(
                                  fact.kind() == ClinicalFact.Kind.CODED
                                      ? fact.values()
                                      : List.of("yes"))
                              .contains(factor.value());
                        }));
  }

  private static double p1np(ForecastEngine engine, Given given) {
    var forecast = (Forecast) engine.forecast(given.request());
    return Objects.requireNonNull(forecast.series().get(Quantity.P1NP)).patient().q50().getFirst();
  }

  private InputsHash hash(Given given, ForecastEngine engine) {
    return InputsHash.of(
        patient.clinic(),
        patient.id(),
        given,
        ForecastEngine.MODEL_VERSION,
        engine.parameterHash());
  }

  private List<Factor> factors(Fact... facts) {
    return given(facts).request().person().factors();
  }

  private @Nullable CortisolDiagnosis cortisol(Fact... facts) {
    return given(facts).request().person().cortisol();
  }

  private Given given(Fact... facts) {
    ProfileRecorded plain = patient.profile();
    return Given.of(
        new ProfileRecorded(
            plain.patientId(),
            plain.version(),
            plain.region(),
            plain.sexForClinicalUse(),
            plain.birth(),
            plain.birthYear(),
            plain.deceased(),
            plain.menopause(),
            plain.uterus(),
            plain.hypogonadism(),
            plain.growthHormoneDeficiency(),
            plain.heightCm(),
            plain.weightKg(),
            plain.smoking(),
            plain.medications(),
            List.of(facts),
            plain.registeredAt(),
            plain.recordedAt()),
        null,
        List.of(),
        "parameters");
  }

  private static Fact condition(String code, Presence presence, @Nullable String until) {
    return new Fact(code, presence, null, null, null, until, STATED);
  }

  private static Fact coded(String code, String value) {
    return new Fact(code, null, null, value, null, null, STATED);
  }
}
