package org.trabecula.patient;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;

/// Who may ask, and what a request must look like.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class AccessIT {
  TestStack stack;
  private Clinic clinic;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
  }

  @Test
  void asksForAToken() {
    given()
        .contentType("application/json")
        .body("{}")
        .post("/v1/patients")
        .then()
        .statusCode(401)
        .contentType(containsString("application/problem+json"));
    given().get("/v1/patients").then().statusCode(401);
    given()
        .contentType("application/fhir+json")
        .body("{}")
        .post("/fhir")
        .then()
        .statusCode(401)
        .contentType(containsString("application/fhir+json"))
        .body(containsString("OperationOutcome"));
    given().get("/fhir/metadata").then().statusCode(401).body(containsString("OperationOutcome"));
  }

  @Test
  void letsAViewerReadAndNoMore() {
    String patient = clinic.patient();
    clinic.as("viewer").get("/v1/patients/{id}", patient).then().statusCode(200);
    clinic
        .as("viewer")
        .contentType("application/json")
        .body("{}")
        .post("/v1/patients")
        .then()
        .statusCode(403)
        .contentType(containsString("application/problem+json"));
    clinic
        .as("viewer")
        .contentType("application/fhir+json")
        .body("{}")
        .post("/fhir")
        .then()
        .statusCode(403)
        .body(containsString("OperationOutcome"));
    clinic
        .as("integration")
        .contentType("application/json")
        .body("{}")
        .post("/v1/patients")
        .then()
        .statusCode(201);
  }

  @Test
  void saysWhatIsWrongWithTheRequestItself() {
    clinic
        .clinician()
        .get("/v1/nothing")
        .then()
        .statusCode(404)
        .contentType(containsString("application/problem+json"));
    clinic
        .clinician()
        .get("/v1/patients/not-a-uuid")
        .then()
        .statusCode(404)
        .contentType(containsString("application/problem+json"));
    clinic
        .clinician()
        .delete("/v1/patients")
        .then()
        .statusCode(405)
        .contentType(containsString("application/problem+json"));
    clinic
        .clinician()
        .contentType("text/plain")
        .body("x")
        .post("/v1/patients")
        .then()
        .statusCode(415)
        .contentType(containsString("application/problem+json"));
    clinic
        .clinician()
        .contentType("text/plain")
        .body("x")
        .post("/fhir")
        .then()
        .statusCode(415)
        .body(containsString("OperationOutcome"));
    clinic
        .clinician()
        .get("/fhir/Potato")
        .then()
        .statusCode(404)
        .body(containsString("OperationOutcome"));
    problem(clinic.clinician().get("/v1/patients?cursor=x").then(), 400, "cursor");
    problem(clinic.clinician().get("/v1/patients?limit=0").then(), 400, "limit");
    problem(clinic.clinician().get("/v1/patients?identifier=x").then(), 400, "identifier");
    String patient = clinic.patient();
    problem(
        clinic.clinician().get("/v1/patients/{id}/measurements?from=x", patient).then(),
        400,
        "from");
    problem(
        clinic.clinician().get("/v1/patients/{id}/measurements?analyte=x", patient).then(),
        400,
        "analyte");
  }

  @Test
  void refusesABodyThatIsTooLongForTheDoorBeforeReadingIt() throws IOException {
    assertThat(answerTo("/v1/patients", "application/json", (1 << 20) + 1))
        .startsWith("HTTP/1.1 413")
        .contains("application/problem+json", "1048576 bytes");
    assertThat(answerTo("/fhir", "application/fhir+json", (24 << 20) + 1))
        .startsWith("HTTP/1.1 413")
        .contains("OperationOutcome", "25165824 bytes");
  }

  @Test
  void refusesABodyInChunksWhereItBecomesTooLong() {
    String blanks = " ".repeat(1 << 20);
    clinic
        .json("{" + blanks + "}")
        .post("/v1/patients")
        .then()
        .statusCode(413)
        .contentType(containsString("application/problem+json"));
    clinic
        .clinician()
        .contentType("application/json")
        .body(new ByteArrayInputStream(("{" + blanks + "}").getBytes(UTF_8)))
        .post("/v1/patients")
        .then()
        .statusCode(413)
        .contentType(containsString("application/problem+json"));
  }

  @Test
  void takesABodyAsItIs() {
    clinic
        .json("{}")
        .header("Content-Encoding", "gzip")
        .post("/v1/patients")
        .then()
        .statusCode(415)
        .body("violations.field", hasItem("Content-Encoding"));
  }

  /// The body itself is never sent.
  private String answerTo(String path, String contentType, int length) throws IOException {
    try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(10_000);
      String head =
          """
          POST %s HTTP/1.1
          Host: localhost
          Authorization: Bearer %s
          Content-Type: %s
          Content-Length: %d

          """
              .formatted(path, stack.token("clinician", clinic.name()), contentType, length)
              .replace("\n", "\r\n");
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      var answer = new byte[4_096];
      int count = socket.getInputStream().read(answer);
      return new String(answer, 0, count, UTF_8);
    }
  }

  private static ValidatableResponse problem(
      ValidatableResponse response, int status, String field) {
    return response
        .statusCode(status)
        .contentType(containsString("application/problem+json"))
        .body("status", org.hamcrest.Matchers.is(status))
        .body("violations.field", hasItem(field == null ? "" : field))
        .body(not(containsString("org.trabecula")))
        .body(not(containsString("Exception")));
  }
}
