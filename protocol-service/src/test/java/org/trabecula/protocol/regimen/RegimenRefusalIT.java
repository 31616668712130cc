package org.trabecula.protocol.regimen;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Region;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.protocol.Shipped;

@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "protocol"))
class RegimenRefusalIT extends RegimenDoor {

  @Test
  void aPatientWhoIsNotKnownYetIsWorthAskingForAgain() {
    patient = UUID.randomUUID();

    assign(MHT, null)
        .statusCode(404)
        .contentType("application/problem+json")
        .header("Retry-After", "1")
        .body("detail", containsString("not known here yet"));
    read("/current").statusCode(404).header("Retry-After", "1");
    stop("{\"stoppedOn\": \"2026-10-01\", \"reason\": \"test\"}", "\"1\"").statusCode(404);
  }

  @Test
  void aPatientWhoHasDiedGetsNoRegimenButMayStopOne() {
    assign(MHT, null).statusCode(201);
    wire.profile(CLINIC, Shipped.profile(patient, 2, Region.US, Sex.FEMALE, true));

    know(Shipped.woman(UUID.randomUUID(), Region.US));

    assign(MHT, "\"1\"").statusCode(409).contentType("application/problem+json");
    stop("{\"stoppedOn\": \"2026-10-01\", \"reason\": \"Died\"}", "\"1\"").statusCode(200);
  }

  @Test
  void anotherClinicsPatientIsNotThere() {
    assign(MHT, null).statusCode(201);

    as("clinician", "birch").get(path("/current")).then().statusCode(404);
    as("clinician", "birch").get(path("")).then().statusCode(404);
    as("clinician", "birch").body(MHT).post(path("")).then().statusCode(404);
    as("clinician", "birch")
        .header("If-Match", "\"1\"")
        .body("{\"stoppedOn\": \"2026-10-01\", \"reason\": \"test\"}")
        .post(path("/current/stop"))
        .then()
        .statusCode(404);
    read("/current").statusCode(200).header("ETag", "\"1\"");
  }

  @Test
  void onlyAClinicianPrescribes() {
    given().contentType("application/json").body(MHT).post(path("")).then().statusCode(401);
    as("viewer", CLINIC).body(MHT).post(path("")).then().statusCode(403);
    as("integration", CLINIC).body(MHT).post(path("")).then().statusCode(403);
    as("viewer", CLINIC).get(path("")).then().statusCode(200);
    as("integration", CLINIC).get(path("")).then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not json                                                   | 400 |",
        "{\"steps\": [{\"agent\": \"aspirin\", \"dose\": {\"value\": 1, \"unit\": \"mg\"}, \"route\": \"ORAL\", \"intervalDays\": 1, \"start\": \"2026-03-01\"}]} | 400 | steps[0].agent",
        "{\"steps\": [{\"agent\": \"estradiol-gel\", \"dose\": {\"value\": 60, \"unit\": \"mg\"}, \"route\": \"TRANSDERMAL\", \"intervalDays\": 1, \"start\": \"2026-03-01\"}]} | 400 | steps[0].dose.value",
        "{\"steps\": [{\"agent\": \"estradiol-gel\", \"dose\": {\"value\": 1, \"unit\": \"mg\"}, \"route\": \"BY_MOUTH\", \"intervalDays\": 1, \"start\": \"2026-03-01\"}]} | 400 | steps[0].route",
        "{\"steps\": [{\"agent\": \"estradiol-gel\", \"dose\": {\"value\": \"much\", \"unit\": \"mg\"}, \"route\": \"ORAL\", \"intervalDays\": 1, \"start\": \"2026-03-01\"}]} | 400 | steps[0].dose.value",
        "{\"steps\": [{\"agent\": \"estradiol-gel\", \"start\": \"2026-02-30\"}]} | 400 | steps[0].start",
        "{\"protocol\": {\"code\": \"mht-gel\"}, \"start\": \"2026-03-01\", \"colour\": \"red\"} | 400 | colour",
      })
  void bodiesThatAreNotRightAreRefusedByField(String body, int status, @Nullable String field) {
    ValidatableResponse refused =
        assign(body, null)
            .statusCode(status)
            .contentType("application/problem+json")
            .body(not(containsString("org.trabecula")));
    if (field != null) {
      refused.body("violations.field", hasItem(field));
    }
    read("").body("items", hasSize(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"steps\": [{\"agent\": \"aspirin\"}]}                            | AGENT-UNKNOWN      | steps[0].agent",
        "{\"steps\": [{\"agent\": \"estradiol-gel\", \"route\": \"BY_MOUTH\"}]} | ROUTE-UNKNOWN | steps[0].route",
        "{\"steps\": [{\"dose\": {\"value\": 1, \"unit\": \"units\"}}]}       | UNIT-UNKNOWN       | steps[0].dose.unit",
        "{\"steps\": [{\"dose\": {\"value\": 1, \"unit\": \"mL\"}}]}          | DOSE-UNIT          | steps[0].dose.concentration",
        "{\"steps\": [{\"agent\": \"estradiol-gel\", \"route\": \"TRANSDERMAL\", \"intervalDays\": 1, \"dose\": {\"value\": 60, \"unit\": \"mg\"}}]} | DOSE-LIMIT | steps[0].dose.value",
        "{\"steps\": [{\"start\": \"2026-03-01\", \"stop\": \"2026-02-01\"}]}   | DATES-ORDER        | steps[0].stop",
        "{\"steps\": [{\"indication\": \"joy\"}]}                           | INDICATION-UNKNOWN | steps[0].indication",
        "{\"protocol\": {\"code\": \"none\"}, \"start\": \"2026-03-01\"}     | PROTOCOL-UNKNOWN   | protocol.code",
        "{\"jurisdiction\": \"Atlantis\"}                                 | REGION-UNKNOWN     | jurisdiction",
        "{\"intent\": \"proposal\", \"protocol\": {\"code\": \"mht-gel\"}, \"start\": \"2026-03-01\"} | PROPOSAL-ORDER | intent",
      })
  void aRefusalNamesTheRuleAndTheField(String body, String rule, String field) {
    assign(body, null)
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations.find { it.rule == '" + rule + "' }.field", equalTo(field));
    read("").body("items", hasSize(0));
  }

  @Test
  void theSameAgentIsNotGivenTwiceAtOnce() {
    String gel =
        """
        {"agent": "estradiol-gel", "dose": {"value": 1, "unit": "mg"}, "route": "TRANSDERMAL",
         "intervalDays": 1, "start": "2026-03-01"}""";

    assign("{\"steps\": [" + gel + ", " + gel + "]}", null)
        .statusCode(400)
        .body("violations.rule", hasItem("STEP-OVERLAP"))
        .body("violations.field", hasItem("steps[1]"));
    assign("{}", null).statusCode(400).body("violations[0]", not(hasKey("rule")));
  }

  @Test
  void anEmptyBodyAndAnIdentifierThatIsNoneAreRefused() {
    as("clinician", CLINIC).post(path("")).then().statusCode(400);
    as("clinician", CLINIC).body("null").post(path("")).then().statusCode(400);
    as("clinician", CLINIC).get("/v1/patients/42/regimens").then().statusCode(404);
    assign(MHT, null).statusCode(201);
    for (String body :
        List.of(
            "{}",
            "{\"stoppedOn\": \"2026-10-01\"}",
            "{\"stoppedOn\": \"2026-10-01\", \"reason\": \" \"}",
            "{\"stoppedOn\": \"2026-02-01\", \"reason\": \"before its start\"}",
            "{\"stoppedOn\": \"2126-02-01\", \"reason\": \"in the future\"}")) {
      stop(body, "\"1\"").statusCode(400);
    }
    read("/current").statusCode(200);
  }

  @Test
  void anUpdateNamesTheVersionThatItChanges() {
    assign(GEL.formatted("2026-11-01"), "\"1\"").statusCode(412);
    assign(MHT, null).statusCode(201);

    assign(GEL.formatted("2026-11-01"), null)
        .statusCode(428)
        .contentType("application/problem+json")
        .body("violations[0].field", equalTo("If-Match"));
    assign(GEL.formatted("2026-11-01"), "\"7\"").statusCode(412);
    String stop = "{\"stoppedOn\": \"2026-10-01\", \"reason\": \"test\"}";
    stop(stop, null).statusCode(428);
    stop(stop, "\"7\"").statusCode(412);
    read("").body("items", hasSize(1));
  }
}
