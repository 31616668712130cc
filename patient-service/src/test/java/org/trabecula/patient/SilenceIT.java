package org.trabecula.patient;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;

/// The log names nobody and repeats no value, whether a request goes well or not.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class SilenceIT {
  TestStack stack;
  private final Lines lines = new Lines();

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(lines);
  }

  @AfterEach
  void leave() {
    Logger.getLogger("").removeHandler(lines);
  }

  @Test
  void writesNoNameIdentifierOrValueToTheLog() {
    Clinic clinic = Clinic.of(stack);
    String person =
        """
        {"identifiers": [{"system": "urn:mrn", "value": "SECRET-4711"}],
         "name": {"given": "Griselda", "family": "Quackenbush"}, "birth": "%s"}""";
    String id = clinic.patient(person.formatted("1968-04"));
    clinic.json(person.formatted("1968-04")).post("/v1/patients").then().statusCode(409);
    clinic.json(person.formatted("Quackenbush")).post("/v1/patients").then().statusCode(400);
    clinic.json(person.formatted("1968-04") + "}").post("/v1/patients").then().statusCode(400);
    clinic.clinician().get("/v1/patients?identifier=urn:mrn|SECRET-4711").then().statusCode(200);
    String ctx =
        "{\"analyte\": \"ctx\", \"value\": %s, \"unit\": \"%s\", \"effectiveAt\": \"2026-01-05\"}";
    String path = "/v1/patients/" + id + "/measurements";
    clinic.json(ctx.formatted("41277.125", "pg/mL")).post(path).then().statusCode(400);
    clinic.json(ctx.formatted("412.77125", "pg/mL")).post(path).then().statusCode(201);
    clinic
        .fhir("{\"resourceType\": \"Bundle\", \"id\": \"Quackenbush\", \"SECRET-4711\": 1}")
        .post("/fhir")
        .then()
        .statusCode(400);

    assertThat(lines.seen)
        .noneMatch(line -> line.contains("Quackenbush"))
        .noneMatch(line -> line.contains("Griselda"))
        .noneMatch(line -> line.contains("SECRET-4711"))
        .noneMatch(line -> line.contains("77125") || line.contains("41277"));
    Logger.getLogger("org.trabecula").info("a line to see that lines are seen");
    assertThat(lines.seen).anyMatch(line -> line.contains("a line to see"));
  }

  private static final class Lines extends Handler {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final PatternFormatter formatter = new PatternFormatter("%c %s%e%n");

    @Override
    public void publish(LogRecord record) {
      seen.add(formatter.format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
