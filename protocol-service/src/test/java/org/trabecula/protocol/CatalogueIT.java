package org.trabecula.protocol;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;

@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "protocol"))
class CatalogueIT {
  TestStack stack;

  @Test
  void listsTheAgentsAsTheirFilesStateThem() {
    get("/v1/agents").statusCode(200).body("items", hasSize(Shipped.AGENTS.all().size()));
    get("/v1/agents/testosterone-cypionate")
        .statusCode(200)
        .body("engineCode", equalTo("testosterone-cypionate"))
        .body("forms.route", hasItems("INTRAMUSCULAR", "SUBCUTANEOUS"))
        .body("doseLimits.basis", hasItems("PER_WEEK"))
        .body("doseLimits.provenance", hasItems("recalled", "assumed"))
        .body("codings.code", hasItems("G03BA03"))
        .body("bmdEvidence.grade", equalTo("B"));
  }

  @Test
  void listsTheLatestProtocolsAndAnswersEachVersion() {
    get("/v1/protocols")
        .statusCode(200)
        .body("items.family", hasItems("male", "female", "peptide"));
    get("/v1/protocols/ipamorelin-cjc-1295")
        .statusCode(200)
        .body("version", equalTo(2))
        .body("expectedFindings", hasItems("GH-10", "REG-02"));
    get("/v1/protocols/ipamorelin-cjc-1295?version=1").statusCode(200);
    get("/v1/protocols/ipamorelin-cjc-1295/versions")
        .statusCode(200)
        .body("items.version", contains(1, 2))
        .body("items[0].steps[0]", not(hasKey("changes")));
    get("/v1/protocols/testosterone-replacement-undecanoate-750")
        .statusCode(200)
        .body("steps[0].changes[0].afterDays", equalTo(28));
  }

  @Test
  void saysWhatIsNotThere() {
    get("/v1/agents/aspirin")
        .statusCode(404)
        .contentType("application/problem+json")
        .body("violations[0].field", equalTo("code"));
    get("/v1/protocols/none").statusCode(404).body("violations[0].field", equalTo("code"));
    get("/v1/protocols/none/versions").statusCode(404).body("violations[0].field", equalTo("code"));
    get("/v1/protocols/mht-gel?version=9")
        .statusCode(404)
        .body("violations[0].field", equalTo("version"));
    get("/v1/protocols/mht-gel?version=first")
        .statusCode(400)
        .body("violations[0].field", equalTo("version"))
        .body(not(containsString("java")));
  }

  @Test
  void answersNobodyWithoutAToken() {
    given().get("/v1/agents").then().statusCode(401).contentType("application/problem+json");
    given().get("/v1/protocols").then().statusCode(401);
    given().get("/q/health/ready").then().statusCode(200);
  }

  private ValidatableResponse get(String path) {
    return given().auth().oauth2(stack.token("integration", "alder")).get(path).then();
  }
}
