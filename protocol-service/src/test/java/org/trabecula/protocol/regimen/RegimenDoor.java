package org.trabecula.protocol.regimen;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStack;
import org.trabecula.protocol.Shipped;
import org.trabecula.protocol.Wire;

/// The regimens of one woman in the United States, as a clinic reaches them.
public abstract class RegimenDoor {
  protected static final String CLINIC = "alder";
  protected static final String MHT =
      """
      {"protocol": {"code": "mht-patch-progesterone", "version": 1}, "start": "2026-03-01"}""";
  static final String GEL =
      """
      {"steps": [{"agent": "estradiol-gel", "dose": {"value": 0.75, "unit": "mg"}, "route": "TRANSDERMAL",
                  "intervalDays": 1, "start": "%1$s"},
                 {"agent": "progesterone-micronised", "dose": {"value": 100, "unit": "mg"}, "route": "ORAL",
                  "intervalDays": 1, "start": "%1$s"}]}""";

  TestStack stack;
  protected Wire wire;
  protected UUID patient;
  String clinic = CLINIC;

  @BeforeEach
  void knowAWomanInTheUnitedStates() {
    wire = new Wire(stack);
    patient = UUID.randomUUID();
    know(Shipped.woman(patient, Region.US));
  }

  protected void know(ProfileRecorded profile) {
    wire.profile(clinic, profile);
    await()
        .atMost(Wire.SOON)
        .untilAsserted(
            () ->
                as("viewer", clinic)
                    .get("/v1/patients/" + profile.patientId() + "/regimens")
                    .then()
                    .statusCode(200));
  }

  List<ConsumerRecord<String, byte[]>> events(int atLeast) {
    return wire.records(Topic.PROTOCOL_REGIMEN, (clinic + "/" + patient)::equals, atLeast);
  }

  protected ValidatableResponse assign(String body, @Nullable String ifMatch) {
    return write("", body, ifMatch).then();
  }

  protected ValidatableResponse stop(String body, @Nullable String ifMatch) {
    return write("/current/stop", body, ifMatch).then();
  }

  Response write(String under, String body, @Nullable String ifMatch) {
    RequestSpecification request = as("clinician", clinic).body(body);
    return (ifMatch == null ? request : request.header("If-Match", ifMatch)).post(path(under));
  }

  ValidatableResponse resend(String key, String body) {
    return as("clinician", clinic).header("Idempotency-Key", key).body(body).post(path("")).then();
  }

  ValidatableResponse read(String under) {
    return as("viewer", clinic).get(path(under)).then();
  }

  protected RequestSpecification as(String role, String owner) {
    return given().auth().oauth2(stack.token(role, owner)).contentType("application/json");
  }

  String path(String under) {
    return "/v1/patients/" + patient + "/regimens" + under;
  }
}
