package org.trabecula.protocol.cds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Cycle;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.protocol.Shipped;
import org.trabecula.protocol.cds.DraftReading.Steps;
import org.trabecula.protocol.cds.DraftReading.Unclear;
import org.trabecula.protocol.fhir.Fhir;
import org.trabecula.protocol.fhir.FhirParts;
import org.trabecula.protocol.regimen.RegimenRequest;

/// Draft orders as record systems write them.
class DraftsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Fhir FHIR = FhirParts.fhir();

  private static final String ORAL = "http://snomed.info/sct|26643006";
  private static final String TRANSDERMAL = "http://snomed.info/sct|45890007";
  private static final String SUBCUTANEOUS = "http://snomed.info/sct|34206005";
  private static final String ATC = "http://www.whocc.no/atc|";
  private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm|";
  private static final String OURS = "urn:trabecula:agent|";

  private final Drafts drafts = new Drafts(FHIR, Shipped.AGENTS);

  @Test
  void readsWhatWhenHowMuchAndHow() {
    RegimenRequest.Step step =
        step(
            """
            {"resourceType": "MedicationRequest", "id": "d1", "status": "draft", "intent": "order",
             "medicationCodeableConcept": {"coding": [{"system": "urn:trabecula:agent", "code": "testosterone-cypionate"}]},
             "subject": {"reference": "Patient/1"}, "authoredOn": "2026-11-20T10:00:00+01:00",
             "reasonCode": [{"coding": [{"system": "urn:trabecula:indication", "code": "male-hypogonadism"}]}],
             "dosageInstruction": [{
               "timing": {"repeat": {"boundsPeriod": {"start": "2026-12-01", "end": "2027-02-28"},
                                     "frequency": 1, "period": 1, "periodUnit": "wk"}},
               "route": {"coding": [{"system": "http://snomed.info/sct", "code": "78421000"}]},
               "doseAndRate": [{"doseQuantity": {"value": 100, "unit": "milligram",
                                "system": "http://unitsofmeasure.org", "code": "mg"}}]}]}""");

    assertThat(step)
        .isEqualTo(
            new RegimenRequest.Step(
                "testosterone-cypionate",
                new RegimenRequest.Dose(new BigDecimal("100"), "mg", null),
                "INTRAMUSCULAR",
                new BigDecimal("7"),
                null,
                null,
                "male-hypogonadism",
                LocalDate.of(2026, 12, 1),
                LocalDate.of(2027, 3, 1),
                null));
  }

  /// What is shown over FHIR is read as what it was.
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "estradiol-patch, TRANSDERMAL, 50, ug/d, 3.5, -, -, -",
        "progesterone-micronised, VAGINAL, 200, mg, 1, -, 12, 28",
        "progesterone-micronised, ORAL, 200, mg, 2, -, 12, 28",
        "testosterone-implant, IMPLANT, 100, mg, 120, -, -, -",
        "testosterone-gel, TRANSDERMAL, 5, mg, -, 2.5, -, -",
        "gonadorelin, SUBCUTANEOUS, 5, ug, 0.0625, -, -, -"
      })
  void readsOurOwnOrdersAsTheyWere(
      String agent,
      Route route,
      BigDecimal dose,
      String unit,
      @Nullable BigDecimal interval,
      @Nullable BigDecimal perWeek,
      @Nullable Integer daysOn,
      @Nullable Integer ofDays) {
    var cycle = daysOn == null || ofDays == null ? null : new Cycle(daysOn, ofDays);
    var stop = LocalDate.of(2027, 1, 1);
    var ordered =
        new Step(
            agent, new Quantity(dose, unit), route, interval, perWeek, cycle, null, TODAY, stop);

    RegimenRequest.Step read =
        step(FHIR.write(FhirParts.prescriptions().of(ordered, UUID.randomUUID())));

    assertThat(read)
        .isEqualTo(
            new RegimenRequest.Step(
                agent,
                new RegimenRequest.Dose(dose, unit, null),
                route.name(),
                interval,
                perWeek,
                cycle == null ? null : new RegimenRequest.Cycle(daysOn, ofDays),
                null,
                TODAY,
                stop,
                null));
  }

  @ParameterizedTest
  @CsvSource({
    OURS + "estradiol-oral, " + ORAL + ", estradiol-oral",
    OURS + "no-such-agent, " + ORAL + ", no-such-agent",
    ATC + "L02BG03, " + ORAL + ", anastrozole",
    ATC + "H01AC06, " + SUBCUTANEOUS + ", tesamorelin",
    RXNORM + "4083, " + ORAL + ", estradiol-oral",
    ATC + "G03DA04, " + TRANSDERMAL + ", progesterone-cream",
    ATC + "G03DA04, " + ORAL + ", progesterone-micronised",
  })
  void tellsTheAgentByItsCodeAndTheRoute(String code, String route, String agent) {
    assertThat(step(order(code, route)).agent()).isEqualTo(agent);
  }

  @Test
  void takesTheCodesOfOneMedicationTogether() {
    String both =
        order(ATC + "G03CA03", ORAL)
            .replace("\"coding\": [{", "\"coding\": [" + coding(RXNORM + "4083") + ", {");

    assertThat(unclear(order(ATC + "G03CA03", ORAL)).reason())
        .contains("several agents: estradiol-oral, estradiol-valerate-oral");
    assertThat(step(both).agent()).isEqualTo("estradiol-oral");
  }

  @ParameterizedTest
  @CsvSource({
    RXNORM + "4083, " + TRANSDERMAL + ", true, estradiol-gel",
    ATC + "G03BA03, " + SUBCUTANEOUS + ", true, testosterone-enanthate",
    ATC + "L02BG03, " + TRANSDERMAL + ", true, fit no agent",
    ATC + "A10BA02, " + ORAL + ", false, none of its codes",
  })
  void doesNotGuessWhatMayBeSeveralAgentsOrNone(
      String code, String route, boolean known, String reason) {
    Unclear unclear = unclear(order(code, route));

    assertThat(unclear.reason()).contains(reason);
    assertThat(unclear.known()).isEqualTo(known);
  }

  @Test
  void takesTheOnlyRouteOfAnAgentWhereNoneIsStatedAndNoOther() {
    String unstated = order(OURS + "anastrozole", ORAL).replaceFirst("\"route\": .*\n", "");
    String several =
        order(OURS + "progesterone-micronised", ORAL).replaceFirst("\"route\": .*\n", "");
    String unknown = order(OURS + "anastrozole", "http://snomed.info/sct|12130007");

    assertThat(step(unstated).route()).isEqualTo("ORAL");
    assertThat(step(several).route()).isNull();
    assertThat(step(unknown).route()).isEqualTo("12130007");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, d, 1",
    "2, 1, d, 0.5",
    "1, 12, h, 0.5",
    "1, 1, wk, 7",
    "2, 1, wk, 3.5",
    "3, 1, wk, 2.333333",
    "1, 12, wk, 84",
    "1, 3, mo, 91.310625",
    "1, 1, a, 365.2425",
    "1, 90, min, 0.0625",
  })
  void readsHowOften(int frequency, String period, String unit, BigDecimal interval) {
    assertThat(
            timed(
                    "\"repeat\": {\"frequency\": %d, \"period\": %s, \"periodUnit\": \"%s\"}"
                        .formatted(frequency, period, unit))
                .intervalDays())
        .isEqualByComparingTo(interval);
  }

  @ParameterizedTest
  @CsvSource({"QD, 1", "QOD, 2", "BID, 0.5", "TID, 0.333333", "QID, 0.25", "WK, 7"})
  void readsHowOftenFromACode(String code, BigDecimal interval) {
    assertThat(timed("\"code\": {\"coding\": [{\"code\": \"" + code + "\"}]}").intervalDays())
        .isEqualByComparingTo(interval);
  }

  @Test
  void leavesOpenWhatIsNotSaid() {
    RegimenRequest.Step step = timed("\"code\": {\"text\": \"as directed\"}");

    assertThat(step.intervalDays()).isNull();
    assertThat(step.asNeededPerWeek()).isNull();
    assertThat(step.start()).isEqualTo(TODAY);
    assertThat(step.stop()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"10, mg, 1, wk, 2", "10, mg, 1, d, 14", "5, mg, 1, mo, 0.229984", "10, ug, 1, wk, 3"})
  void takesTheMostThatMayBeTakenAsNeeded(
      String most, String unit, int period, String of, BigDecimal perWeek) {
    RegimenRequest.Step step =
        timed(
            """
            "repeat": {"frequency": 3, "period": 1, "periodUnit": "wk"}},
             "asNeededBoolean": true,
             "maxDosePerPeriod": {"numerator": {"value": %s, "code": "%s"},
                                  "denominator": {"value": %d, "code": "%s"}"""
                .formatted(most, unit, period, of));

    assertThat(step.intervalDays()).isNull();
    assertThat(step.asNeededPerWeek()).isEqualByComparingTo(perWeek);
  }

  @Test
  void endsAfterADuration() {
    RegimenRequest.Step step =
        timed(
            """
            "repeat": {"boundsDuration": {"value": 2, "code": "wk"}, "frequency": 1, "period": 1, "periodUnit": "d"}""");

    assertThat(step.start()).isEqualTo(TODAY);
    assertThat(step.stop()).isEqualTo(TODAY.plusDays(14));
  }

  @Test
  void readsEachDosageOfAnOrder() {
    String order =
        order(OURS + "anastrozole", ORAL)
            .replace("\"dosageInstruction\": [", "\"dosageInstruction\": [{\"text\": \"first\"}, ");

    assertThat(((Steps) read(order, List.of())).steps()).hasSize(2);
  }

  @Test
  void findsAMedicationThatIsContainedOrInTheBundle() {
    String concept = "{\"coding\": [" + coding(ATC + "L02BG03") + "]}";
    String contained =
        order("", ORAL)
            .replaceFirst(
                "\"medicationCodeableConcept\": .*\n",
                "\"contained\": [{\"resourceType\": \"Medication\", \"id\": \"m\", \"code\": "
                    + concept
                    + "}], \"medicationReference\": {\"reference\": \"#m\"},\n");
    String elsewhere =
        contained.replaceFirst("\"contained\": .*?], ", "").replace("#m", "Medication/m");
    JsonNode medication =
        json("{\"resourceType\": \"Medication\", \"id\": \"m\", \"code\": " + concept + "}");

    assertThat(step(contained).agent()).isEqualTo("anastrozole");
    assertThat(((Steps) read(elsewhere, List.of(medication))).steps().getFirst().agent())
        .isEqualTo("anastrozole");
    assertThat(read(elsewhere, List.of())).isInstanceOf(Unclear.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"repeat\": {\"dayOfWeek\": [\"mon\", \"thu\"], \"frequency\": 1, \"period\": 1, \"periodUnit\": \"wk\"}",
        "\"repeat\": {\"frequency\": 1, \"frequencyMax\": 2, \"period\": 1, \"periodUnit\": \"d\"}",
        "\"repeat\": {\"frequency\": 1, \"period\": 1, \"periodMax\": 2, \"periodUnit\": \"d\"}",
        "\"repeat\": {\"boundsPeriod\": {\"start\": \"2026-12\"}}",
        "\"repeat\": {\"boundsDuration\": {\"value\": 1e300, \"code\": \"a\"}}",
        "\"repeat\": {\"period\": \"often\"}",
        "\"repeat\": 7"
      })
  void doesNotCheckWhatItDoesNotUnderstand(String timing) {
    assertThat(read(order(OURS + "anastrozole", ORAL).replace(TIMING, timing), List.of()))
        .isInstanceOfSatisfying(Unclear.class, it -> assertThat(it.known()).isTrue());
  }

  @Test
  void doesNotTakeAProhibitionForAnOrder() {
    String not =
        order(OURS + "anastrozole", ORAL)
            .replace("\"draft\",", "\"draft\", \"doNotPerform\": true,");

    assertThat(unclear(not).reason()).contains("not to be given");
  }

  private static final String TIMING =
      "\"repeat\": {\"frequency\": 1, \"period\": 1, \"periodUnit\": \"d\"}";

  private static String coding(String code) {
    int bar = code.indexOf('|');
    return "{\"system\": \"%s\", \"code\": \"%s\"}"
        .formatted(bar < 0 ? "" : code.substring(0, bar), code.substring(bar + 1));
  }

  private static String order(String medication, String route) {
    return """
    {"resourceType": "MedicationRequest", "id": "d1", "status": "draft", "intent": "order",
     "medicationCodeableConcept": {"coding": [%s]},
     "subject": {"reference": "Patient/1"},
     "dosageInstruction": [{
       "timing": {%s},
       "route": {"coding": [%s]},
       "doseAndRate": [{"doseQuantity": {"value": 5, "code": "mg"}}]}]}"""
        .formatted(coding(medication), TIMING, coding(route));
  }

  private RegimenRequest.Step timed(String timing) {
    return step(order(OURS + "anastrozole", ORAL).replace(TIMING, timing));
  }

  private RegimenRequest.Step step(String order) {
    DraftReading read = read(order, List.of());
    assertThat(read).isInstanceOf(Steps.class);
    return ((Steps) read).steps().getFirst();
  }

  private Unclear unclear(String order) {
    DraftReading read = read(order, List.of());
    assertThat(read).isInstanceOf(Unclear.class);
    return (Unclear) read;
  }

  private DraftReading read(String order, List<JsonNode> others) {
    return drafts.read(new HookRequest.Drafted("MedicationRequest/d1", json(order)), others, TODAY);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
