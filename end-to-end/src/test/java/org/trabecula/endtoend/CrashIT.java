package org.trabecula.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.endtoend.Clinic.result;
import static org.trabecula.endtoend.SharedStack.FORECASTS;
import static org.trabecula.endtoend.SharedStack.STACK;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// projection-service dies without warning while results keep coming.
class CrashIT {
  private static final int PATIENTS = 4;
  private static final int RESULTS = 6;

  private final Clinic clinic = new Clinic();

  @Test
  void nothingIsLostAndNoForecastIsMadeTwice() throws IOException {
    var results = new HashMap<String, List<String>>();
    for (int i = 0; i < PATIENTS; i++) {
      results.put(clinic.register(Clinic.woman()), new ArrayList<>());
    }
    var projection = STACK.process("projection-service");
    for (int i = 0; i < RESULTS; i++) {
      int daysAgo = 40 - i;
      results.forEach(
          (patient, ids) -> ids.add(clinic.measure(patient, result("ctx", 400, "ng/L", daysAgo))));
      if (i == RESULTS / 2) {
        projection.kill();
      }
    }
    assertThat(projection.isAlive()).isFalse();
    projection.restart(Duration.ofSeconds(120));

    results.forEach(
        (patient, ids) -> {
          FORECASTS.first(patient, event -> ids.stream().allMatch(event::used));
          assertThat(history(patient)).doesNotHaveDuplicates();
          assertThat(bodiesById(patient).values()).allSatisfy(b -> assertThat(b).hasSize(1));
        });
  }

  private List<String> history(String patient) {
    return clinic
        .as("viewer", "projection-service")
        .get("/v1/patients/{patient}/forecasts?limit=200", patient)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items.forecastId", String.class);
  }

  /// Delivery is at least once: after a crash the same event may come again, another under its
  /// identifier never.
  private static Map<String, Set<JsonNode>> bodiesById(String patient) {
    return FORECASTS.of(patient).stream()
        .collect(
            Collectors.groupingBy(
                event -> event.header("ce_id"),
                Collectors.mapping(ForecastTopic.Seen::body, Collectors.toSet())));
  }
}
