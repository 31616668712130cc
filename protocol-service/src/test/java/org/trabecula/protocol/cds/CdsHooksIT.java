package org.trabecula.protocol.cds;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.Region;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.protocol.Shipped;
import org.trabecula.protocol.fhir.Validator;
import org.trabecula.protocol.regimen.RegimenDoor;

/// CDS Hooks as a record system calls them. Every answer is held to what the specification says.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "protocol"))
class CdsHooksIT extends RegimenDoor {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INSTANCE = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea";
  private static final String SIGN = "order-sign";
  private static final String SELECT = "order-select";
  private static final String PATCH =
      draft(
          "estradiol-patch",
          "45890007",
          "50",
          "ug/d",
          "\"frequency\": 2, \"period\": 1, \"periodUnit\": \"wk\"");
  private static final String PROGESTERONE =
      daily("progesterone-micronised", "26643006", "100", "mg");
  private static final String UNOPPOSED = "cards.find { it.source.topic.code == 'HRT-01' }";

  @Inject DataSource database;

  @Test
  void saysOpenlyWhatCanBeAsked() {
    ValidatableResponse discovery =
        given()
            .get("/cds-services")
            .then()
            .statusCode(200)
            .body("services.id", equalTo(List.of("trabecula-order-select", "trabecula-order-sign")))
            .body("services.hook", equalTo(List.of(SELECT, SIGN)));
    conforms("discovery", discovery);
  }

  @Test
  void warnsOfWhatARuleBlocksWithWhatItGoesBy() {
    ask(SIGN, PATCH)
        .body("cards[0].indicator", equalTo("critical"))
        .body(UNOPPOSED + ".summary", startsWith("HRT-01: Unopposed estrogen"))
        .body(UNOPPOSED + ".detail", containsString("**What it goes by**"))
        .body(UNOPPOSED + ".detail", containsString("uterus"))
        .body(UNOPPOSED + ".detail", containsString("**Evidence:** Boxed warning"))
        .body(UNOPPOSED + ".detail", containsString("of rule set "))
        .body(UNOPPOSED + ".source.url", equalTo(base() + "/v1/rules/HRT-01"))
        .body(UNOPPOSED + ".source.topic.system", equalTo("urn:trabecula:rule"))
        .body(UNOPPOSED + ".overrideReasons.code", hasItem("benefit-outweighs-risk"))
        .body("cards.source.topic.code", hasItem("DATA-01"));
    String rule = ask(SIGN, PATCH).extract().path(UNOPPOSED + ".source.url");
    as("viewer", CLINIC).get(rule).then().statusCode(200).body("id", equalTo("HRT-01"));
  }

  @Test
  void suggestsAProgestogenThatAnswersIt() throws JsonProcessingException {
    ValidatableResponse answer =
        ask(SIGN, PATCH)
            .body(UNOPPOSED + ".selectionBehavior", equalTo("any"))
            .body(UNOPPOSED + ".suggestions", hasSize(1))
            .body(UNOPPOSED + ".suggestions[0].actions[0].type", equalTo("create"));
    JsonNode suggested =
        JSON.readTree(answer.extract().asString())
            .at("/cards")
            .findValue("suggestions")
            .at("/0/actions/0/resource");

    new Validator().accept(suggested.toString());
    assertThat(suggested.path("status").asText()).isEqualTo("draft");
    assertThat(suggested.path("intent").asText()).isEqualTo("proposal");
    ask(SIGN, PATCH, suggested.toString())
        .body("cards.source.topic.code", not(hasItem("HRT-01")))
        .body("cards.source.topic.code", not(hasItem("not-checked")));
  }

  @Test
  void suggestsNothingWhereNobodyHasStatedWhetherThereIsAUterus() {
    ProfileRecorded woman = Shipped.woman(patient, Region.US);
    wire.profile(CLINIC, Shipped.next(woman, Presence.UNKNOWN));
    know(Shipped.woman(UUID.randomUUID(), Region.US));

    ask(SIGN, PATCH)
        .body(UNOPPOSED + ".indicator", equalTo("critical"))
        .body(UNOPPOSED + ".detail", containsString("**Not stated**\n\n- uterus"))
        .body(UNOPPOSED + ".suggestions", nullValue())
        .body(UNOPPOSED + ".selectionBehavior", nullValue());
  }

  @Test
  void looksAtDraftsTogetherWithWhatIsTaken() {
    ask(SIGN, PROGESTERONE).body("cards.source.topic.code", not(hasItem("HRT-02")));
    assign(MHT, null).statusCode(201);

    ask(SIGN, PATCH).body("cards.source.topic.code", not(hasItem("HRT-01")));
    ask(SIGN, daily("progesterone-cream", "45890007", "20", "mg"))
        .body("cards.source.topic.code", not(hasItem("HRT-01")));
  }

  @Test
  void letsADraftStandForWhatIsTakenOfTheSameAgent() {
    assign(MHT, null).statusCode(201);
    String sequential =
        PROGESTERONE.replace(
            "\"dosageInstruction\": [{",
            """
            "dosageInstruction": [{"extension": [{"url": "urn:trabecula:fhir:cycle",
              "valueRatio": {"numerator": {"value": 12, "code": "d"}, "denominator": {"value": 28, "code": "d"}}}],""");

    ask(SIGN, PROGESTERONE).body("cards.source.topic.code", not(hasItem("HRT-02")));
    ask(SIGN, sequential)
        .body("cards.find { it.source.topic.code == 'HRT-02' }.indicator", equalTo("warning"))
        .body(
            "cards.find { it.source.topic.code == 'HRT-02' }.overrideReasons.code",
            equalTo(List.of("acknowledged")));
  }

  @Test
  void looksOnlyAtWhatIsSelected() {
    ask(SELECT, "\"selections\": [\"MedicationRequest/d1\"],", PATCH, PROGESTERONE)
        .body("cards.source.topic.code", not(hasItem("HRT-01")));
    ask(
            SELECT,
            "\"selections\": [\"MedicationRequest/d0\", \"ServiceRequest/s\"],",
            PATCH,
            PROGESTERONE)
        .body("cards.source.topic.code", hasItem("HRT-01"));
    ask(SIGN, PATCH, PROGESTERONE).body("cards.source.topic.code", not(hasItem("HRT-01")));
    ask(SELECT, "\"selections\": [],", PATCH).body("cards", empty());
  }

  @Test
  void offersNoReasonsForWhatCannotBeSetAside() {
    know(
        Shipped.next(
            Shipped.woman(patient, Region.US),
            Presence.PRESENT,
            new Fact(
                "pregnancy",
                Presence.PRESENT,
                null,
                null,
                null,
                null,
                LocalDate.now().minusDays(2))));
    know(Shipped.woman(UUID.randomUUID(), Region.US));

    ask(SIGN, PATCH, PROGESTERONE)
        .body("cards.find { it.source.topic.code == 'HRT-11' }.indicator", equalTo("critical"))
        .body("cards.find { it.source.topic.code == 'HRT-11' }.overrideReasons", nullValue());
  }

  @ParameterizedTest
  @CsvSource({
    "progesterone-micronised, 26643006, 5000, mg, DOSE-LIMIT, dosageInstruction.doseAndRate.dose.value",
    "progesterone-micronised, 26643006, 100, ug, DOSE-UNIT, dosageInstruction.doseAndRate.dose.unit",
    "progesterone-micronised, 26643006, 1, {tbl}, UNIT-UNKNOWN, dosageInstruction.doseAndRate.dose.unit",
    "progesterone-micronised, 78421000, 100, mg, ROUTE-UNKNOWN, dosageInstruction.route",
    "progesterone, 26643006, 100, mg, AGENT-UNKNOWN, medication",
  })
  void saysByRuleAndElementWhatCouldNeverBeOrdered(
      String agent, String route, String dose, String unit, String rule, String element) {
    ask(SIGN, daily(agent, route, dose, unit), PATCH)
        .body("cards[0].indicator", equalTo("critical"))
        .body("cards[0].source.topic.code", equalTo(rule))
        .body("cards[0].summary", containsString(element))
        .body("cards[0].detail", containsString("MedicationRequest/d0"))
        .body("cards[0].overrideReasons", nullValue())
        .body("cards.source.topic.code", hasItem("HRT-01"));
  }

  @Test
  void saysWhyAnOrderCouldNotBeChecked() {
    String estradiol =
        PATCH.replace(
            "urn:trabecula:agent\", \"code\": \"estradiol-patch",
            "http://www.nlm.nih.gov/research/umls/rxnorm\", \"code\": \"4083");
    String metformin = estradiol.replace("4083", "6809");
    String unstated =
        PATCH.replaceFirst("\"repeat\": \\{[^}]*}", "\"code\": {\"text\": \"as directed\"}");

    ask(SIGN, estradiol)
        .body("cards", hasSize(1))
        .body("cards[0].indicator", equalTo("warning"))
        .body("cards[0].source.topic.code", equalTo("not-checked"))
        .body("cards[0].summary", containsString("could not be checked"))
        .body("cards[0].detail", containsString("several agents: estradiol-gel, estradiol-patch"));
    ask(SIGN, metformin).body("cards.indicator", equalTo(List.of("info")));
    ask(SIGN, unstated)
        .body("cards.indicator", equalTo(List.of("warning")))
        .body("cards[0].detail", containsString("dosageInstruction.timing"));
    ask(SIGN).body("cards", empty());
  }

  @ParameterizedTest
  @CsvSource({
    "cjc-1295-no-dac, 34206005, 100, ug, NOT_APPROVED, critical",
    "sermorelin, 34206005, 200, ug, COMPOUNDED_ONLY, warning",
    "testosterone-gel, 45890007, 5, mg, OFF_LABEL, warning",
    "tibolone, 26643006, 2.5, mg, UNKNOWN, info",
  })
  void saysWhatTheRegulatorSays(
      String agent, String route, String dose, String unit, String status, String indicator) {
    String card = "cards.find { it.source.topic.code == '" + status + "' }";

    ValidatableResponse answer =
        ask(SIGN, daily(agent, route, dose, unit))
            .body(card + ".indicator", equalTo(indicator))
            .body(card + ".source.topic.system", equalTo("urn:trabecula:regulatory-status"))
            .body(
                card + ".source.url",
                equalTo(base() + "/v1/regulatory-flags?region=US&agent=" + agent))
            .body("cards.source.topic.code", not(hasItem("APPROVED")));
    if (!status.equals("UNKNOWN")) {
      answer
          .body(card + ".detail", containsString("- **As of:** 2026-"))
          .body(card + ".detail", containsString("- **Source:** "))
          .body(card + ".detail", containsString("- **Confidence:** "))
          .body(card + ".overrideReasons.code", equalTo(List.of("acknowledged")));
    }
  }

  @Test
  void saysNothingOfAgentsThatAreNotDrafted() {
    ask(SIGN, daily("sermorelin", "34206005", "200", "ug"), PATCH)
        .body("cards.source.url", hasItem(containsString("agent=sermorelin")));
    assign(MHT, null).statusCode(201);
    ask(SIGN, daily("sermorelin", "34206005", "200", "ug"))
        .body("cards.source.url", everyItem(not(containsString("agent=estradiol-patch"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Patient/"})
  void knowsThePatientWithOrWithoutTheType(String type) {
    as("clinician", CLINIC)
        .body(body(SIGN, "", type + patient, PATCH))
        .post("/cds-services/trabecula-order-sign")
        .then()
        .statusCode(200)
        .body("cards.source.topic.code", hasItem("HRT-01"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1288992", "7d1f4a52-0000-4000-8000-000000000001"})
  void saysSoWhenItDoesNotKnowThePatient(String stranger) {
    ValidatableResponse answer =
        as("clinician", CLINIC)
            .body(body(SIGN, "", stranger, PATCH))
            .post("/cds-services/trabecula-order-sign")
            .then()
            .statusCode(200)
            .body("cards", hasSize(1))
            .body("cards[0].indicator", equalTo("info"))
            .body("cards[0].source.topic.code", equalTo("patient-unknown"));
    conforms("response", answer);
    as("clinician", "birch")
        .body(body(SIGN, "", patient.toString(), PATCH))
        .post("/cds-services/trabecula-order-sign")
        .then()
        .statusCode(200)
        .body("cards[0].source.topic.code", equalTo("patient-unknown"));
  }

  @Test
  void namesCardsAsBeforeWhenItIsAskedAgain() {
    List<String> first = ask(SIGN, PATCH).extract().path("cards.uuid");

    assertThat(first).doesNotHaveDuplicates();
    ask(SIGN, PATCH).body("cards.uuid", equalTo(first));
  }

  @Test
  void changesNothing() {
    ask(SIGN, PATCH, PROGESTERONE);

    as("viewer", CLINIC).get("/v1/patients/" + patient + "/regimens").then().body("items", empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"hook\": \"order-sign\"; \"hook\": \"order-select\"; hook",
        "\"hook\": \"order-sign\",; ; hook",
        "\"hookInstance\": \"d1577c69-; \"hookInstance\": \"x; hookInstance",
        "\"userId\"; \"user\"; context.userId",
        "\"patientId\"; \"patient\"; context.patientId",
        "\"context\"; \"contexts\"; context",
        "\"draftOrders\"; \"orders\"; context.draftOrders",
        "\"Bundle\"; \"List\"; context.draftOrders.resourceType",
        "\"entry\": [; \"entry\": 7, \"x\": [; context.draftOrders.entry",
        "\"resource\"; \"other\"; context.draftOrders.entry[0].resource"
      })
  void namesTheFieldOfAMalformedRequest(String part, String instead, String field) {
    String body = body(SIGN, "", patient.toString(), PATCH);
    assertThat(body).contains(part);
    as("clinician", CLINIC)
        .body(body.replace(part, instead == null ? "" : instead))
        .post("/cds-services/trabecula-order-sign")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations.field", hasItem(field));
  }

  @Test
  void refusesSelectionsThatAreNotThere() {
    for (String selections :
        List.of("", "\"selections\": [\"MedicationRequest/d7\"],", "\"selections\": [7],")) {
      as("clinician", CLINIC)
          .body(body(SELECT, selections, patient.toString(), PATCH))
          .post("/cds-services/trabecula-order-select")
          .then()
          .statusCode(400)
          .body("violations[0].field", startsWith("context.selections"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{", "7"})
  void refusesWhatIsNoRequest(String body) {
    as("clinician", CLINIC)
        .body(body)
        .post("/cds-services/trabecula-order-sign")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void answersThoseWhoPrescribeAndTheirSystems() {
    String body = body(SIGN, "", patient.toString(), PATCH);
    for (String role : List.of("clinician", "prescriber", "integration")) {
      as(role, CLINIC).body(body).post("/cds-services/trabecula-order-sign").then().statusCode(200);
    }
    as("viewer", CLINIC)
        .body(body)
        .post("/cds-services/trabecula-order-sign")
        .then()
        .statusCode(403);
    given()
        .contentType("application/json")
        .body(body)
        .post("/cds-services/trabecula-order-sign")
        .then()
        .statusCode(401);
    as("clinician", CLINIC).body(body).post("/cds-services/trabecula").then().statusCode(404);
    as("clinician", CLINIC)
        .body("{}")
        .post("/cds-services/trabecula/feedback")
        .then()
        .statusCode(404);
  }

  @Test
  void keepsFeedbackByRuleAndNothingOfAPatient() {
    ValidatableResponse asked = ask(SIGN, PATCH);
    String card = asked.extract().path(UNOPPOSED + ".uuid");
    String suggestion = asked.extract().path(UNOPPOSED + ".suggestions[0].uuid");
    String accepted =
        """
        {"feedback": [
          {"card": "%s", "outcome": "accepted", "acceptedSuggestions": [{"id": "%s"}],
           "outcomeTimestamp": "2026-11-24T10:00:00Z"},
          {"card": "%s", "outcome": "overridden", "outcomeTimestamp": "2026-11-24T11:00:00+01:00",
           "overrideReason": {"reason": {"system": "urn:trabecula:override-reason", "code": "specialist-advice"},
                              "userComment": "Griselda Quackenbush was seen"}}]}"""
            .formatted(card, suggestion, card);

    for (int i = 0; i < 2; i++) {
      as("clinician", CLINIC)
          .body(accepted)
          .post("/cds-services/trabecula-order-sign/feedback")
          .then()
          .statusCode(200);
    }

    assertThat(feedback(card))
        .hasSize(2)
        .allMatch(row -> row.contains("HRT-01"))
        .noneMatch(row -> row.contains("Griselda"))
        .anyMatch(row -> row.contains(suggestion))
        .anyMatch(row -> row.contains("specialist-advice"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"feedback\": []}; feedback",
        "{\"feedback\": {}}; feedback",
        "{}; feedback",
        "{\"feedback\": [{\"outcome\": \"accepted\", \"outcomeTimestamp\": \"2026-11-24T10:00:00Z\"}]}; feedback[0].card",
        "{\"feedback\": [{\"card\": \"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea\", \"outcome\": \"ignored\", \"outcomeTimestamp\": \"2026-11-24T10:00:00Z\"}]}; feedback[0].outcome",
        "{\"feedback\": [{\"card\": \"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea\", \"outcome\": \"overridden\", \"outcomeTimestamp\": \"2026-11-24\"}]}; feedback[0].outcomeTimestamp",
        "{\"feedback\": [{\"card\": \"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea\", \"outcome\": \"accepted\", \"acceptedSuggestions\": [{}], \"outcomeTimestamp\": \"2026-11-24T10:00:00Z\"}]}; feedback[0].acceptedSuggestions[0].id",
        "{\"feedback\": [{\"card\": \"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea\", \"outcome\": \"overridden\", \"overrideReason\": {\"reason\": {\"code\": \"seen in person\"}}, \"outcomeTimestamp\": \"2026-11-24T10:00:00Z\"}]}; feedback[0].overrideReason.reason.code"
      })
  void namesTheFieldOfMalformedFeedback(String body, String field) {
    as("clinician", CLINIC)
        .body(body)
        .post("/cds-services/trabecula-order-select/feedback")
        .then()
        .statusCode(400)
        .body("violations.field", hasItems(field));
  }

  @Test
  void letsBrowsersOfNamedOriginsAsk() {
    given()
        .header("Origin", "https://ehr.example")
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization, content-type")
        .options("/cds-services/trabecula-order-sign")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", equalTo("https://ehr.example"));
    given()
        .header("Origin", "https://elsewhere.example")
        .get("/cds-services")
        .then()
        .statusCode(403);
  }

  private static String daily(String agent, String route, String dose, String unit) {
    return draft(
        agent, route, dose, unit, "\"frequency\": 1, \"period\": 1, \"periodUnit\": \"d\"");
  }

  /// @param route of SNOMED CT
  private static String draft(String agent, String route, String dose, String unit, String repeat) {
    return """
    {"resourceType": "MedicationRequest", "id": "%%s", "status": "draft", "intent": "order",
     "medicationCodeableConcept": {"coding": [{"system": "urn:trabecula:agent", "code": "%s"}]},
     "subject": {"reference": "Patient/1"},
     "dosageInstruction": [{
       "timing": {"repeat": {%s}},
       "route": {"coding": [{"system": "http://snomed.info/sct", "code": "%s"}]},
       "doseAndRate": [{"doseQuantity": {"value": %s, "code": "%s", "system": "http://unitsofmeasure.org"}}]}]}"""
        .formatted(agent, repeat, route, dose, unit);
  }

  private ValidatableResponse ask(String hook, String... drafts) {
    boolean selects = hook.equals(SELECT);
    ValidatableResponse answer =
        as("clinician", CLINIC)
            .body(
                selects
                    ? body(
                        hook,
                        drafts[0],
                        patient.toString(),
                        Stream.of(drafts).skip(1).toArray(String[]::new))
                    : body(hook, "", patient.toString(), drafts))
            .post("/cds-services/trabecula-" + hook)
            .then()
            .statusCode(200);
    conforms("response", answer);
    List<String> indicators = answer.extract().path("cards.indicator");
    assertThat(indicators)
        .as("gravest first")
        .isSortedAccordingTo(Comparator.comparing(List.of("critical", "warning", "info")::indexOf));
    return answer;
  }

  private static String body(String hook, String selections, String patientId, String... drafts) {
    String entries =
        IntStream.range(0, drafts.length)
            .mapToObj(i -> "{\"resource\": " + drafts[i].replace("%s", "d" + i) + "}")
            .reduce((one, other) -> one + ", " + other)
            .orElse("");
    return """
    {"hook": "%s", "hookInstance": "%s", "fhirServer": "https://ehr.example/fhir",
     "prefetch": {"patient": {}},
     "context": {"userId": "Practitioner/p1", "patientId": "%s", "encounterId": "e1", %s
       "draftOrders": {"resourceType": "Bundle", "entry": [%s]}}}"""
        .formatted(hook, INSTANCE, patientId, selections, entries);
  }

  private static String base() {
    return RestAssured.baseURI + ":" + RestAssured.port;
  }

  private static void conforms(String schema, ValidatableResponse answer) {
    try (InputStream file =
        CdsHooksIT.class.getResourceAsStream("/cds-hooks/" + schema + ".schema.json")) {
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(new String(file.readAllBytes(), UTF_8))
                  .validate(JSON.readTree(answer.extract().asString())))
          .isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> feedback(String card) {
    var rows = new ArrayList<String>();
    try (var connection = database.getConnection();
        var query =
            connection.prepareStatement(
                "select one::text from cds_feedback one where clinic = ? and card = ?::uuid")) {
      query.setString(1, CLINIC);
      query.setString(2, card);
      var row = query.executeQuery();
      while (row.next()) {
        rows.add(row.getString(1));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
