package org.trabecula.protocol.regimen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.protocol.regimen.Orders.dose;
import static org.trabecula.protocol.regimen.Orders.of;
import static org.trabecula.protocol.regimen.Orders.refusals;
import static org.trabecula.protocol.regimen.Orders.step;
import static org.trabecula.protocol.regimen.Orders.steps;
import static org.trabecula.protocol.regimen.Orders.volume;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Quantity;
import org.trabecula.kit.http.Problems.Violation;

/// What a dose says, as an amount or as a volume, and how mistaken units show.
class DoseReadingTest {
  private static final String VOLUME_HELP = "; allowed: mg, mL with a concentration";

  @ParameterizedTest
  @CsvSource({
    "testosterone-cypionate, INTRAMUSCULAR, 0.5,  200,  mg/mL, 7,   100, mg",
    "testosterone-cypionate, INTRAMUSCULAR, 0.5,  200.0, mg/mL, 7,  100, mg",
    "testosterone-cypionate, INTRAMUSCULAR, 1,    100,  mg/mL, 7,   100, mg",
    "testosterone-cypionate, INTRAMUSCULAR, 0.5,  200000, ug/mL, 7, 100, mg",
    "testosterone-undecanoate-im, INTRAMUSCULAR, 4, 250, mg/mL, 84, 1000, mg",
    // reconstituted to any concentration
    "sermorelin,             SUBCUTANEOUS,  0.1,  2,    mg/mL, 1,   0.2, mg",
    "gonadorelin,            SUBCUTANEOUS,  0.1,  1000, ug/mL, 3.5, 100, ug",
    "testosterone-enanthate, SUBCUTANEOUS,  0.25, 333,  mg/mL, 7,   83.25, mg",
    "hcg,                    SUBCUTANEOUS,  0.2,  5000, [IU]/mL, 3.5, 1000, [IU]",
  })
  void aVolumeIsTheAmountThatIsInIt(
      String agent,
      String route,
      String millilitres,
      String concentration,
      String unit,
      String interval,
      BigDecimal amount,
      String amountUnit) {
    String sent = step(agent, route, volume(millilitres, concentration, unit), interval, "");

    Quantity dose = steps(Sex.MALE, sent).getFirst().dose();

    assertThat(dose).isEqualTo(new Quantity(amount, amountUnit));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"value\": 0.5, \"unit\": \"mL\"} | concentration | DOSE-UNIT | is missing: how much is given in a mL is not known without it",
        "{\"value\": 0.5, \"unit\": \"mL\", \"concentration\": {\"unit\": \"mg/mL\"}} | concentration.value | | must be above 0",
        "{\"value\": 0.5, \"unit\": \"mL\", \"concentration\": {\"value\": 0, \"unit\": \"mg/mL\"}} | concentration.value | | must be above 0",
        "{\"value\": 0.5, \"unit\": \"mL\", \"concentration\": {\"value\": 200}} | concentration.unit | | is missing",
        "{\"value\": 0.5, \"unit\": \"mL\", \"concentration\": {\"value\": 200, \"unit\": \"mg\"}} | concentration.unit | UNIT-UNKNOWN | is none of mg/mL, ug/mL, [IU]/mL",
        "{\"value\": 0.5, \"unit\": \"mL\", \"concentration\": {\"value\": 200, \"unit\": \"g/mL\"}} | concentration.unit | UNIT-UNKNOWN | is none of mg/mL, ug/mL, [IU]/mL",
        "{\"value\": 0.5, \"unit\": \"mL\", \"concentration\": {\"value\": 250, \"unit\": \"mg/mL\"}} | concentration.value | DOSE-UNIT | testosterone-cypionate does not come in it; it comes in 100, 200 mg/mL",
        "{\"value\": 0.5, \"unit\": \"mL\", \"concentration\": {\"value\": 200, \"unit\": \"ug/mL\"}} | concentration.value | DOSE-UNIT | testosterone-cypionate does not come in it; it comes in 100, 200 mg/mL",
        "{\"value\": 0.5, \"unit\": \"mL\", \"concentration\": {\"value\": 200, \"unit\": \"[IU]/mL\"}} | unit | DOSE-UNIT | [IU] is no unit of testosterone-cypionate INTRAMUSCULAR; allowed: mg, mL with a concentration",
        "{\"value\": 100, \"unit\": \"mg\", \"concentration\": {\"value\": 200, \"unit\": \"mg/mL\"}} | concentration | DOSE-UNIT | is for a dose in mL, not in mg",
        "{\"unit\": \"mg\"} | value | | must be above 0",
        "{\"value\": 0, \"unit\": \"mg\"} | value | | must be above 0",
        "{\"value\": 100} | unit | | is missing",
      })
  void namesWhatAVolumeLacks(String dose, String field, @Nullable String rule, String message) {
    assertThat(refusals(of(weekly(dose)), Sex.MALE))
        .containsExactly(new Violation("steps[0].dose." + field, "body", message, rule));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "units  | ''",
        "IU     | ''",
        "U      | ''",
        "g      | ''",
        "mcg    | : did you mean ug?",
        "µg     | : did you mean ug?",
        "μg     | : did you mean ug?",
        "MG     | : did you mean mg?",
        "ml     | : did you mean mL?",
        "cc     | : did you mean mL?",
        "ug/24h | : did you mean ug/d?",
        "mcg/d  | : did you mean ug/d?",
        "µg/d   | : did you mean ug/d?",
      })
  void aUnitThatIsNoneIsNamedWithTheOneThatWasMeant(String unit, String meant) {
    assertThat(refusals(of(weekly(dose("100", unit))), Sex.MALE))
        .containsExactly(
            Violation.body(
                "steps[0].dose.unit",
                "UNIT-UNKNOWN",
                "is no unit of a dose" + meant + VOLUME_HELP));
  }

  @Test
  void whatIsAllowedIsNotKnownOfAnUnknownAgentOrRoute() {
    String units = dose("1", "units");

    assertThat(refusals(of(step("aspirin", "ORAL", units, "1", "")), Sex.MALE))
        .contains(Violation.body("steps[0].dose.unit", "UNIT-UNKNOWN", "is no unit of a dose"));
    assertThat(refusals(of(step("anastrozole", "VAGINAL", units, "1", "")), Sex.MALE))
        .contains(Violation.body("steps[0].dose.unit", "UNIT-UNKNOWN", "is no unit of a dose"));
    assertThat(refusals(of(step("anastrozole", "ELSEWHERE", units, "1", "")), Sex.MALE))
        .contains(Violation.body("steps[0].dose.unit", "UNIT-UNKNOWN", "is no unit of a dose"));
    assertThat(refusals(of(step("anastrozole", "ORAL", units, "1", "")), Sex.MALE))
        .containsExactly(
            Violation.body(
                "steps[0].dose.unit", "UNIT-UNKNOWN", "is no unit of a dose; allowed: mg"));
  }

  @Test
  void aVolumeOfAnUnknownAgentOrRouteIsNotJudged() {
    String half = volume("0.5", "200", "mg/mL");

    assertThat(refusals(of(step("aspirin", "ORAL", half, "1", "")), Sex.MALE))
        .extracting(Violation::rule)
        .containsExactly("AGENT-UNKNOWN");
    assertThat(refusals(of(step("anastrozole", "VAGINAL", half, "1", "")), Sex.MALE))
        .extracting(Violation::rule)
        .containsExactly("ROUTE-UNKNOWN");
    assertThat(refusals(of(step("anastrozole", "ELSEWHERE", half, "1", "")), Sex.MALE))
        .extracting(Violation::rule)
        .containsExactly("ROUTE-UNKNOWN");
  }

  @Test
  void aTabletIsNotGivenByVolume() {
    assertThat(
            refusals(
                of(step("anastrozole", "ORAL", volume("1", "1", "mg/mL"), "3.5", "")), Sex.MALE))
        .containsExactly(
            Violation.body(
                "steps[0].dose.unit",
                "DOSE-UNIT",
                "anastrozole is not given by volume ORAL; allowed: mg"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // ug where the agent is dosed in mg: the number was meant in mg
        "testosterone-cypionate | INTRAMUSCULAR | 100 | ug | 7 | unit | DOSE-UNIT | ug is no unit of testosterone-cypionate INTRAMUSCULAR; allowed: mg, mL with a concentration: did you mean 100 mg?",
        // or the amount was right
        "testosterone-cypionate | INTRAMUSCULAR | 100000 | ug | 7 | unit | DOSE-UNIT | ug is no unit of testosterone-cypionate INTRAMUSCULAR; allowed: mg, mL with a concentration: did you mean 100 mg?",
        // or nothing can be told from it
        "testosterone-cypionate | INTRAMUSCULAR | 3 | ug | 7 | unit | DOSE-UNIT | ug is no unit of testosterone-cypionate INTRAMUSCULAR; allowed: mg, mL with a concentration",
        "estradiol-gel | TRANSDERMAL | 50 | ug/d | 1 | unit | DOSE-UNIT | ug/d is no unit of estradiol-gel TRANSDERMAL; allowed: mg",
        "estradiol-patch | TRANSDERMAL | 50 | ug | 3.5 | unit | DOSE-UNIT | ug is no unit of estradiol-patch TRANSDERMAL; allowed: ug/d",
        "estradiol-patch | TRANSDERMAL | 50 | mg | 3.5 | unit | DOSE-UNIT | mg is no unit of estradiol-patch TRANSDERMAL; allowed: ug/d",
        "anastrozole | ORAL | 1 | [IU] | 1 | unit | DOSE-UNIT | [IU] is no unit of anastrozole ORAL; allowed: mg",
        "hcg | SUBCUTANEOUS | 1000 | mg | 3.5 | unit | DOSE-UNIT | mg is no unit of hcg SUBCUTANEOUS; allowed: [IU], mL with a concentration",
        // where both are allowed, a thousandth of what is usual
        "sermorelin | SUBCUTANEOUS | 0.2 | ug | 1 | unit | DOSE-UNIT | 0.2 ug is a thousandth of what is usual: did you mean 0.2 mg?",
        // and a thousand times as much
        "sermorelin | SUBCUTANEOUS | 200 | mg | 1 | value | DOSE-LIMIT | DOSE-LIMIT: 200 mg a day is over the limit of 1 mg (usual 0.2 to 0.3): did you mean 200 ug?",
        "ipamorelin | SUBCUTANEOUS | 100 | mg | 1 | value | DOSE-LIMIT | DOSE-LIMIT: 100000 ug a day is over the limit of 1000 ug (usual 100 to 300): did you mean 100 ug?",
        // also where only the one is allowed
        "estradiol-oral | ORAL | 1000 | mg | 1 | value | DOSE-LIMIT | DOSE-LIMIT: 1000 mg a day is over the limit of 6 mg (usual 0.5 to 2): did you mean 1 mg?",
        "estradiol-oral | ORAL | 7 | mg | 1 | value | DOSE-LIMIT | DOSE-LIMIT: 7 mg a day is over the limit of 6 mg (usual 0.5 to 2)",
      })
  void asksWhetherAnotherUnitWasMeant(
      String agent,
      String route,
      String value,
      String unit,
      String interval,
      String field,
      String rule,
      String message) {
    assertThat(refusals(of(step(agent, route, dose(value, unit), interval, "")), Sex.MALE))
        .containsExactly(Violation.body("steps[0].dose." + field, rule, message));
  }

  @ParameterizedTest
  @CsvSource({
    "sermorelin, SUBCUTANEOUS, 200, ug, 1",
    "sermorelin, SUBCUTANEOUS, 0.2, mg, 1",
    "sermorelin, SUBCUTANEOUS, 10, ug, 1",
    "sermorelin, SUBCUTANEOUS, 0.1, ug, 1",
    "sermorelin, SUBCUTANEOUS, 0.6, ug, 1",
    "gonadorelin, SUBCUTANEOUS, 0.1, mg, 3.5",
    "anastrozole, ORAL, 0.001, mg, 3.5",
    "hcg, SUBCUTANEOUS, 1000, [IU], 3.5",
  })
  void keepsWhatIsLowOrHighWithoutAThousandToIt(
      String agent, String route, BigDecimal value, String unit, String interval) {
    String sent = step(agent, route, dose(value.toPlainString(), unit), interval, "");

    assertThat(steps(Sex.MALE, sent).getFirst().dose()).isEqualTo(new Quantity(value, unit));
  }

  @Test
  void theSexDecidesWhatIsUsual() {
    String sent = weekly(dose("3", "ug"));

    assertThat(refusals(of(sent), Sex.FEMALE).getFirst().message())
        .endsWith(": did you mean 3 mg?");
    assertThat(refusals(of(sent), Sex.UNKNOWN).getFirst().message())
        .endsWith(": did you mean 3 mg?");
    assertThat(refusals(of(sent), Sex.MALE).getFirst().message()).endsWith("with a concentration");
  }

  private static String weekly(String dose) {
    return step("testosterone-cypionate", "INTRAMUSCULAR", dose, "7", "");
  }
}
