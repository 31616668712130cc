package org.trabecula.protocol.regimen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.protocol.regimen.Orders.TODAY;
import static org.trabecula.protocol.regimen.Orders.WEEKLY;
import static org.trabecula.protocol.regimen.Orders.accept;
import static org.trabecula.protocol.regimen.Orders.dose;
import static org.trabecula.protocol.regimen.Orders.of;
import static org.trabecula.protocol.regimen.Orders.refusals;
import static org.trabecula.protocol.regimen.Orders.step;
import static org.trabecula.protocol.regimen.Orders.steps;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Cycle;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.kit.http.Problems.Violation;

class StepReadingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"testosterone-cypionate\" | \"aspirin\"                    | agent           | AGENT-UNKNOWN | is unknown; allowed: anastrozole",
        "\"INTRAMUSCULAR\"          | \"ORAL\"                       | route           | ROUTE-UNKNOWN | is not one of testosterone-cypionate; allowed: INTRAMUSCULAR, SUBCUTANEOUS",
        "\"INTRAMUSCULAR\"          | \"BY_MOUTH\"                   | route           | ROUTE-UNKNOWN | is unknown; allowed: INTRAMUSCULAR, SUBCUTANEOUS",
        "\"mg\"                     | \"mL\"                         | dose.concentration | DOSE-UNIT  | is missing",
        "\"mg\"                     | \"ug\"                         | dose.unit       | DOSE-UNIT     | allowed: mg",
        "100                        | 300.001                        | dose.value      | DOSE-LIMIT    | DOSE-LIMIT: 300.001 mg a week is over the limit of 300 mg",
        "100                        | 0                              | dose.value      |               | must be above 0",
        "100                        | -5                             | dose.value      |               | must be above 0",
        "\"intervalDays\": 7        | \"intervalDays\": 0.1          | dose.value      | DOSE-LIMIT    | DOSE-LIMIT: 7000 mg a week",
        "\"intervalDays\": 7        | \"intervalDays\": 0.0624       | intervalDays    |               | must be 0.0625 to 366 days",
        "\"intervalDays\": 7        | \"intervalDays\": 366.1        | intervalDays    |               | must be 0.0625 to 366 days",
        "\"intervalDays\": 7        | \"asNeededPerWeek\": 112.1     | asNeededPerWeek |               | must be 0.01 to 112 a week",
        "\"intervalDays\": 7        | \"asNeededPerWeek\": 0.009     | asNeededPerWeek |               | must be 0.01 to 112 a week",
        "\"intervalDays\": 7,       | ''                             | intervalDays    |               | either this or asNeededPerWeek",
        "\"intervalDays\": 7        | \"intervalDays\": 7, \"asNeededPerWeek\": 1 | intervalDays |     | either this or asNeededPerWeek",
        "2026-11-01                 | 1966-03-31                     | start           | DATES-ORDER   | is before the patient's birth",
        "2026-11-01                 | 2027-11-24                     | start           | DATES-ORDER   | is more than a year ahead",
        "\"start\": \"2026-11-01\"  | \"start\": \"2026-11-01\", \"stop\": \"2026-11-01\" | stop | DATES-ORDER | must be after start",
        "\"start\": \"2026-11-01\"  | \"start\": \"2026-11-01\", \"stop\": \"2026-11-07\" | intervalDays | DATES-ORDER | is longer than the 6 days that it goes on",
        "\"start\": \"2026-11-01\"  | \"stop\": \"2026-12-01\"       | start           |               | is missing",
        "\"agent\": \"testosterone-cypionate\", | ''                 | agent           |               | is missing",
        "\"route\": \"INTRAMUSCULAR\", | ''                          | route           |               | is missing",
        "\"dose\": {\"value\": 100, \"unit\": \"mg\"}, | ''          | dose            |               | is missing",
        "\"unit\": \"mg\"           | \"unit\": null                 | dose.unit       |               | is missing",
        "\"value\": 100             | \"value\": null                | dose.value      |               | must be above 0",
        "\"start\"                  | \"indication\": \"joy\", \"start\" | indication  | INDICATION-UNKNOWN | is unknown; allowed: adult-ghd",
        "\"start\"                  | \"cycle\": {}, \"start\"       | cycle.daysOn    |               | must be 1 or more",
        "\"start\"                  | \"cycle\": {\"daysOn\": 0, \"lengthDays\": 28}, \"start\" | cycle.daysOn | | must be 1 or more",
        "\"start\"                  | \"cycle\": {\"daysOn\": 12}, \"start\" | cycle.lengthDays |      | must be 2 to 366 days",
        "\"start\"                  | \"cycle\": {\"daysOn\": 1, \"lengthDays\": 1}, \"start\" | cycle.lengthDays | | must be 2 to 366 days",
        "\"start\"                  | \"cycle\": {\"daysOn\": 12, \"lengthDays\": 367}, \"start\" | cycle.lengthDays | | must be 2 to 366 days",
        "\"start\"                  | \"cycle\": {\"daysOn\": 29, \"lengthDays\": 28}, \"start\" | cycle.daysOn | DATES-ORDER | 29 days are more than the 28 of the cycle",
        "\"start\"                  | \"cycle\": {\"daysOn\": 6, \"lengthDays\": 28}, \"start\" | intervalDays | DATES-ORDER | is longer than the 6 days of a cycle",
      })
  void namesTheFieldTheRuleAndTheReason(
      String good, String bad, String field, @Nullable String rule, String reason) {
    String sent = WEEKLY.replace(good.strip(), bad.strip());
    assertThat(sent).isNotEqualTo(WEEKLY);

    assertThat(refusals(of(sent), Sex.MALE))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.field()).isEqualTo("steps[0]." + field);
              assertThat(violation.rule()).isEqualTo(rule);
              assertThat(violation.message()).contains(reason);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100                       | 300",
        "2026-11-01                | 1966-04-01",
        "2026-11-01                | 2027-11-23",
        "\"start\": \"2026-11-01\" | \"start\": \"2026-11-01\", \"stop\": \"2026-11-08\"",
        "\"intervalDays\": 7       | \"intervalDays\": 366",
        "\"intervalDays\": 7       | \"asNeededPerWeek\": 3",
        "\"intervalDays\": 7       | \"asNeededPerWeek\": 0.01",
        "\"start\"                 | \"cycle\": {\"daysOn\": 7, \"lengthDays\": 366}, \"start\"",
        "\"start\"                 | \"cycle\": {\"daysOn\": 28, \"lengthDays\": 28}, \"start\"",
      })
  void takesWhatIsJustWithinALimit(String usual, String limit) {
    String sent = WEEKLY.replace(usual.strip(), limit.strip());
    assertThat(sent).isNotEqualTo(WEEKLY);

    assertThat(steps(Sex.MALE, sent)).hasSize(1);
  }

  @Test
  void takesTheShortestIntervalTheMostDosesAndTheShortestCycle() {
    String pulses = dose("5", "ug");
    assertThat(
            steps(Sex.MALE, step("gonadorelin", "SUBCUTANEOUS", pulses, "0.0625", "")).getFirst())
        .extracting(Step::intervalDays)
        .isEqualTo(new BigDecimal("0.0625"));
    String asNeeded =
        step("gonadorelin", "SUBCUTANEOUS", pulses, "null", ", \"asNeededPerWeek\": 112");
    assertThat(steps(Sex.MALE, asNeeded).getFirst().asNeededPerWeek()).isEqualTo("112");
    String cycle = ", \"cycle\": {\"daysOn\": 1, \"lengthDays\": 2}";
    assertThat(steps(Sex.MALE, step("gonadorelin", "SUBCUTANEOUS", pulses, "1", cycle)))
        .extracting(Step::cycle)
        .containsExactly(new Cycle(1, 2));
  }

  @Test
  void everyRouteThatThereIsIsNamedForAnUnknownAgent() {
    String sent = WEEKLY.replace("testosterone-cypionate", "aspirin").replace("INTRAM", "EXTRAM");

    assertThat(refusals(of(sent), Sex.MALE))
        .extracting(Violation::field, Violation::rule)
        .containsExactly(
            Tuple.tuple("steps[0].agent", "AGENT-UNKNOWN"),
            Tuple.tuple("steps[0].route", "ROUTE-UNKNOWN"));
    assertThat(refusals(of(sent), Sex.MALE).getLast().message())
        .isEqualTo(
            "is unknown; allowed: ORAL, TRANSDERMAL, INTRAMUSCULAR, SUBCUTANEOUS, IMPLANT,"
                + " INTRANASAL, VAGINAL, INTRAUTERINE");
  }

  @Test
  void keepsCycleAndIndication() {
    String sent =
        step(
            "progesterone-micronised",
            "ORAL",
            dose("200", "mg"),
            "1",
            ", \"cycle\": {\"daysOn\": 12, \"lengthDays\": 28}, \"indication\": \"endometrial-protection\"");

    assertThat(steps(Sex.FEMALE, sent))
        .containsExactly(
            new Step(
                "progesterone-micronised",
                new Quantity(new BigDecimal("200"), "mg"),
                Route.ORAL,
                BigDecimal.ONE,
                null,
                new Cycle(12, 28),
                "endometrial-protection",
                LocalDate.of(2026, 11, 1),
                null));
  }

  @Test
  void theIndicationOfTheWholeIsThatOfTheStepsThatStateNone() {
    String own = WEEKLY.replace("\"start\"", "\"indication\": \"hsdd\", \"start\"");
    String other = WEEKLY.replace("INTRAMUSCULAR", "SUBCUTANEOUS");
    String body = of(own, other).replace("{\"steps\"", "{\"indication\": \"adult-ghd\", \"steps\"");

    assertThat(accept(body, Sex.MALE).steps())
        .extracting(Step::indication)
        .containsExactly("hsdd", "adult-ghd");
    assertThat(steps(Sex.MALE, WEEKLY)).extracting(Step::indication).containsOnlyNulls();
  }

  @Test
  void aTitrationIsConsecutiveSteps() {
    String sent =
        titrated(
            "2027-03-01",
            change("2026-12-01", "75", ""),
            change("2027-01-01", "100", ", \"intervalDays\": 10"),
            change("2027-02-01", "100", ", \"asNeededPerWeek\": 0.5"));

    assertThat(steps(Sex.MALE, sent))
        .extracting(
            step -> step.dose().value().toPlainString(),
            Step::intervalDays,
            Step::asNeededPerWeek,
            step -> step.start() + "/" + step.stop())
        .containsExactly(
            tuple("50", "7", null, "2026-11-01/2026-12-01"),
            tuple("75", "7", null, "2026-12-01/2027-01-01"),
            tuple("100", "10", null, "2027-01-01/2027-02-01"),
            tuple("100", null, "0.5", "2027-02-01/2027-03-01"));
  }

  @Test
  void theLastOfAnOpenTitrationStaysOpen() {
    List<Step> steps = steps(Sex.MALE, titrated(null, change("2026-12-01", "75", "")));

    assertThat(steps).extracting(Step::stop).containsExactly(LocalDate.of(2026, 12, 1), null);
  }

  @Test
  void aChangeKeepsAsNeeded() {
    String sent =
        step(
            "anastrozole",
            "ORAL",
            dose("0.5", "mg"),
            "null",
            ", \"asNeededPerWeek\": 1, \"changes\": [" + change("2026-12-01", "0.25", "") + "]");

    assertThat(steps(Sex.MALE, sent))
        .extracting(Step::asNeededPerWeek)
        .containsExactly(BigDecimal.ONE, BigDecimal.ONE);
  }

  private static Tuple tuple(
      String dose, @Nullable String interval, @Nullable String perWeek, String dates) {
    return Tuple.tuple(
        dose,
        interval == null ? null : new BigDecimal(interval),
        perWeek == null ? null : new BigDecimal(perWeek),
        dates);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "2026-11-01 | 75  | -                     | changes[0].on              | DATES-ORDER | must be after 2026-11-01",
        "2026-10-01 | 75  | -                     | changes[0].on              | DATES-ORDER | must be after 2026-11-01",
        "2027-03-01 | 75  | -                     | changes[0].on              | DATES-ORDER | must be before the stop, 2027-03-01",
        "2027-04-01 | 75  | -                     | changes[0].on              | DATES-ORDER | must be before the stop, 2027-03-01",
        "2026-12-01 | 301 | -                     | changes[0].dose.value      | DOSE-LIMIT  | DOSE-LIMIT: 301 mg a week is over the limit of 300 mg (usual 50 to 100)",
        "2026-12-01 | 0   | -                     | changes[0].dose.value      | -           | must be above 0",
        "2026-12-01 | 75  | \"intervalDays\": 400 | changes[0].intervalDays    | -           | must be 0.0625 to 366 days",
        "2026-12-01 | 75  | \"intervalDays\": 91  | changes[0].intervalDays    | DATES-ORDER | is longer than the 90 days that it goes on",
        "2026-12-01 | 75  | \"asNeededPerWeek\": 0 | changes[0].asNeededPerWeek | -          | must be 0.01 to 112 a week",
        "2026-11-05 | 75  | -                     | intervalDays               | DATES-ORDER | is longer than the 4 days that it goes on",
      })
  void aChangeIsReadAsAStepIs(
      String on, String value, @Nullable String more, String field, String rule, String message) {
    String change = change(on, value, more == null ? "" : ", " + more);

    assertThat(refusals(of(titrated("2027-03-01", change)), Sex.MALE))
        .containsExactly(new Violation("steps[0]." + field, "body", message, rule));
  }

  @Test
  void changesRise() {
    String sent = titrated(null, change("2026-12-01", "75", ""), change("2026-12-01", "100", ""));

    assertThat(refusals(of(sent), Sex.MALE))
        .containsExactly(
            Violation.body("steps[0].changes[1].on", "DATES-ORDER", "must be after 2026-12-01"));
  }

  @Test
  void aChangeHasADayAndADoseAndIsThere() {
    assertThat(refusals(of(titrated(null, "{}", "null")), Sex.MALE))
        .extracting(Violation::field, Violation::message)
        .containsExactly(
            Tuple.tuple("steps[0].changes[0].on", "is missing"),
            Tuple.tuple("steps[0].changes[1]", "is null"),
            Tuple.tuple("steps[0].changes[0].dose", "is missing"));
  }

  @Test
  void aStepHasAtMostFiftyChanges() {
    List<String> most =
        IntStream.rangeClosed(1, 50)
            .mapToObj(i -> change(TODAY.plusDays(7L * i).toString(), "75", ""))
            .toList();
    assertThat(steps(Sex.MALE, titrated(null, most.toArray(String[]::new)))).hasSize(51);

    String[] more = Collections.nCopies(51, "null").toArray(String[]::new);
    assertThat(refusals(of(titrated(null, more)), Sex.MALE))
        .containsExactly(Violation.body("steps[0].changes", "must be at most 50"));
  }

  @ParameterizedTest
  @CsvSource({
    // interval in d, last day but one of the step, refused
    "42, , false",
    "41, , true",
    "28, , true",
    "28, 2026-11-29, false",
    "28, 2026-12-27, false",
    "28, 2026-12-28, true",
    "27, 2026-11-28, true",
    "30, 2026-12-31, false",
    "30, 2027-01-01, true",
  })
  void aDepotFollowsSoonerOnlyForItsLoading(
      String interval, @Nullable LocalDate stop, boolean refused) {
    String sent =
        step(
            "testosterone-undecanoate-im",
            "INTRAMUSCULAR",
            dose("750", "mg"),
            interval,
            stop == null ? "" : ", \"stop\": \"" + stop + "\"");

    if (refused) {
      assertThat(refusals(of(sent), Sex.MALE))
          .containsExactly(
              Violation.body(
                  "steps[0].dose.value",
                  "DOSE-LIMIT",
                  "DOSE-LIMIT: less than 42 days between doses, but for a first course of at most"
                      + " 2 doses at least 28 days apart"));
    } else {
      assertThat(steps(Sex.MALE, sent)).hasSize(1);
    }
  }

  @Test
  void loadingIsTheFirstDosesOfTheWhole() {
    String sent =
        step(
            "testosterone-undecanoate-im",
            "INTRAMUSCULAR",
            dose("750", "mg"),
            "28",
            ", \"changes\": [" + change("2026-11-29", "750", ", \"intervalDays\": 70") + "]");

    assertThat(steps(Sex.MALE, sent))
        .extracting(Step::intervalDays)
        .containsExactly(BigDecimal.valueOf(28), BigDecimal.valueOf(70));
  }

  @Test
  void whatProtectsForYearsIsGivenAgainAfterYears() {
    String dose = dose("20", "ug/d");

    assertThat(steps(Sex.FEMALE, step("levonorgestrel-ius", "INTRAUTERINE", dose, "1826", "")))
        .hasSize(1);
    assertThat(
            refusals(of(step("levonorgestrel-ius", "INTRAUTERINE", dose, "1827", "")), Sex.FEMALE))
        .containsExactly(Violation.body("steps[0].intervalDays", "must be 0.0625 to 1826 days"));
  }

  private static String titrated(@Nullable String stop, String... changes) {
    return step(
        "testosterone-cypionate",
        "INTRAMUSCULAR",
        dose("50", "mg"),
        "7",
        (stop == null ? "" : ", \"stop\": \"" + stop + "\"")
            + ", \"changes\": ["
            + String.join(",", changes)
            + "]");
  }

  private static String change(String on, String value, String more) {
    return "{\"on\": \"%s\", \"dose\": %s%s}".formatted(on, dose(value, "mg"), more);
  }
}
