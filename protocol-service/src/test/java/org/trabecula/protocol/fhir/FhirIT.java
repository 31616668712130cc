package org.trabecula.protocol.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.protocol.regimen.RegimenDoor;

/// The FHIR door, as a record system reads it.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "protocol"))
class FhirIT extends RegimenDoor {
  private static final Validator VALIDATOR = new Validator();
  private static final String UNOPPOSED =
      """
      {"steps": [{"agent": "estradiol-patch", "dose": {"value": 50, "unit": "ug/d"}, "route": "TRANSDERMAL",
                  "intervalDays": 3.5, "start": "2026-03-01"}],
       "overrides": [{"rule": "HRT-01", "reason": "Hysterectomy seen in the letter, record follows"}]}""";
  private static final String PROPOSED =
      """
      {"intent": "proposal",
       "steps": [{"agent": "testosterone-gel", "dose": {"value": 5, "unit": "mg"}, "route": "TRANSDERMAL",
                  "intervalDays": 1, "start": "2026-12-01", "indication": "hsdd"}]}""";

  @Test
  void showsEachStepOfTheActiveRegimenAsAnOrder() {
    String regimen = assign(MHT, null).statusCode(201).extract().path("regimenId");

    ValidatableResponse found =
        search("MedicationRequest?patient=Patient/" + patient)
            .body("total", equalTo(2))
            .body("entry.resource.id", equalTo(List.of(regimen + "-0", regimen + "-1")))
            .body("entry.resource.intent", everyItem(equalTo("order")))
            .body("entry.resource.status", everyItem(equalTo("active")))
            .body("entry.resource.groupIdentifier.value", everyItem(equalTo(regimen)))
            .body("entry.resource.subject.reference", everyItem(equalTo("Patient/" + patient)))
            .body(
                "entry[0].resource.medicationCodeableConcept.coding[0].code",
                equalTo("estradiol-patch"));
    VALIDATOR.accept(found.extract().asString());
    String one = get("MedicationRequest/" + regimen + "-1").statusCode(200).extract().asString();
    VALIDATOR.accept(one);
    assertThat(one).contains("progesterone-micronised");
  }

  @Test
  void keepsWhatWasOrderedBeforeAndTellsItFromWhatIsTaken() {
    assign(MHT, null).statusCode(201);
    stop("{\"stoppedOn\": \"2026-04-01\", \"reason\": \"Not tolerated\"}", "\"1\"").statusCode(200);

    search("MedicationRequest?patient=" + patient)
        .body("entry.resource.status", everyItem(equalTo("stopped")));
    search("MedicationRequest?patient=" + patient + "&status=active").body("total", equalTo(0));
    search("MedicationRequest?patient=" + patient + "&status=active,stopped")
        .body("total", equalTo(2));
  }

  @Test
  void neverShowsAProposalAsAnOrder() {
    String proposal = propose().extract().path("proposalId");

    ValidatableResponse found =
        search("MedicationRequest?patient=" + patient + "&intent=proposal")
            .body("entry.resource.id", equalTo(List.of(proposal + "-0")))
            .body("entry[0].resource.status", equalTo("draft"))
            .body("entry[0].resource.groupIdentifier.system", equalTo("urn:trabecula:proposal"))
            .body("entry[0].resource.reasonCode[0].coding[0].code", equalTo("hsdd"));
    VALIDATOR.accept(found.extract().asString());
    search("MedicationRequest?patient=" + patient + "&intent=order").body("total", equalTo(0));
    search("MedicationRequest?patient=" + patient + "&status=active").body("total", equalTo(0));

    as("clinician", CLINIC)
        .body("{\"reason\": \"Not wanted\"}")
        .post("/v1/patients/" + patient + "/proposals/" + proposal + "/decline")
        .then()
        .statusCode(200);
    get("MedicationRequest/" + proposal + "-0").statusCode(404);
  }

  @Test
  void pagesByAnOpaqueCursor() {
    assign(MHT, null).statusCode(201);
    propose();
    var seen = new ArrayList<String>();
    String next = "MedicationRequest?_count=1&patient=" + patient;
    while (next != null) {
      ValidatableResponse page = search(next).body("entry", hasSize(1)).body("total", equalTo(3));
      seen.add(page.extract().path("entry[0].resource.id"));
      String link = page.extract().path("link.find { it.relation == 'next' }?.url");
      next = link == null ? null : link.substring(link.indexOf("MedicationRequest"));
    }

    assertThat(seen).hasSize(3).doesNotHaveDuplicates();
    search("MedicationRequest?_count=0&patient=" + patient)
        .body("total", equalTo(3))
        .body("entry", is((Object) null));
    search("MedicationRequest?_id=" + String.join(",", seen)).body("total", equalTo(3));
  }

  @Test
  void showsWhatRulesFindWithWhatWasDoneAboutIt() {
    String regimen =
        as("prescriber", CLINIC)
            .body(UNOPPOSED)
            .post("/v1/patients/" + patient + "/regimens")
            .then()
            .statusCode(201)
            .extract()
            .path("regimenId");
    as("clinician", CLINIC)
        .post("/v1/patients/" + patient + "/regimens/current/findings/HRT-01/acknowledgement")
        .then()
        .statusCode(200);

    ValidatableResponse found =
        search("DetectedIssue?patient=" + patient)
            .body("entry.resource.code.coding.code.flatten()", hasItems("HRT-01", "DATA-01"))
            .body("entry.resource.patient.reference", everyItem(equalTo("Patient/" + patient)));
    VALIDATOR.accept(found.extract().asString());
    String unopposed = "entry.find { it.resource.code.coding[0].code == 'HRT-01' }.resource.";
    found
        .body(unopposed + "severity", equalTo("high"))
        .body(unopposed + "detail", containsString("endometrial cancer"))
        .body(
            unopposed + "implicated.reference",
            equalTo(List.of("MedicationRequest/" + regimen + "-0")))
        .body(unopposed + "evidence.code.flatten().text", hasItem(containsString("uterus")))
        .body(
            unopposed + "mitigation.action.coding.flatten().code",
            equalTo(List.of("override", "acknowledgement")))
        .body(unopposed + "mitigation[0].action.text", containsString("letter"))
        .body(unopposed + "mitigation[0].author.display", equalTo("prescriber"));
    String id = found.extract().path(unopposed + "id");
    VALIDATOR.accept(get("DetectedIssue/" + id).statusCode(200).extract().asString());
    search("DetectedIssue?patient=" + patient + "&implicated=MedicationRequest/" + regimen + "-0")
        .body("entry.resource.id", hasItem(id));
    search("DetectedIssue?patient=" + patient + "&implicated=" + regimen + "-7")
        .body("total", equalTo(0));
  }

  @Test
  void showsNothingOfAnotherClinic() {
    String regimen = assign(MHT, null).statusCode(201).extract().path("regimenId");

    as("viewer", "birch")
        .get("/fhir/MedicationRequest/" + regimen + "-0")
        .then()
        .statusCode(404)
        .body("resourceType", equalTo("OperationOutcome"));
    as("viewer", "birch")
        .get("/fhir/MedicationRequest?patient=" + patient)
        .then()
        .statusCode(200)
        .body("total", equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MedicationRequest?patient=1&colour=red",
        "MedicationRequest?status=active",
        "MedicationRequest",
        "MedicationRequest?patient=1&_count=-1",
        "MedicationRequest?patient=1&_count=many",
        "MedicationRequest?patient=1&_format=xml",
        "MedicationRequest?patient=1&_cursor=%2F%2F",
        "MedicationRequest?patient=",
        "DetectedIssue?patient=1&status=final"
      })
  void refusesInOperationOutcomesWhatItDoesNotUnderstand(String query) {
    ValidatableResponse refused =
        client()
            .get("/fhir/" + query)
            .then()
            .statusCode(400)
            .contentType("application/fhir+json")
            .body("resourceType", equalTo("OperationOutcome"))
            .body("issue[0].details.coding[0].code", equalTo("search-parameter"));
    VALIDATOR.accept(refused.extract().asString());
  }

  @Test
  void refusesAFormThatIsNone() {
    client()
        .contentType("application/x-www-form-urlencoded")
        .body("%ZZ=1")
        .post("/fhir/DetectedIssue/_search")
        .then()
        .statusCode(400)
        .body("issue[0].details.coding[0].code", equalTo("search-parameter"));
  }

  @Test
  void passesOverUnknownParametersWhenToldTo() {
    client()
        .header("Prefer", "handling=lenient")
        .get("/fhir/MedicationRequest?colour=red&patient=" + UUID.randomUUID())
        .then()
        .statusCode(200)
        .body("total", equalTo(0))
        .body("entry[0].search.mode", equalTo("outcome"))
        .body("entry[0].resource.issue[0].diagnostics", containsString("colour"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation/1",
        "Observation?patient=1",
        "MedicationRequest/7",
        "MedicationRequest/00000000-0000-4000-8000-000000000000-0",
        "DetectedIssue/00000000-0000-4000-8000-000000000000-HRT-01-0",
        "MedicationRequest/a/b"
      })
  void saysSoWhenThereIsNoSuchThing(String path) {
    get(path).statusCode(404).body("resourceType", equalTo("OperationOutcome"));
  }

  @Test
  void letsReadAndNothingElse() {
    as("clinician", CLINIC)
        .body("{}")
        .post("/fhir/MedicationRequest")
        .then()
        .statusCode(405)
        .body("resourceType", equalTo("OperationOutcome"));
    RestAssured.given()
        .get("/fhir/metadata")
        .then()
        .statusCode(401)
        .body("resourceType", equalTo("OperationOutcome"));
    as("administrator", CLINIC).get("/fhir/metadata").then().statusCode(403);
  }

  @Test
  void doesAllThatItSaysItCanDo() {
    ValidatableResponse statement = get("metadata").statusCode(200);
    VALIDATOR.accept(statement.extract().asString());
    List<String> types = statement.extract().path("rest[0].resource.type");
    assertThat(types).containsExactly("MedicationRequest", "DetectedIssue");
    for (String type : types) {
      List<String> names =
          statement
              .extract()
              .path("rest[0].resource.find { it.type == '" + type + "' }.searchParam.name");
      for (String name : names) {
        search(type + "?patient=" + patient + "&" + name + "=" + patient);
      }
      client()
          .contentType("application/x-www-form-urlencoded")
          .body("patient=" + patient)
          .post("/fhir/" + type + "/_search")
          .then()
          .statusCode(200)
          .body("total", equalTo(0));
    }
  }

  private ValidatableResponse propose() {
    return as("clinician", CLINIC)
        .body(PROPOSED)
        .post("/v1/patients/" + patient + "/proposals")
        .then()
        .statusCode(201);
  }

  private ValidatableResponse search(String query) {
    return get(query).statusCode(200).body("type", equalTo("searchset"));
  }

  private ValidatableResponse get(String path) {
    return client().get("/fhir/" + path).then().contentType("application/fhir+json");
  }

  private RequestSpecification client() {
    return as("viewer", CLINIC).urlEncodingEnabled(false);
  }
}
