package org.trabecula.protocol.regimen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.protocol.Shipped;
import org.trabecula.protocol.patient.KnownPatient;

/// Orders as they are sent on one day, for somebody born in April 1966.
final class Orders {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  /// One step in full.
  static final String WEEKLY =
      """
      {"agent": "testosterone-cypionate", "dose": {"value": 100, "unit": "mg"}, "route": "INTRAMUSCULAR",
       "intervalDays": 7, "start": "2026-11-01"}""";

  private static final JsonMapper JSON = JsonMapper.builder().findAndAddModules().build();
  private static final RegimenOrders ORDERS = new RegimenOrders(Shipped.AGENTS, Shipped.PROTOCOLS);

  private Orders() {}

  /// @param dose as JSON
  /// @param more further members, such as `, "stop": "2026-12-01"`
  static String step(String agent, String route, String dose, String interval, String more) {
    return """
    {"agent": "%s", "route": "%s", "dose": %s, "intervalDays": %s, "start": "2026-11-01"%s}"""
        .formatted(agent, route, dose, interval, more);
  }

  static String dose(String value, String unit) {
    return "{\"value\": %s, \"unit\": \"%s\"}".formatted(value, unit);
  }

  static String volume(String value, String concentration, String unit) {
    return "{\"value\": %s, \"unit\": \"mL\", \"concentration\": %s}"
        .formatted(value, dose(concentration, unit));
  }

  static String of(String... steps) {
    return "{\"steps\": [" + String.join(",", steps) + "]}";
  }

  static RegimenOrder accept(String body, Sex sex) {
    return ORDERS.accept(request(body), patient(sex), TODAY);
  }

  static RegimenOrder propose(String body, Sex sex) {
    return ORDERS.propose(request(body), patient(sex), TODAY);
  }

  static RegimenOrders.Drafted draft(String step, Sex sex) {
    return ORDERS.draft(request(of(step)).steps().getFirst(), patient(sex), TODAY);
  }

  static List<Step> steps(Sex sex, String... steps) {
    return accept(of(steps), sex).steps();
  }

  static List<Violation> refusals(String body, Sex sex) {
    return violations(() -> accept(body, sex));
  }

  @SuppressWarnings("unchecked")
  static List<Violation> violations(ThrowingCallable refused) {
    HttpProblem problem = catchThrowableOfType(HttpProblem.class, refused);
    assertThat(problem).as("nothing was refused").isNotNull();
    assertThat(problem.getStatusCode()).isEqualTo(400);
    return (List<Violation>) problem.getParameters().get("violations");
  }

  private static KnownPatient patient(Sex sex) {
    return new KnownPatient(Shipped.profile(UUID.randomUUID(), 1, Region.US, sex, false));
  }

  private static RegimenRequest request(String body) {
    try {
      return JSON.readValue(body, RegimenRequest.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
