package org.trabecula.patient.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import ca.uhn.fhir.context.FhirContext;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.patient.Clinic;

@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class EverythingIT {
  private static final Validator VALIDATOR = new Validator();

  private static final String FRACTURE =
      """
      {"resource": {"resourceType": "Condition", "identifier": [{"system": "urn:ehr", "value": "f1"}],
         "subject": {"reference": "urn:uuid:7d1f4a52-0000-4000-8000-000000000001"},
         "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
         "code": {"coding": [{"system": "http://snomed.info/sct", "code": "64859006"}]}},
       "request": {"method": "POST", "url": "Condition"}}""";

  private static final String MEDICATION =
      """
      {"resource": {"resourceType": "MedicationStatement", "identifier": [{"system": "urn:ehr", "value": "m1"}],
         "status": "active", "subject": {"reference": "urn:uuid:7d1f4a52-0000-4000-8000-000000000001"},
         "medicationCodeableConcept": {"text": "Alendronate 70 mg weekly"}},
       "request": {"method": "POST", "url": "MedicationStatement"}}""";

  TestStack stack;
  private Clinic clinic;
  private String patient;

  @BeforeEach
  void bringSomeone() {
    clinic = Clinic.of(stack);
    patient =
        brought(
            clinic,
            Bundles.of(
                Bundles.PATIENT,
                Bundles.ctx("1", "412", "ng/L", ""),
                Bundles.ctx("2", "420", "ng/L", ""),
                Bundles.ctx("3", "430", "ng/L", ""),
                FRACTURE,
                MEDICATION));
  }

  @Test
  void showsAllOfOnePatientAndNothingOfAnother() {
    String other = clinic.patient();
    clinic
        .json(
            """
            {"analyte": "ctx", "value": 400, "unit": "ng/L", "effectiveAt": "2026-01-05"}""")
        .post("/v1/patients/{id}/measurements", other)
        .then()
        .statusCode(201);
    Response response = everything("");
    response
        .then()
        .statusCode(200)
        .contentType(containsString("application/fhir+json"))
        .body("type", is("searchset"))
        .body("total", is(12))
        .body("link.relation", is(List.of("self")))
        .body("entry[0].resource.id", is(patient));
    assertThat(types(response.jsonPath()))
        .startsWith("Patient", "Observation", "Observation", "Observation")
        .containsSubsequence("Condition", "MedicationStatement", "Provenance")
        .hasSize(12);
    assertThat(response.asString()).doesNotContain(other);
    var bundle =
        FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, response.asString());
    VALIDATOR.accept(bundle);
    bundle.getEntry().forEach(entry -> VALIDATOR.accept(entry.getResource()));
    everything("", "viewer").then().statusCode(200);
    assertThat(types(everything("?_type=Observation&_type=Observation,Patient").jsonPath()))
        .containsExactly("Observation", "Observation", "Observation");
    assertThat(types(everything("?_type=Condition,Patient").jsonPath()))
        .containsExactly("Patient", "Condition");
    everything("?_count=0").then().body("total", is(12)).body("entry", nullValue());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 11})
  void pagesThroughEveryResourceOnce(int size) {
    JsonPath page = everything("?_count=" + size).jsonPath();
    assertThat((Object) page.get("total")).isNull();
    var seen = new ArrayList<String>();
    String next;
    do {
      List<String> urls = page.getList("entry.fullUrl");
      assertThat(urls).hasSizeBetween(1, size);
      seen.addAll(urls);
      next = page.getString("link.find{it.relation == 'next'}.url");
      if (next != null) {
        assertThat(next).contains("/fhir/Patient/" + patient + "/$everything?_count=" + size);
        page = clinic.clinician().urlEncodingEnabled(false).get(next).jsonPath();
      }
    } while (next != null);
    assertThat(seen)
        .isEqualTo(everything("").jsonPath().getList("entry.fullUrl"))
        .doesNotHaveDuplicates();
  }

  @Test
  void showsWhatWasRecordedSinceThen() {
    String recorded = everything("").jsonPath().getString("entry[-1].resource.meta.lastUpdated");
    assertThat(types(everything("?_since=" + recorded.replace("+", "%2B")).jsonPath()))
        .isNotEmpty();
    everything("?_since=2999-01-01T00:00:00Z").then().body("total", is(0));
    clinic
        .json(
            """
            {"analyte": "body-weight", "value": 70, "unit": "kg", "effectiveAt": "2026-01-05"}""")
        .post("/v1/patients/{id}/measurements", patient)
        .then()
        .statusCode(201);
    String latest =
        everything("?_type=Observation")
            .jsonPath()
            .getString("entry[-1].resource.meta.lastUpdated");
    assertThat(types(everything("?_since=" + latest.replace("+", "%2B")).jsonPath()))
        .containsExactly("Observation");
  }

  @Test
  void knowsNobodyOfAnotherClinicAndNobodyWhoIsErased() {
    Clinic.of(stack)
        .clinician()
        .get("/fhir/Patient/{id}/$everything", patient)
        .then()
        .statusCode(404)
        .body("resourceType", is("OperationOutcome"))
        .body("issue[0].details.coding[0].code", is("not-found"));
    for (String id : List.of("0", UUID.randomUUID().toString())) {
      clinic.clinician().get("/fhir/Patient/{id}/$everything", id).then().statusCode(404);
    }
    clinic
        .clinician()
        .get("/fhir/Patient/{id}/$validate", patient)
        .then()
        .statusCode(404)
        .body("issue[0].details.coding[0].code", is("not-supported"));
    clinic.clinician().get("/fhir/Patient/{id}/$everything", patient).then().statusCode(200);
    clinic.as("administrator").delete("/v1/patients/{id}", patient).then().statusCode(204);
    everything("").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start=2025-01-01",
        "_sort=_lastUpdated",
        "_since=2025-01-01",
        "_since=-9999-01-01T00:00:00Z",
        "_since=yesterday",
        "_type=Encounter",
        "_type=Patient,",
        "_count=many",
        "code=41171-0",
      })
  void refusesAParameterThatItCannotHonourUnlessItMayIgnoreIt(String query) {
    String name = query.substring(0, query.indexOf('='));
    everything("?" + query)
        .then()
        .statusCode(400)
        .body("issue[0].details.coding[0].code", is("search-parameter"))
        .body("issue[0].diagnostics", containsString("'" + name + "'"));
    clinic
        .clinician()
        .urlEncodingEnabled(false)
        .header("Prefer", "handling=lenient")
        .get("/fhir/Patient/" + patient + "/$everything?" + query)
        .then()
        .statusCode(200)
        .body("entry", hasSize(13))
        .body("entry[12].search.mode", is("outcome"))
        .body("entry[12].resource.issue", hasSize(1))
        .body("entry[12].resource.issue[0].diagnostics", startsWith("Ignored: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", ".", "Patient", "Patient.x", "Potato.MDp4", ".MDp4"})
  void refusesACursorThatItDidNotGive(String cursor) {
    everything("?_cursor=" + cursor)
        .then()
        .statusCode(400)
        .body("issue[0].diagnostics", containsString("cursor"));
  }

  private static String brought(Clinic clinic, String bundle) {
    String location =
        clinic
            .fhir(bundle)
            .post("/fhir")
            .then()
            .statusCode(200)
            .extract()
            .path("entry[0].response.location");
    return location.substring("Patient/".length());
  }

  private Response everything(String query) {
    return everything(query, "clinician");
  }

  private Response everything(String query, String role) {
    return clinic
        .as(role)
        .urlEncodingEnabled(false)
        .get("/fhir/Patient/" + patient + "/$everything" + query);
  }

  private static List<String> types(JsonPath bundle) {
    return bundle.getList("entry.resource.resourceType");
  }
}
