package org.trabecula.protocol.regimen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.hamcrest.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.ClinicConfigured;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.MeasurementWithdrawn;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.Region;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.protocol.Shipped;
import org.trabecula.protocol.Wire;

/// What rules do to an order, and to a regimen that is active.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "protocol"))
class SafetyIT extends RegimenDoor {
  private static final String UNOPPOSED =
      """
      {"steps": [{"agent": "estradiol-patch", "dose": {"value": 50, "unit": "ug/d"}, "route": "TRANSDERMAL",
                  "intervalDays": 3.5, "start": "2026-03-01"}]%s}""";
  private static final String ORAL =
      """
      {"steps": [{"agent": "estradiol-oral", "dose": {"value": 1, "unit": "mg"}, "route": "ORAL",
                  "intervalDays": 1, "start": "2026-03-01"},
                 {"agent": "progesterone-micronised", "dose": {"value": 100, "unit": "mg"}, "route": "ORAL",
                  "intervalDays": 1, "start": "2026-03-01"}]}""";
  private static final String OVERRIDE =
      """
      , "overrides": [{"rule": "HRT-01", "reason": "Hysterectomy seen in the letter, record follows"}]""";

  private static final Instant DRAWN = Instant.now().minus(2, ChronoUnit.DAYS);

  @Test
  void whatARuleBlocksIsRefusedByItsNameAndNothingIsStored() {
    assign(UNOPPOSED.formatted(""), null)
        .statusCode(422)
        .body("violations.rule", hasItem("HRT-01"))
        .body("violations.field", hasItem("steps"))
        .body("findings.rule", hasItem("HRT-01"));

    read("/current").statusCode(404);
    read("").body("items", hasSize(0));
  }

  @Test
  void onlyAPrescriberSetsARuleAsideAndTheReasonStaysWithTheFinding() {
    assign(UNOPPOSED.formatted(OVERRIDE), null)
        .statusCode(422)
        .body("violations.field", hasItem("overrides[0].rule"))
        .body("violations.message", hasItem(containsString("prescriber")));

    prescribe(UNOPPOSED.formatted(OVERRIDE), null)
        .statusCode(201)
        .body("findings.find { it.rule == 'HRT-01' }.override.reason", containsString("letter"))
        .body("findings.find { it.rule == 'HRT-01' }.override.role", equalTo("prescriber"));

    JsonNode finding = finding(Wire.body(events(1).getFirst()), "HRT-01");
    assertThat(finding.path("override").path("reason").asText()).contains("letter");
    assertThat(finding.path("severity").asText()).isEqualTo("BLOCK");
  }

  @Test
  void aRuleThatBlocksNothingCannotBeSetAside() {
    prescribe(MHT.replace("}", "") + "}" + OVERRIDE + "}", null).statusCode(400);
    prescribe(
            """
            {"protocol": {"code": "mht-patch-progesterone", "version": 1}, "start": "2026-03-01"%s}"""
                .formatted(OVERRIDE),
            null)
        .statusCode(422)
        .body("violations[0].rule", equalTo("HRT-01"))
        .body("violations[0].message", containsString("blocks nothing"));
  }

  @Test
  void estrogenWaitsForAnAnswerAboutTheUterus() {
    ProfileRecorded woman = Shipped.woman(patient, Region.US);
    wire.profile(CLINIC, Shipped.next(woman, Presence.UNKNOWN));
    know(Shipped.woman(UUID.randomUUID(), Region.US));

    assign(UNOPPOSED.formatted(""), null)
        .statusCode(422)
        .body("findings.find { it.rule == 'HRT-01' }.missing", hasItem("uterus"));

    wire.profile(CLINIC, Shipped.next(Shipped.next(woman, Presence.UNKNOWN), Presence.ABSENT));
    know(Shipped.woman(UUID.randomUUID(), Region.US));
    assign(UNOPPOSED.formatted(""), null).statusCode(201);
  }

  @Test
  void aFactThatIsStatedLaterIsAFindingOfTheActiveRegimenAndBlocksItsRenewal() {
    assign(ORAL, null).statusCode(201).body("findings.rule", not(hasItem("HRT-06a")));

    wire.profile(
        CLINIC,
        Shipped.next(
            Shipped.woman(patient, Region.US),
            Presence.PRESENT,
            new Fact(
                "venous-thromboembolism",
                Presence.PRESENT,
                null,
                null,
                "2026-06",
                null,
                LocalDate.of(2026, 6, 20))));

    await()
        .atMost(Wire.SOON)
        .untilAsserted(() -> read("/current").body("findings.rule", hasItem("HRT-06a")));
    read("/current").body("status", equalTo("ACTIVE")).header("ETag", "\"2\"");
    JsonNode event = Wire.body(events(2).getLast());
    assertThat(event.path("version").asInt()).isEqualTo(2);
    assertThat(event.path("steps")).isEqualTo(Wire.body(events(2).getFirst()).path("steps"));
    assertThat(finding(event, "HRT-06a").path("basis").findValuesAsText("fact"))
        .contains("venous-thromboembolism");
    assign(ORAL, "\"2\"").statusCode(422).body("violations.rule", hasItem("HRT-06a"));
    String regimen = read("/current").extract().path("regimenId");
    read("/" + regimen + "/evaluations")
        .statusCode(200)
        .body("items.cause", equalTo(List.of("REEVALUATED", "ASSIGNED")))
        .body("items[0].findings.rule", hasItem("HRT-06a"));
  }

  @Test
  void aResultThatBlocksContinuationLetsTheDoseBeLoweredOnly() {
    patient = UUID.randomUUID();
    know(Shipped.man(patient, Region.US));
    assign(testosterone(100), null).statusCode(201).body("findings.rule", not(hasItem("TM-05")));

    UUID measurement = UUID.randomUUID();
    wire.measurement(clinic, haematocrit(measurement, "56"));
    awaitFinding(hasItem("TM-05"));

    assign(testosterone(100), etag()).statusCode(422).body("violations.rule", hasItem("TM-05"));
    assign(testosterone(150), etag()).statusCode(422).body("violations.rule", hasItem("TM-05"));
    assign(testosterone(50), etag())
        .statusCode(201)
        .body("findings.find { it.rule == 'TM-05' }.basis.stated", hasItem("56 %"));

    wire.measurement(
        clinic, new MeasurementWithdrawn(measurement, patient, 2, "another's sample", DRAWN));
    awaitFinding(not(hasItem("TM-05")));
    wire.measurement(clinic, haematocrit(measurement, "57"));
    know(Shipped.woman(UUID.randomUUID(), Region.US));
    read("/current").body("findings.rule", not(hasItem("TM-05")));
  }

  private void awaitFinding(Matcher<? super List<String>> rules) {
    await().atMost(Wire.SOON).untilAsserted(() -> read("/current").body("findings.rule", rules));
  }

  private String etag() {
    return read("/current").extract().header("ETag");
  }

  private static String testosterone(int milligrams) {
    return """
        {"steps": [{"agent": "testosterone-cypionate", "dose": {"value": %d, "unit": "mg"},
                    "route": "INTRAMUSCULAR", "intervalDays": 7, "start": "2026-03-01"}]}"""
        .formatted(milligrams);
  }

  private MeasurementRecorded haematocrit(UUID id, String percent) {
    var value = new Quantity(new BigDecimal(percent), "%");
    return new MeasurementRecorded(
        id,
        patient,
        1,
        "haematocrit",
        value,
        value,
        null,
        DRAWN,
        MeasurementRecorded.Precision.INSTANT,
        MeasurementRecorded.Status.FINAL,
        MeasurementRecorded.Fasting.UNKNOWN,
        null,
        null,
        null,
        new MeasurementRecorded.Source("urn:test", id.toString()),
        DRAWN,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void aFindingThatWasReadSaysByWhom() {
    assign(ORAL, null).statusCode(201);

    write("/current/findings/DATA-01/acknowledgement", "", null)
        .then()
        .statusCode(200)
        .body("acknowledged.rule", hasItem("DATA-01"))
        .body("acknowledged[0].by", notNullValue());
    write("/current/findings/AI-08/acknowledgement", "", null).then().statusCode(404);
  }

  @Test
  void aProposalIsNeverAnOrderUntilAClinicianMakesOneOfIt() {
    assign(UNOPPOSED.formatted(", \"intent\": \"proposal\""), null)
        .statusCode(400)
        .body("violations[0].rule", equalTo("PROPOSAL-ORDER"))
        .body("violations[0].field", equalTo("intent"));

    String id =
        propose(UNOPPOSED.formatted(""))
            .statusCode(201)
            .body("intent", equalTo("proposal"))
            .body("status", equalTo("OPEN"))
            .body("findings.rule", hasItem("HRT-01"))
            .extract()
            .path("proposalId");
    propose(UNOPPOSED.formatted(", \"intent\": \"order\""))
        .statusCode(400)
        .body("violations[0].rule", equalTo("PROPOSAL-ORDER"));
    read("/current").statusCode(404);

    decide("clinician", id, "/accept", "").statusCode(422);
    decide("integration", id, "/accept", "").statusCode(403);
    proposal(id).body("status", equalTo("OPEN"));
    decide("prescriber", id, "/accept", "{" + OVERRIDE.substring(2) + "}")
        .statusCode(201)
        .body("intent", equalTo("order"))
        .body("status", equalTo("ACTIVE"));

    proposal(id).body("status", equalTo("ACCEPTED")).body("regimenId", notNullValue());
    decide("prescriber", id, "/accept", "").statusCode(409);
    assertThat(events(1)).hasSize(1);
  }

  @Test
  void aDeclinedProposalSaysWhyAndBecomesNothing() {
    String id = propose(MHT).statusCode(201).extract().path("proposalId");

    decide("clinician", id, "/decline", "{}").statusCode(400);
    decide("clinician", id, "/decline", "{\"reason\": \"Not wanted\"}")
        .statusCode(200)
        .body("status", equalTo("DECLINED"))
        .body("reason", equalTo("Not wanted"));
    decide("clinician", id, "/accept", "").statusCode(409);
    read("/current").statusCode(404);
    as("viewer", CLINIC)
        .get("/v1/patients/" + patient + "/proposals?limit=1")
        .then()
        .statusCode(200)
        .body("items.proposalId", hasItem(id));
    as("viewer", "birch")
        .get("/v1/patients/" + patient + "/proposals/" + id)
        .then()
        .statusCode(404);
  }

  @Test
  void flagsFollowTheOrdersJurisdictionThenTheClinicsThenThePatientsRegion() {
    clinic = "rowan";
    know(Shipped.woman(patient = UUID.randomUUID(), Region.US));
    assign(MHT, null).statusCode(201).body("flags.region", everyItem(equalTo("US")));

    wire.clinic(
        new ClinicConfigured(
            clinic,
            1,
            ZoneId.of("Europe/London"),
            Region.UK,
            List.of(),
            List.of(),
            null,
            null,
            null));
    await()
        .atMost(Wire.SOON)
        .untilAsserted(
            () ->
                read("/current")
                    .body("jurisdiction", equalTo("UK"))
                    .body("flags.region", everyItem(equalTo("UK"))));
    assertThat(Wire.body(events(2).getLast()).path("jurisdiction").asText()).isEqualTo("UK");

    assign(
            """
            {"protocol": {"code": "mht-patch-progesterone", "version": 1}, "start": "2026-04-01",
             "jurisdiction": "JP"}""",
            "\"2\"")
        .statusCode(201)
        .body("flags.region", everyItem(equalTo("JP")));
    assign(
            """
            {"protocol": {"code": "mht-patch-progesterone", "version": 1}, "start": "2026-04-01",
             "jurisdiction": "XX"}""",
            "\"3\"")
        .statusCode(400)
        .body("violations[0].rule", equalTo("REGION-UNKNOWN"))
        .body("violations[0].field", equalTo("jurisdiction"));
  }

  @Test
  void theRulesThatAreAskedCanBeRead() {
    as("viewer", CLINIC)
        .get("/v1/rules")
        .then()
        .statusCode(200)
        .body("ruleSet", notNullValue())
        .body("items.id", hasItem("HRT-01"));
    as("viewer", CLINIC)
        .get("/v1/rules/HRT-01")
        .then()
        .statusCode(200)
        .body("severity", equalTo("BLOCK"))
        .body("overridable", equalTo(true))
        .body("when", containsString("hasUterus"));
    as("viewer", CLINIC).get("/v1/rules/HRT-99").then().statusCode(404);
  }

  private static JsonNode finding(JsonNode event, String rule) {
    for (JsonNode finding : event.path("findings")) {
      if (finding.path("rule").asText().equals(rule)) {
        return finding;
      }
    }
    throw new AssertionError(rule + " is not among " + event.path("findings"));
  }

  private ValidatableResponse prescribe(String body, @Nullable String ifMatch) {
    var request = as("prescriber", clinic).body(body);
    return (ifMatch == null ? request : request.header("If-Match", ifMatch)).post(path("")).then();
  }

  private ValidatableResponse propose(String body) {
    return as("integration", CLINIC)
        .body(body)
        .post("/v1/patients/" + patient + "/proposals")
        .then();
  }

  private ValidatableResponse proposal(String id) {
    return as("viewer", CLINIC).get("/v1/patients/" + patient + "/proposals/" + id).then();
  }

  private ValidatableResponse decide(String role, String id, String decision, String body) {
    return as(role, CLINIC)
        .body(body)
        .post("/v1/patients/" + patient + "/proposals/" + id + decision)
        .then();
  }
}
