package org.trabecula.protocol.regimen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.protocol.regimen.Orders.TODAY;
import static org.trabecula.protocol.regimen.Orders.WEEKLY;
import static org.trabecula.protocol.regimen.Orders.accept;
import static org.trabecula.protocol.regimen.Orders.draft;
import static org.trabecula.protocol.regimen.Orders.of;
import static org.trabecula.protocol.regimen.Orders.propose;
import static org.trabecula.protocol.regimen.Orders.refusals;
import static org.trabecula.protocol.regimen.Orders.violations;

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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.RegimenAssigned.Cycle;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.protocol.Shipped;
import org.trabecula.protocol.template.Protocol;

/// An order as a whole; `StepReadingTest` and `DoseReadingTest` look at its parts.
class RegimenOrdersTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 12, 1);

  @Test
  void acceptsTheStepsAsTheyAreSent() {
    RegimenOrder order = accept(of(WEEKLY), Sex.MALE);

    assertThat(order.protocol()).isNull();
    assertThat(order.jurisdiction()).isNull();
    assertThat(order.overrides()).isEmpty();
    assertThat(order.acknowledged()).isEmpty();
    assertThat(order.steps())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.dose().value()).isEqualByComparingTo(new BigDecimal(100));
              assertThat(step.start()).isEqualTo(LocalDate.of(2026, 11, 1));
              assertThat(step.stop()).isNull();
            });
  }

  @Test
  void readsAStepThatIsDraftedByItselfAndSaysWhatIsWrongWithIt() {
    assertThat(draft(WEEKLY, Sex.MALE).refusals()).isEmpty();
    assertThat(draft(WEEKLY, Sex.MALE).steps()).isEqualTo(accept(of(WEEKLY), Sex.MALE).steps());

    RegimenOrders.Drafted wrong = draft(WEEKLY.replace("100", "5000"), Sex.MALE);
    assertThat(wrong.steps()).isEmpty();
    assertThat(wrong.refusals())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.field()).isEqualTo("draft.dose.value");
              assertThat(violation.rule()).isEqualTo("DOSE-LIMIT");
            });
  }

  @Test
  void takesTheStepsOfAProtocolFromOneStart() {
    RegimenOrder order = accept(ofProtocol("mht-patch-progesterone", null), Sex.FEMALE);

    assertThat(order.protocol().version()).isEqualTo(2);
    assertThat(order.steps())
        .hasSize(2)
        .allMatch(step -> step.start().equals(FIRST) && step.stop() == null);
    assertThat(order.steps())
        .extracting(Step::indication)
        .containsExactly("menopausal-hormone-therapy", "endometrial-protection");
    assertThat(accept(ofProtocol("mht-patch-progesterone", 1), Sex.FEMALE).steps())
        .extracting(Step::indication)
        .containsOnlyNulls();
  }

  @Test
  void putsTheDaysOfAProtocolOnTheCalendar() {
    assertThat(accept(ofProtocol("testosterone-taper-enclomiphene", null), Sex.MALE).steps())
        .extracting(
            Step::agent,
            step -> step.dose().value().toPlainString(),
            step -> step.start() + "/" + step.stop())
        .containsExactly(
            Tuple.tuple("testosterone-cypionate", "100", "2026-12-01/2026-12-29"),
            Tuple.tuple("testosterone-cypionate", "50", "2026-12-29/2027-01-26"),
            Tuple.tuple("enclomiphene", "12.5", "2027-02-09/2027-03-09"),
            Tuple.tuple("enclomiphene", "25", "2027-03-09/null"));
    assertThat(
            accept(ofProtocol("testosterone-replacement-undecanoate-750", null), Sex.MALE).steps())
        .extracting(Step::start, Step::intervalDays)
        .containsExactly(
            Tuple.tuple(FIRST, BigDecimal.valueOf(28)),
            Tuple.tuple(FIRST.plusDays(28), BigDecimal.valueOf(70)));
    assertThat(accept(ofProtocol("mht-patch-progesterone-sequential", null), Sex.FEMALE).steps())
        .extracting(Step::cycle)
        .containsExactly(null, new Cycle(12, 28));
  }

  static List<Protocol> protocols() {
    return Shipped.PROTOCOLS.latest().stream()
        .flatMap(latest -> Shipped.PROTOCOLS.versions(latest.code()).stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void everyPublishedProtocolCanBeOrdered(Protocol protocol) {
    Sex sex = protocol.forWhom().sex();

    RegimenOrder order =
        accept(ofProtocol(protocol.code(), protocol.version()), sex == null ? Sex.FEMALE : sex);

    int changes = protocol.steps().stream().mapToInt(step -> step.changes().size()).sum();
    assertThat(order.steps()).hasSize(protocol.steps().size() + changes);
    assertThat(order.protocol().code()).isEqualTo(protocol.code());
  }

  @Test
  void whatIsWrongInAProtocolIsNamedThere() {
    assertThat(refusals(ofProtocol("testosterone-replacement", null), Sex.FEMALE))
        .containsExactly(
            Violation.body(
                "protocol.steps[0].dose.value",
                "DOSE-LIMIT",
                "DOSE-LIMIT: 100 mg a week is over the limit of 15 mg (usual 2 to 5)"));
  }

  @Test
  void stepsOfItsOwnMayFollowAProtocol() {
    RegimenOrder order =
        accept(
            "{\"protocol\": {\"code\": \"testosterone-replacement\"}, \"steps\": [" + WEEKLY + "]}",
            Sex.MALE);

    assertThat(order.protocol().code()).isEqualTo("testosterone-replacement");
    assertThat(order.steps()).hasSize(1);
  }

  @Test
  void namesEveryStepThatIsWrong() {
    String wrong = WEEKLY.replace("100", "9999");

    assertThat(refusals(of(WEEKLY, wrong, "null"), Sex.MALE))
        .extracting(Violation::field)
        .containsExactly("steps[1].dose.value", "steps[2]");
  }

  @Test
  void aDoseForAManIsTooMuchForAWoman() {
    assertThat(refusals(of(WEEKLY), Sex.FEMALE))
        .extracting(Violation::message)
        .containsExactly("DOSE-LIMIT: 100 mg a week is over the limit of 15 mg (usual 2 to 5)");
    assertThat(accept(of(WEEKLY), Sex.UNKNOWN).steps()).hasSize(1);
  }

  @Test
  void ofAnUnknownSexOnlyWhatIsOverEveryLimitIsRefused() {
    assertThat(refusals(of(WEEKLY.replace("100", "301")), Sex.UNKNOWN))
        .extracting(Violation::field)
        .containsExactly("steps[0].dose.value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                            | steps            |",
        "{\"steps\": []}                                               | steps            |",
        "{\"start\": \"2026-11-01\"}                                   | steps            |",
        "{\"protocol\": {}, \"start\": \"2026-11-01\"}                 | protocol.code    | PROTOCOL-UNKNOWN",
        "{\"protocol\": {\"code\": \"none\"}, \"start\": \"2026-11-01\"} | protocol.code  | PROTOCOL-UNKNOWN",
        "{\"protocol\": {\"code\": \"mht-gel\", \"version\": 9}, \"start\": \"2026-11-01\"} | protocol.version | PROTOCOL-UNKNOWN",
        "{\"protocol\": {\"code\": \"mht-gel\"}}                       | start            |",
        "{\"protocol\": {\"code\": \"mht-gel\"}, \"start\": \"1960-01-01\"} | start       | DATES-ORDER",
        "{\"protocol\": {\"code\": \"mht-gel-progesterone\"}, \"start\": \"2027-11-24\"} | start | DATES-ORDER",
      })
  void saysWhatIsWrongWithTheWhole(String body, String field, @Nullable String rule) {
    assertThat(refusals(body, Sex.FEMALE))
        .extracting(Violation::field, Violation::rule)
        .containsExactly(Tuple.tuple(field, rule));
  }

  @Test
  void anOrderHasABody() {
    assertThat(violations(() -> accept("null", Sex.MALE)))
        .containsExactly(Violation.body("", "The request has no body."));
  }

  @Test
  void aStartOfTheWholeDoesNotGoWithStepsOfItsOwn() {
    assertThat(refusals("{\"start\": \"2026-11-01\", \"steps\": [" + WEEKLY + "]}", Sex.MALE))
        .extracting(Violation::field)
        .containsExactly("start");
  }

  @Test
  void thereAreAtMostFiftySteps() {
    String[] all =
        IntStream.range(0, 50)
            .mapToObj(i -> oneWeek(TODAY.minusWeeks(60 - i)))
            .toArray(String[]::new);
    assertThat(accept(of(all), Sex.MALE).steps()).hasSize(50);

    String[] more = Collections.nCopies(51, "null").toArray(String[]::new);
    assertThat(refusals(of(more), Sex.MALE))
        .containsExactly(Violation.body("steps", "must be 1 to 50, unless a protocol gives them"));
  }

  private static String oneWeek(LocalDate start) {
    return WEEKLY.replace("2026-11-01\"", start + "\", \"stop\": \"" + start.plusDays(7) + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // start and stop of the one, of the other, first day of both
        "2026-01-01, -,          2026-01-01, -,          2026-01-01",
        "2026-01-01, -,          2026-03-01, -,          2026-03-01",
        "2026-03-01, -,          2026-01-01, -,          2026-03-01",
        "2026-01-01, 2026-03-01, 2026-02-01, -,          2026-02-01",
        "2026-01-01, 2026-03-01, 2026-02-28, 2026-04-01, 2026-02-28",
        "2026-02-01, 2026-03-01, 2026-01-01, 2026-02-08, 2026-02-01",
        "2026-01-01, 2026-03-01, 2026-03-01, -,          -",
        "2026-03-01, -,          2026-01-01, 2026-03-01, -",
      })
  void theSameByTheSameRouteIsNotGivenTwiceAtOnce(
      String start,
      @Nullable String stop,
      String otherStart,
      @Nullable String otherStop,
      @Nullable String both) {
    String body = of(between(start, stop), between(otherStart, otherStop));

    if (both == null) {
      assertThat(accept(body, Sex.MALE).steps()).hasSize(2);
    } else {
      assertThat(refusals(body, Sex.MALE))
          .containsExactly(
              Violation.body(
                  "steps[1]",
                  "STEP-OVERLAP",
                  "steps[0] and steps[1] both give testosterone-cypionate INTRAMUSCULAR on "
                      + both));
    }
  }

  private static String between(String start, @Nullable String stop) {
    return WEEKLY.replace(
        "2026-11-01\"", start + "\"" + (stop == null ? "" : ", \"stop\": \"" + stop + "\""));
  }

  @Test
  void anotherAgentOrAnotherRouteMayBeGivenAtOnce() {
    String enanthate = WEEKLY.replace("cypionate", "enanthate");
    String underTheSkin = WEEKLY.replace("INTRAMUSCULAR", "SUBCUTANEOUS");

    assertThat(accept(of(WEEKLY, enanthate, underTheSkin), Sex.MALE).steps()).hasSize(3);
  }

  @Test
  void aChangeOverlapsToo() {
    String titrated =
        WEEKLY.replace(
            "\"start\"",
            "\"changes\": [{\"on\": \"2026-11-20\", \"dose\": {\"value\": 50, \"unit\": \"mg\"}}], \"start\"");
    String later = between("2026-11-25", null);

    assertThat(refusals(of(titrated, later), Sex.MALE))
        .extracting(Violation::field, Violation::rule)
        .containsExactly(Tuple.tuple("steps[1]", "STEP-OVERLAP"));
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheJurisdiction(Region region) {
    assertThat(accept(with("\"jurisdiction\": \"" + region + "\""), Sex.MALE).jurisdiction())
        .isEqualTo(region);
  }

  @Test
  void aRegionAnIndicationAndAnIntentThatAreNoneAreRefused() {
    assertThat(
            refusals(
                with("\"jurisdiction\": \"BR\", \"indication\": \"joy\", \"intent\": \"proposal\""),
                Sex.MALE))
        .extracting(Violation::field, Violation::rule, Violation::message)
        .containsExactly(
            Tuple.tuple(
                "intent",
                "PROPOSAL-ORDER",
                "is not order: what is only proposed is not ordered here"),
            Tuple.tuple(
                "indication",
                "INDICATION-UNKNOWN",
                "is unknown; allowed: adult-ghd, bone-or-anti-ageing, climacteric-or-osteoporosis,"
                    + " endometrial-protection, hiv-lipodystrophy, hsdd, hypogonadotropic-hypogonadism,"
                    + " male-hypogonadism, menopausal-hormone-therapy, osteoporosis-prevention,"
                    + " paediatric-ghd"),
            Tuple.tuple(
                "jurisdiction",
                "REGION-UNKNOWN",
                "is unknown; allowed: US, EU, UK, CN, JP, AU, CA"));
  }

  @Test
  void anOrderSaysThatItIsOneOrNothing() {
    assertThat(accept(with("\"intent\": \"order\""), Sex.MALE).steps()).hasSize(1);
    assertThat(refusals(with("\"intent\": \"plan\""), Sex.MALE))
        .extracting(Violation::rule)
        .containsExactly("PROPOSAL-ORDER");
  }

  @Test
  void aProposalIsReadAsAnOrderIsButIsNone() {
    assertThat(propose(with("\"intent\": \"proposal\""), Sex.MALE).steps())
        .isEqualTo(accept(of(WEEKLY), Sex.MALE).steps());
    assertThat(propose(of(WEEKLY), Sex.MALE).steps()).hasSize(1);
    assertThat(violations(() -> propose(with("\"intent\": \"order\""), Sex.MALE)))
        .containsExactly(
            Violation.body(
                "intent",
                "PROPOSAL-ORDER",
                "is not proposal: what is ordered is not proposed here"));
  }

  @Test
  void keepsOverridesAndWhatWasAcknowledged() {
    RegimenOrder order =
        accept(
            with(
                """
                "overrides": [{"rule": "HRT-06a", "reason": "Ten chars."}, {"rule": "TM-04", "reason": "%s"}],
                "acknowledged": ["REG-01", "TM-16"]"""
                    .formatted("x".repeat(500))),
            Sex.MALE);

    assertThat(order.overrides())
        .containsExactly(
            new RegimenOrder.Override("HRT-06a", "Ten chars."),
            new RegimenOrder.Override("TM-04", "x".repeat(500)));
    assertThat(order.acknowledged()).containsExactly("REG-01", "TM-16");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"overrides\": [null]                                        | overrides[0]        | is null",
        "\"overrides\": [{\"reason\": \"Discussed at length\"}]       | overrides[0].rule   | must be a rule's id, such as HRT-01",
        "\"overrides\": [{\"rule\": \"hrt-1\", \"reason\": \"Discussed at length\"}] | overrides[0].rule | must be a rule's id, such as HRT-01",
        "\"overrides\": [{\"rule\": \"HRT-01ab\", \"reason\": \"Discussed at length\"}] | overrides[0].rule | must be a rule's id, such as HRT-01",
        "\"overrides\": [{\"rule\": \"HRT-01\"}]                      | overrides[0].reason | must have 10 to 500 characters",
        "\"overrides\": [{\"rule\": \"HRT-01\", \"reason\": \"Nine char\"}] | overrides[0].reason | must have 10 to 500 characters",
        "\"overrides\": [{\"rule\": \"HRT-01\", \"reason\": \"  Nine char  \"}] | overrides[0].reason | must have 10 to 500 characters",
        "\"overrides\": [{\"rule\": \"HRT-01\", \"reason\": \"Discussed at length\"}, {\"rule\": \"HRT-01\", \"reason\": \"Discussed at length\"}] | overrides[1].rule | is there twice",
        "\"acknowledged\": [null]                                     | acknowledged[0]     | must be a rule's id, such as HRT-01",
        "\"acknowledged\": [\"REG-1\"]                                | acknowledged[0]     | must be a rule's id, such as HRT-01",
        "\"acknowledged\": [\"REG-01\", \"REG-01\"]                   | acknowledged[1]     | is there twice",
      })
  void saysWhatIsWrongWithAnOverrideOrAnAcknowledgement(
      String member, String field, String message) {
    assertThat(refusals(with(member), Sex.MALE)).containsExactly(Violation.body(field, message));
  }

  @Test
  void aReasonHasAnEnd() {
    String member = "\"overrides\": [{\"rule\": \"hrt\", \"reason\": \"" + "x".repeat(501) + "\"}]";

    assertThat(refusals(with(member), Sex.MALE))
        .extracting(Violation::field)
        .containsExactly("overrides[0].rule", "overrides[0].reason");
  }

  @Test
  void soDoListsOfRules() {
    String rules = ruleIds(100);
    assertThat(accept(with("\"acknowledged\": [" + rules + "]"), Sex.MALE).acknowledged())
        .hasSize(100);
    assertThat(refusals(with("\"acknowledged\": [" + rules + ", \"TM-01\"]"), Sex.MALE))
        .containsExactly(Violation.body("acknowledged", "must be at most 100"));

    String overrides = String.join(",", Collections.nCopies(101, "null"));
    assertThat(refusals(with("\"overrides\": [" + overrides + "]"), Sex.MALE))
        .containsExactly(Violation.body("overrides", "must be at most 100"));
    assertThat(refusals(with("\"overrides\": [" + overrides.substring(5) + "]"), Sex.MALE))
        .hasSize(100);
  }

  private static String ruleIds(int count) {
    return String.join(
        ",", IntStream.range(0, count).mapToObj(i -> "\"HRT-%02d\"".formatted(i)).toList());
  }

  private static String with(String members) {
    return "{" + members + ", \"steps\": [" + WEEKLY + "]}";
  }

  private static String ofProtocol(String code, @Nullable Integer version) {
    return "{\"protocol\": {\"code\": \"%s\"%s}, \"start\": \"%s\"}"
        .formatted(code, version == null ? "" : ", \"version\": " + version, FIRST);
  }
}
