package org.trabecula.protocol.regimen;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.protocol.Shipped;
import org.trabecula.protocol.Wire;

@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "protocol"))
class RegimenIT {
  private static final String CLINIC = "alder";
  private static final String MHT =
      """
      {"protocol": {"code": "mht-patch-progesterone", "version": 1}, "start": "2026-03-01"}""";
  private static final String GEL =
      """
      {"steps": [{"agent": "estradiol-gel", "dose": {"value": 0.75, "unit": "mg"}, "route": "TRANSDERMAL",
                  "intervalDays": 1, "start": "%s"}]}""";

  TestStack stack;
  private Wire wire;
  private UUID patient;

  @BeforeEach
  void knowAWomanInTheUnitedStates() {
    wire = new Wire(stack);
    patient = UUID.randomUUID();
    know(Shipped.woman(patient, Region.US));
  }

  @Test
  void assignsAProtocolWithItsFlagsAndTellsKafka() {
    assign(MHT, null)
        .statusCode(201)
        .header("Location", endsWith("/v1/patients/" + patient + "/regimens/current"))
        .header("ETag", "\"1\"")
        .body("status", equalTo("ACTIVE"))
        .body("protocol.code", equalTo("mht-patch-progesterone"))
        .body("steps.agent", contains("estradiol-patch", "progesterone-micronised"))
        .body("steps.dose.unit", contains("ug/d", "mg"))
        .body("flags.agent", hasItem("progesterone-micronised"))
        .body("flags.region", everyItem(equalTo("US")))
        .body("flags.status", hasItem("OFF_LABEL"))
        .body("flags.asOf", everyItem(equalTo("2026-11")))
        .body("flagsNote", nullValue());

    ConsumerRecord<String, byte[]> record = events(1).getFirst();
    JsonNode event = Wire.body(record);
    assertThat(record.key()).isEqualTo(CLINIC + "/" + patient);
    assertThat(Wire.header(record, "ce_clinic")).isEqualTo(CLINIC);
    assertThat(Wire.header(record, "ce_type"))
        .isEqualTo("org.trabecula.protocol.regimen-assigned.v1");
    assertThat(event.path("version").asInt()).isEqualTo(1);
    assertThat(event.path("steps")).hasSize(2);
    assertThat(event.path("history")).isEmpty();
    assertThat(event.path("flags")).isNotEmpty();
  }

  @Test
  void replacesTheActiveRegimenWhoseStepsStopWhereTheNewOneStarts() {
    assign(MHT, null).statusCode(201);

    assign(GEL.formatted("2026-09-01"), "\"1\"")
        .statusCode(201)
        .header("ETag", "\"2\"")
        .body("version", equalTo(2))
        .body("protocol", nullValue());

    read("/current").statusCode(200).body("steps.agent", contains("estradiol-gel"));
    read("")
        .statusCode(200)
        .body("items.status", contains("ACTIVE", "REPLACED"))
        .body("items[1].endedOn", equalTo("2026-09-01"))
        .body("items[1].steps.stop", everyItem(equalTo("2026-09-01")))
        .body("next", nullValue());
    JsonNode event = Wire.body(events(2).getLast());
    assertThat(event.path("history").findValuesAsText("stop"))
        .containsExactly("2026-09-01", "2026-09-01");
    assertThat(event.path("history").findValuesAsText("start"))
        .containsExactly("2026-03-01", "2026-03-01");
  }

  @Test
  void stopsARegimenWithTheReason() {
    assign(MHT, null).statusCode(201);

    stop("{\"stoppedOn\": \"2026-10-01\", \"reason\": \"No longer wanted\"}", "\"1\"")
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("status", equalTo("STOPPED"))
        .body("reason", equalTo("No longer wanted"));

    read("/current").statusCode(404).body("violations[0].field", equalTo("id"));
    ConsumerRecord<String, byte[]> record = events(2).getLast();
    assertThat(Wire.header(record, "ce_type"))
        .isEqualTo("org.trabecula.protocol.regimen-stopped.v1");
    assertThat(Wire.body(record).path("history").findValuesAsText("stop"))
        .containsExactly("2026-10-01", "2026-10-01");
    assign(GEL.formatted("2026-11-01"), null).statusCode(201).header("ETag", "\"3\"");
    assertThat(Wire.body(events(3).getLast()).path("history")).hasSize(2);
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

  @Test
  void aResendHasNoSecondEffect() {
    String key = UUID.randomUUID().toString();
    String first = resend(key, MHT).statusCode(201).extract().path("regimenId");

    resend(key, MHT).statusCode(201).body("regimenId", equalTo(first)).header("ETag", "\"1\"");
    resend(key, GEL.formatted("2026-11-01")).statusCode(422);
    read("").body("items", hasSize(1));
  }

  @Test
  void ofManyFirstRegimensAtOnceOneIsAssigned() throws Exception {
    Callable<Integer> first = () -> assign(MHT, null).extract().statusCode();
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Integer> statuses =
          threads.invokeAll(Stream.generate(() -> first).limit(12).toList()).stream()
              .map(
                  answer -> {
                    try {
                      return answer.get();
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  })
              .toList();
      assertThat(statuses).containsOnlyOnce(201).filteredOn(it -> it != 201).containsOnly(428);
    }
    read("").body("items", hasSize(1));
  }

  @Test
  void listsPageByPage() {
    assign(MHT, null).statusCode(201);
    assign(GEL.formatted("2026-05-01"), "\"1\"").statusCode(201);
    assign(GEL.formatted("2026-07-01"), "\"2\"").statusCode(201);

    String next =
        read("?limit=2")
            .statusCode(200)
            .body("items.version", contains(3, 3))
            .extract()
            .path("next");
    read("?limit=2&cursor=" + next)
        .body("items", hasSize(1))
        .body("items[0].protocol.code", equalTo("mht-patch-progesterone"))
        .body("next", nullValue());
    read("?limit=0").statusCode(400).body("violations[0].field", equalTo("limit"));
    read("?limit=lots").statusCode(400).body("violations[0].field", equalTo("limit"));
    read("?cursor=@@").statusCode(400).body("violations[0].field", equalTo("cursor"));
  }

  @Test
  void flagsNothingWhereTheRegionIsUnknownAndSaysSo() {
    patient = UUID.randomUUID();
    know(Shipped.woman(patient, null));

    assign(MHT, null)
        .statusCode(201)
        .body("flags", hasSize(0))
        .body("flagsNote", containsString("region was unknown"));
    assertThat(Wire.body(events(1).getFirst()).path("flags")).isEmpty();
  }

  @Test
  void flagsAnAgentOfWhichTheTableSaysNothingAsUnknown() {
    assign(
            """
            {"steps": [{"agent": "tibolone", "dose": {"value": 2.5, "unit": "mg"}, "route": "ORAL",
                        "intervalDays": 1, "start": "2026-03-01"}]}""",
            null)
        .statusCode(201)
        .body("flags.status", contains("UNKNOWN"));
    Wire.body(events(1).getFirst());
  }

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

    await().atMost(Wire.SOON).untilAsserted(() -> assign(MHT, "\"1\"").statusCode(409));
    stop("{\"stoppedOn\": \"2026-10-01\", \"reason\": \"Died\"}", "\"1\"").statusCode(200);
  }

  @Test
  void anOlderProfileThatComesLateChangesNothing() {
    know(Shipped.profile(patient, 3, Region.CN, Sex.FEMALE, false));
    wire.profile(CLINIC, Shipped.profile(patient, 2, Region.EU, Sex.FEMALE, true));
    UUID behind = UUID.randomUUID();
    wire.send(CLINIC, patient, "{".getBytes(), UUID.randomUUID());
    wire.profile(CLINIC, Shipped.profile(patient, 4, Region.CN, Sex.FEMALE, false));
    know(Shipped.woman(behind, Region.US));

    assign(MHT, null).statusCode(201).body("flags.region", everyItem(equalTo("CN")));
  }

  @Test
  void erasesThePatientTheRegimensAndTheRecordOnTheTopic() {
    assign(MHT, null).statusCode(201);

    wire.erase(CLINIC, patient);

    List<ConsumerRecord<String, byte[]>> records = events(2);
    assertThat(records.getLast().value()).isNull();
    assertThat(Wire.header(records.getLast(), "ce_clinic")).isEqualTo(CLINIC);
    read("").statusCode(404);
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

  private void know(ProfileRecorded profile) {
    wire.profile(CLINIC, profile);
    await()
        .atMost(Wire.SOON)
        .untilAsserted(
            () ->
                as("viewer", CLINIC)
                    .get("/v1/patients/" + profile.patientId() + "/regimens")
                    .then()
                    .statusCode(200));
  }

  private List<ConsumerRecord<String, byte[]>> events(int atLeast) {
    return wire.records(Topic.PROTOCOL_REGIMEN, (CLINIC + "/" + patient)::equals, atLeast);
  }

  private ValidatableResponse assign(String body, @Nullable String ifMatch) {
    return write("", body, ifMatch).then();
  }

  private ValidatableResponse stop(String body, @Nullable String ifMatch) {
    return write("/current/stop", body, ifMatch).then();
  }

  private Response write(String under, String body, @Nullable String ifMatch) {
    RequestSpecification request = as("clinician", CLINIC).body(body);
    return (ifMatch == null ? request : request.header("If-Match", ifMatch)).post(path(under));
  }

  private ValidatableResponse resend(String key, String body) {
    return as("clinician", CLINIC).header("Idempotency-Key", key).body(body).post(path("")).then();
  }

  private ValidatableResponse read(String under) {
    return as("viewer", CLINIC).get(path(under)).then();
  }

  private RequestSpecification as(String role, String clinic) {
    return given().auth().oauth2(stack.token(role, clinic)).contentType("application/json");
  }

  private String path(String under) {
    return "/v1/patients/" + patient + "/regimens" + under;
  }
}
