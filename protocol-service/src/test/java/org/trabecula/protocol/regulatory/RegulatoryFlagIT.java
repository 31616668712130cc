package org.trabecula.protocol.regulatory;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trabecula.clinicalrules.regulatory.PublishedTable;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.protocol.Wire;

@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "protocol"))
class RegulatoryFlagIT {
  private static final PublishedTable SHIPPED = PublishedTable.shipped();
  private static final String DOOR = "/v1/regulatory-flags";

  TestStack stack;

  @Test
  void answersWithStatusSourceAndDate() {
    ask("?region=US&agent=testosterone-cypionate&population=men-with-hypogonadism")
        .statusCode(200)
        .body("region", equalTo("US"))
        .body("authority", equalTo("FDA"))
        .body("table", equalTo(SHIPPED.version()))
        .body("flags.status", contains("APPROVED"))
        .body("flags[0].controlledSubstance", containsString("CIII"))
        .body("flags[0].source", containsString("FDA"))
        .body("flags[0].provenance", equalTo("found"))
        .body("flags[0].confidence", equalTo("high"))
        .body("flags[0].asOf", equalTo("2026-11"))
        .body("flags[0].prohibitedByLaw", equalTo(false))
        .body(
            "flags[0].statement",
            equalTo("Authorised in US (FDA) for male hypogonadism; as of 2026-11."));
  }

  @Test
  void everyRowAnswersOverHttpInItsOwnWords() {
    for (RegulatoryRow row : SHIPPED.table().rows()) {
      JsonPath answer =
          given()
              .auth()
              .oauth2(stack.token("viewer", "alder"))
              .queryParam("region", row.region())
              .queryParam("agent", row.agent())
              .queryParam("indication", row.indication())
              .queryParam("population", row.population().code())
              .queryParams(
                  row.forms().isEmpty() ? Map.of() : Map.of("form", row.forms().iterator().next()))
              .get(DOOR)
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();

      List<Map<String, Object>> flags =
          answer.getList("flags.findAll { it.form == '" + row.form().replace("'", "\\'") + "' }");
      assertThat(flags).as(row.key()).hasSize(1);
      Map<String, Object> flag = flags.getFirst();
      assertThat(flag)
          .as(row.key())
          .containsEntry("status", row.status().name())
          .containsEntry("source", row.source())
          .containsEntry("asOf", row.asOf().toString())
          .containsEntry("confidence", row.confidence())
          .containsEntry("provenance", row.provenance())
          .containsEntry("controlledSubstance", row.controlledSubstance())
          .containsEntry("prohibitedByLaw", row.prohibition() != null);
      assertThat(flag.get("notes")).isEqualTo(row.notes());
    }
  }

  @Test
  void narrowsByFormIndicationAndPopulation() {
    ask("?region=US&agent=estradiol-gel&form=gel&indication=osteoporosis-prevention")
        .body("flags.status", contains("OFF_LABEL"));
    ask("?region=EU&agent=testosterone-patch&population=women&indication=hsdd")
        .body("flags.status", contains("WITHDRAWN"))
        .body("flags.effectiveStatus", hasItem("NOT_APPROVED"));
    ask("?region=CN&agent=testosterone-gel&form=gel&population=men-with-hypogonadism")
        .body("flags.status", contains("UNKNOWN"));
  }

  @Test
  void saysWhatTheLawForbids() {
    ask("?region=US&agent=somatropin&indication=bone-or-anti-ageing")
        .body("flags.status", contains("NOT_APPROVED"))
        .body("flags.prohibitedByLaw", contains(true))
        .body("flags.law", contains("21 U.S.C. 333(e)"))
        .body("flags.statement", contains(containsString("Forbidden by law in US (FDA)")));
  }

  @Test
  void aPairWithoutRowsIsOneUnknown() {
    ask("?region=JP&agent=tibolone")
        .statusCode(200)
        .body("flags", hasSize(1))
        .body("flags[0].status", equalTo("UNKNOWN"))
        .body("flags[0].prohibitedByLaw", equalTo(false))
        .body("flags[0].source", nullValue());
  }

  @Test
  void namesEveryParameterThatIsUnknownWithWhatIsAllowed() {
    ask("?region=BR&agent=aspirin&form=syrup&indication=joy&population=cats")
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations.field", contains("region", "agent", "form", "indication", "population"))
        .body("violations.in", everyItem(equalTo("query")))
        .body(
            "violations.rule",
            contains("REGION-UNKNOWN", "AGENT-UNKNOWN", null, "INDICATION-UNKNOWN", null))
        .body("violations[0].message", containsString("AU, CA, CN, EU, JP, UK, US"))
        .body("violations[1].message", containsString("anastrozole"));
    ask("?status=FINE&confidence=total&stale=maybe&limit=201&cursor=%21")
        .statusCode(400)
        .body("violations.field", contains("status", "confidence", "stale", "limit", "cursor"));
    ask("?region=US&agent=tibolone&status=UNKNOWN&stale=true")
        .statusCode(400)
        .body("violations.field", contains("status", "stale"))
        .body("violations.message", everyItem(containsString("is for lists")));
  }

  @Test
  void listsTheWholeTableByPages() {
    var keys = new ArrayList<String>();
    String next = null;
    do {
      JsonPath page = page("?limit=100", next);
      keys.addAll(page.getList("items.key"));
      next = page.getString("next");
    } while (next != null);

    assertThat(keys)
        .isSorted()
        .containsExactlyInAnyOrderElementsOf(
            SHIPPED.table().rows().stream().map(RegulatoryRow::key).toList());
  }

  @Test
  void listsWhatFitsEveryFilter() {
    ask("?region=EU&status=WITHDRAWN")
        .body("table", equalTo(SHIPPED.version()))
        .body("items", hasSize(1))
        .body("items[0].region", equalTo("EU"))
        .body("items[0].authority", equalTo("EMA"))
        .body("items[0].agent", equalTo("testosterone-patch"))
        .body("items[0].effectiveStatus", equalTo("NOT_APPROVED"))
        .body("items[0].source", containsString("EMA letter"))
        .body("next", nullValue());
    ask("?agent=somatropin&indication=adult-ghd&limit=200")
        .body("items.agent", everyItem(equalTo("somatropin")))
        .body("items.indication", everyItem(equalTo("GHD (adult)")))
        .body("items.region", contains("AU", "CA", "CN", "EU", "JP", "UK", "US"));
    ask("?region=EU&confidence=low").body("items.confidence", contains("low"));
    ask("?region=US&population=women&form=implant&limit=200")
        .body("items.population", everyItem(equalTo("women")))
        .body("items", not(empty()));
  }

  @Test
  void listsTheAgentsOfARegionOfWhichNothingIsKnown() {
    ask("?region=JP&status=UNKNOWN")
        .body("items.status", everyItem(equalTo("UNKNOWN")))
        .body("items.key", hasItem("JP/tibolone"))
        .body("items.key", not(hasItem("JP/estradiol-patch")));
    ask("?region=JP&status=UNKNOWN&confidence=high").body("items", empty());
  }

  @Test
  void answersWhoMayReadAndNobodyElse() {
    given().get(DOOR + "?region=US&agent=tibolone").then().statusCode(401);
    for (String role : List.of("clinician", "integration", "viewer", "administrator")) {
      as(role).get(DOOR + "?region=US&agent=tibolone").then().statusCode(200);
    }
  }

  @Test
  void everyRowOnTheTopicHasItsSchema() {
    int rows = SHIPPED.table().rows().size();
    assertThat(new Wire(stack).records(Topic.PROTOCOL_REGULATORY_FLAG, key -> true, rows))
        .filteredOn(record -> record.value() != null)
        .allSatisfy(record -> assertThat(record.headers().lastHeader("ce_clinic")).isNull())
        .allSatisfy(record -> assertThat(Wire.body(record).path("agent").asText()).isNotEmpty());
  }

  private JsonPath page(String query, @Nullable String cursor) {
    return ask(query + (cursor == null ? "" : "&cursor=" + cursor))
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private ValidatableResponse ask(String query) {
    return as("viewer").get(DOOR + query).then();
  }

  private RequestSpecification as(String role) {
    return given().auth().oauth2(stack.token(role, "alder"));
  }
}
