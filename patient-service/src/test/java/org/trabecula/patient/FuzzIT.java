package org.trabecula.patient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.localstack.fuzz.Fuzz;
import org.trabecula.patient.fhir.Bundles;

/// Some hundred broken inputs to every door; `./trabecula bench fuzz` sends ten thousand.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class FuzzIT {
  private static final int COUNT = 400;
  private static final long SEED = 20_261_123;

  @TempDir Path failing;
  TestStack stack;

  @Test
  void everyDoorRefusesBrokenInputByNameKeepsNothingOfItAndPublishesNothing() throws Exception {
    var config = ConfigProvider.getConfig();
    Map<String, String> tokens = new ConcurrentHashMap<>();
    var bundle = Bundles.corpus(Bundles.CORPUS.getFirst()).getBytes(UTF_8);
    try (var fuzz =
        new Fuzz(
            URI.create("http://127.0.0.1:" + RestAssured.port),
            (role, clinic) ->
                tokens.computeIfAbsent(role + " " + clinic, one -> stack.token(role, clinic)),
            config.getValue("quarkus.datasource.jdbc.url", String.class),
            config.getValue("quarkus.datasource.username", String.class),
            List.of(bundle))) {
      fuzz.run(SEED, COUNT, false, failing, number -> {});
      assertThat(fuzz.findings()).isEmpty();
      assertThat(fuzz.answers().keySet())
          .as("every door was there and refused something")
          .anyMatch("POST /fhir 400"::equals)
          .anyMatch("POST /v1/patients 400"::equals)
          .anyMatch("POST /v1/patients/{patient}/measurements 400"::equals);
      for (var record : Published.by(clinics(), Topic.PATIENT_PROFILE)) {
        var key = record.key().split("/", -1);
        new Clinic(stack, key[0])
            .clinician()
            .get("/v1/patients/{id}", key[1])
            .then()
            .statusCode(200);
      }
    }
  }

  /// Those that the run visits.
  private List<Clinic> clinics() {
    var clinics = new ArrayList<Clinic>();
    for (int i = 0; i < COUNT / 50; i++) {
      clinics.add(new Clinic(stack, "fuzz-%d-%d".formatted(SEED, i)));
    }
    return clinics;
  }
}
