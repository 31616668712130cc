package org.trabecula.protocol.regimen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Region;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.protocol.Shipped;
import org.trabecula.protocol.patient.KnownPatient;

class RegimenOrdersTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
  private static final JsonMapper JSON = JsonMapper.builder().findAndAddModules().build();
  private static final String WEEKLY =
      """
      {"agent": "testosterone-cypionate", "dose": {"value": 100, "unit": "mg"}, "route": "INTRAMUSCULAR",
       "intervalDays": 7, "start": "2026-11-01"}""";

  private final RegimenOrders orders = new RegimenOrders(Shipped.AGENTS, Shipped.PROTOCOLS);

  @Test
  void acceptsTheStepsAsTheyAreSent() {
    RegimenOrder order = accept("{\"steps\": [" + WEEKLY + "]}", Sex.MALE);

    assertThat(order.protocol()).isNull();
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
  void takesTheStepsOfAProtocolFromOneStart() {
    RegimenOrder order =
        accept(
            """
            {"protocol": {"code": "mht-patch-progesterone"}, "start": "2026-12-01"}""",
            Sex.FEMALE);

    assertThat(order.protocol().version()).isEqualTo(1);
    assertThat(order.steps())
        .hasSize(2)
        .allMatch(step -> step.start().equals(LocalDate.of(2026, 12, 1)));
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"testosterone-cypionate\" | \"aspirin\"                    | steps[0].agent           | is unknown; allowed: anastrozole",
        "\"INTRAMUSCULAR\"          | \"ORAL\"                       | steps[0].route           | allowed: INTRAMUSCULAR, SUBCUTANEOUS",
        "\"mg\"                     | \"mL\"                         | steps[0].dose.concentration | is missing",
        "\"mg\"                     | \"ug\"                         | steps[0].dose.unit       | allowed: mg",
        "100                        | 2000                           | steps[0].dose.value      | DOSE-LIMIT: 2000 mg a week is over the limit of 300 mg",
        "100                        | 0                              | steps[0].dose.value      | must be above 0",
        "100                        | -5                             | steps[0].dose.value      | must be above 0",
        "\"intervalDays\": 7        | \"intervalDays\": 0.1          | steps[0].dose.value      | DOSE-LIMIT: 7000 mg a week",
        "\"intervalDays\": 7        | \"intervalDays\": 0            | steps[0].intervalDays    | must be 0.0625 to 366 days",
        "\"intervalDays\": 7        | \"intervalDays\": 700          | steps[0].intervalDays    | must be 0.0625 to 366 days",
        "\"intervalDays\": 7        | \"asNeededPerWeek\": 500       | steps[0].asNeededPerWeek | must be 0.01 to 112 a week",
        "\"intervalDays\": 7,       | ''                             | steps[0].intervalDays    | either this or asNeededPerWeek",
        "\"intervalDays\": 7        | \"intervalDays\": 7, \"asNeededPerWeek\": 1 | steps[0].intervalDays | either this or asNeededPerWeek",
        "2026-11-01                 | 1966-03-31                     | steps[0].start           | is before the patient's birth",
        "2026-11-01                 | 2027-11-24                     | steps[0].start           | is more than a year ahead",
        "\"start\": \"2026-11-01\"  | \"start\": \"2026-11-01\", \"stop\": \"2026-11-01\" | steps[0].stop | must be after start",
        "\"start\": \"2026-11-01\"  | \"stop\": \"2026-12-01\"       | steps[0].start           | is missing",
        "\"agent\": \"testosterone-cypionate\", | ''                 | steps[0].agent           | is missing",
        "\"route\": \"INTRAMUSCULAR\", | ''                          | steps[0].route           | is missing",
        "\"unit\": \"mg\"           | \"unit\": null                 | steps[0].dose.unit       | is missing",
        "\"value\": 100             | \"value\": null                | steps[0].dose.value      | must be above 0",
      })
  void namesTheFieldAndTheReason(String good, String bad, String field, String reason) {
    String sent = WEEKLY.replace(good.strip(), bad.strip());
    assertThat(sent).isNotEqualTo(WEEKLY);

    assertThat(refusals("{\"steps\": [" + sent + "]}", Sex.MALE))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.field()).isEqualTo(field);
              assertThat(violation.message()).contains(reason);
            });
  }

  @Test
  void namesEveryStepThatIsWrong() {
    String wrong = WEEKLY.replace("100", "9999");

    assertThat(refusals("{\"steps\": [" + WEEKLY + "," + wrong + ", null]}", Sex.MALE))
        .extracting(Violation::field)
        .containsExactly("steps[1].dose.value", "steps[2]");
  }

  @Test
  void aDoseForAManIsTooMuchForAWoman() {
    String body = "{\"steps\": [" + WEEKLY + "]}";

    assertThat(refusals(body, Sex.FEMALE))
        .extracting(Violation::message)
        .containsExactly("DOSE-LIMIT: 100 mg a week is over the limit of 15 mg (usual 2 to 5)");
    assertThat(accept(body, Sex.UNKNOWN).steps()).hasSize(1);
  }

  @Test
  void ofAnUnknownSexOnlyWhatIsOverEveryLimitIsRefused() {
    assertThat(refusals("{\"steps\": [" + WEEKLY.replace("100", "301") + "]}", Sex.UNKNOWN))
        .extracting(Violation::field)
        .containsExactly("steps[0].dose.value");
  }

  @Test
  void aDepotMayNotFollowTooSoon() {
    String depot =
        WEEKLY
            .replace("cypionate", "undecanoate-im")
            .replace("100", "1000")
            .replace("\"intervalDays\": 7", "\"intervalDays\": 28");

    assertThat(refusals("{\"steps\": [" + depot + "]}", Sex.MALE))
        .extracting(Violation::message)
        .containsExactly("DOSE-LIMIT: less than 42 days between doses");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                            | steps",
        "{\"steps\": []}                                               | steps",
        "{\"start\": \"2026-11-01\"}                                   | steps",
        "{\"protocol\": {}, \"start\": \"2026-11-01\"}                 | protocol.code",
        "{\"protocol\": {\"code\": \"none\"}, \"start\": \"2026-11-01\"} | protocol.code",
        "{\"protocol\": {\"code\": \"mht-gel\", \"version\": 9}, \"start\": \"2026-11-01\"} | protocol.version",
        "{\"protocol\": {\"code\": \"mht-gel\"}}                       | start",
        "{\"protocol\": {\"code\": \"mht-gel\"}, \"start\": \"1960-01-01\"} | start",
      })
  void saysWhatIsMissingFromTheWhole(String body, String field) {
    assertThat(refusals(body, Sex.FEMALE)).extracting(Violation::field).containsExactly(field);
  }

  @Test
  void aStartOfTheWholeDoesNotGoWithStepsOfItsOwn() {
    assertThat(refusals("{\"start\": \"2026-11-01\", \"steps\": [" + WEEKLY + "]}", Sex.MALE))
        .extracting(Violation::field)
        .containsExactly("start");
  }

  private RegimenOrder accept(String body, Sex sex) {
    try {
      KnownPatient patient =
          new KnownPatient(Shipped.profile(UUID.randomUUID(), 1, Region.US, sex, false));
      return orders.accept(JSON.readValue(body, RegimenRequest.class), patient, TODAY);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private List<Violation> refusals(String body, Sex sex) {
    HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> accept(body, sex));
    assertThat(problem.getStatusCode()).isEqualTo(400);
    return (List<Violation>) problem.getParameters().get("violations");
  }
}
