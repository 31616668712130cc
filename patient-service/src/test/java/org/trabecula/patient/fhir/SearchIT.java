package org.trabecula.patient.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.patient.Clinic;

@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class SearchIT {
  private static final String MEASUREMENT =
      """
      {"analyte": "%s", "value": %s, "unit": "%s", "effectiveAt": "%s", "status": "%s",
       "source": {"system": "urn:lab", "id": "%s"}}""";

  TestStack stack;
  private Clinic clinic;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
  }

  @Test
  void showsAnObservationAsItWasSentAndInOurUnit() {
    String patient = clinic.patient();
    String id =
        measured(
            patient,
            """
            {"analyte": "estradiol", "value": 50.0, "unit": "pg/mL", "comparator": "LESS_THAN",
             "effectiveAt": "2026-01-05T08:10:00+01:00", "fasting": "YES", "method": "LC-MS/MS",
             "laboratory": "Central Laboratory", "device": "Analyser 7",
             "source": {"system": "urn:lab", "id": "7"}}""");
    clinic
        .as("viewer")
        .get("/fhir/Observation/{id}", id)
        .then()
        .statusCode(200)
        .contentType(containsString("application/fhir+json"))
        .header("ETag", "W/\"1\"")
        .header("Last-Modified", containsString("GMT"))
        .body("id", is(id))
        .body("meta.versionId", is("1"))
        .body("meta.lastUpdated", containsString("T"))
        .body("identifier[0].system", is("urn:lab"))
        .body("identifier[0].value", is("7"))
        .body("status", is("final"))
        .body("category[0].coding[0].code", is("laboratory"))
        .body("code.coding.code", is(List.of("2243-4", "estradiol")))
        .body("subject.reference", is("Patient/" + patient))
        .body("effectiveDateTime", is("2026-01-05T07:10:00Z"))
        .body("valueQuantity.value", is(50.0f))
        .body("valueQuantity.comparator", is("<"))
        .body("valueQuantity.code", is("pg/mL"))
        .body("valueQuantity.extension[0].url", is("urn:trabecula:fhir:canonical-value"))
        .body("valueQuantity.extension[0].valueQuantity.value", is(183.55f))
        .body("valueQuantity.extension[0].valueQuantity.code", is("pmol/L"))
        .body("method.text", is("LC-MS/MS"))
        .body("performer[0].display", is("Central Laboratory"))
        .body("device.display", is("Analyser 7"))
        .body("contained[0].collection.fastingStatusCodeableConcept.coding[0].code", is("F"));
  }

  @Test
  void namesAMolarResultByTheMolarCodeAndAPartialDateByWhatWasSaid() {
    String id =
        measured(
            clinic.patient(),
            """
            {"analyte": "estradiol", "value": 183, "unit": "pmol/L", "effectiveAt": "2026-01"}""");
    clinic
        .clinician()
        .get("/fhir/Observation/{id}", id)
        .then()
        .body("code.coding[0].code", is("14715-7"))
        .body("effectiveDateTime", is("2026-01"))
        .body("valueQuantity.extension", nullValue());
  }

  @Test
  void showsAPatientWithNameAndRecordNumber() {
    String id =
        clinic.patient(
            """
            {"identifiers": [{"system": "urn:mrn", "value": "M1"}],
             "name": {"given": "Griselda", "family": "Quackenbush"},
             "sexForClinicalUse": "FEMALE", "birth": "1970-03", "deceased": false}""");
    clinic
        .clinician()
        .get("/fhir/Patient/{id}", id)
        .then()
        .statusCode(200)
        .header("ETag", "W/\"1\"")
        .body("identifier[0].type.coding[0].code", is("MR"))
        .body("identifier[0].value", is("M1"))
        .body("name[0].family", is("Quackenbush"))
        .body("birthDate", is("1970-03"))
        .body("deceasedBoolean", is(false))
        .body(
            "extension[0].extension[0].valueCodeableConcept.coding[0].code", is("female-typical"));
  }

  @Test
  void readsNothingOfAnotherClinic() {
    String patient = clinic.patient();
    String id = measured(patient, ctx("1", "2026-01-05"));
    Clinic other = Clinic.of(stack);
    for (String path :
        List.of(
            "Patient/" + patient,
            "Observation/" + id,
            "Observation/" + UUID.randomUUID(),
            "Observation/1",
            "Observation/$validate",
            "Potato/" + id)) {
      other
          .clinician()
          .get("/fhir/" + path)
          .then()
          .statusCode(404)
          .contentType(containsString("application/fhir+json"))
          .body("resourceType", is("OperationOutcome"))
          .body("issue[0].details.coding[0].system", is("urn:trabecula:fhir:reason"));
    }
    other.clinician().get("/fhir/Observation").then().body("total", is(0));
    other.clinician().get("/fhir/Observation?patient=" + patient).then().body("total", is(0));
    other.clinician().get("/fhir/Patient").then().body("total", is(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "patient={p} -> a b c d",
        "patient=Patient/{p} -> a b c d",
        "subject=Patient/{p} -> a b c d",
        "patient={q} -> e",
        "patient={p},{q} -> a b c d e",
        "patient=nobody -> ''",
        "patient.identifier=urn:mrn|P -> a b c d",
        "patient.identifier=P -> a b c d",
        "patient.identifier=urn:other|P -> ''",
        "patient={p}&code=http://loinc.org|41171-0 -> a b",
        "patient={p}&code=41171-0 -> a b",
        "patient={p}&code=ctx -> a b",
        "patient={p}&code=urn:trabecula:analyte|ctx -> a b",
        "patient={p}&code=http://loinc.org|ctx -> ''",
        "patient={p}&code=http://loinc.org|24966-4,p1np -> c d",
        "patient={p}&code=41171-0&code=p1np -> ''",
        "patient={p}&code=urn:trabecula:analyte| -> a b c d",
        "patient={p}&code=gold -> ''",
        "patient={p}&category=laboratory -> a b c",
        "patient={p}&category=http://terminology.hl7.org/CodeSystem/observation-category|imaging -> d",
        "patient={p}&status=preliminary -> b",
        "patient={p}&status=final,preliminary -> a b c d",
        "patient={p}&status=http://hl7.org/fhir/observation-status|entered-in-error -> ''",
        "identifier=urn:lab|a -> a",
        "identifier=a,b -> a b",
        "identifier=urn:other|a -> ''",
        "patient={p}&date=2025 -> a b",
        "patient={p}&date=ne2025 -> c d",
        "patient={p}&date=2025-03-05 -> a",
        "patient={p}&date=2025-03-05T08:10:00Z -> a",
        "patient={p}&date=2025-03-05T09:10:00%2B01:00 -> a",
        "patient={p}&date=2025-03-05T09:10:00+01:00 -> a",
        "patient={p}&date=2025-03-05T08:10Z -> a",
        "patient={p}&date=2025-03-05T08:10:00.000Z -> a",
        "patient={p}&date=2025-03-05T08:11Z -> ''",
        "patient={p}&date=gt2025-03-05 -> b c d",
        "patient={p}&date=ge2025-03-05 -> a b c d",
        "patient={p}&date=gt2025-06-10 -> c d",
        "patient={p}&date=ge2025-06-10 -> b c d",
        "patient={p}&date=lt2025-06-10 -> a",
        "patient={p}&date=le2025-06-10 -> a b",
        "patient={p}&date=gt2026-06-15 -> d",
        "patient={p}&date=sa2025-12 -> c d",
        "patient={p}&date=sa2026-06-15 -> ''",
        "patient={p}&date=eb2026 -> a b",
        "patient={p}&date=ge2025-04&date=lt2026-01-15 -> b c d",
        "patient={p}&_lastUpdated=ge2026 -> a b c d",
        "patient={p}&_lastUpdated=lt2026 -> ''",
        "_id={a},{e} -> a e",
        "_id=x -> ''",
        "code=41171-0 -> a b e",
      })
  void findsWhatIsAskedFor(String query, String expected) {
    String p = clinic.patient("{\"identifiers\": [{\"system\": \"urn:mrn\", \"value\": \"P\"}]}");
    String q = clinic.patient("{\"identifiers\": [{\"system\": \"urn:mrn\", \"value\": \"Q\"}]}");
    String a = measured(p, ctx("a", "2025-03-05T08:10:00Z"));
    measured(p, MEASUREMENT.formatted("ctx", "300", "ng/L", "2025-06-10", "PRELIMINARY", "b"));
    measured(p, MEASUREMENT.formatted("p1np", "50", "ug/L", "2026-01", "FINAL", "c"));
    measured(p, MEASUREMENT.formatted("bmd-lumbar-spine", "0.9", "g/cm2", "2026", "FINAL", "d"));
    String e = measured(q, ctx("e", "2025-03-05T08:10:00Z"));
    String url = query.replace("{p}", p).replace("{q}", q).replace("{a}", a).replace("{e}", e);
    assertThat(identifiers(found(url)))
        .containsExactlyInAnyOrderElementsOf(
            expected == null || expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
  }

  @Test
  void findsPatientsByTheirNumbers() {
    String id =
        clinic.patient("{\"identifiers\": [{\"system\": \"urn:mrn\", \"value\": \"M,1\"}]}");
    clinic.patient();
    assertThat(ids("Patient?identifier=urn:mrn|M\\,1")).containsExactly(id);
    assertThat(ids("Patient?identifier=M\\,1")).containsExactly(id);
    assertThat(ids("Patient?identifier=urn:mrn|M")).isEmpty();
    assertThat(ids("Patient?_id=" + id)).containsExactly(id);
    assertThat(ids("Patient?_lastUpdated=ge2026-01-01")).hasSize(2);
    assertThat(ids("Patient")).hasSize(2);
  }

  @Test
  void pagesThroughEveryRowOnceWhileRowsComeAndChange() {
    String patient = clinic.patient();
    for (int day = 10; day < 20; day++) {
      measured(patient, ctx("r" + day, "2025-03-" + day + "T08:00:00Z"));
    }
    for (String sort : List.of("date", "-date", "_lastUpdated", "-_lastUpdated")) {
      JsonPath page = found("patient=" + patient + "&_count=3&_sort=" + sort);
      assertThat(page.getList("link.relation")).containsExactly("self", "next");
      assertThat((Object) page.get("total")).isNull();
      var seen = new ArrayList<>(identifiers(page));
      measured(
          patient,
          MEASUREMENT.formatted(
              "p1np", "50", "ug/L", "2025-03-01T08:00:00Z", "FINAL", "late-" + sort));
      String next = page.getString("link.find{it.relation == 'next'}.url");
      while (next != null) {
        assertThat(next).startsWith("http://").doesNotContain(seen.getLast());
        page = clinic.clinician().urlEncodingEnabled(false).get(next).jsonPath();
        seen.addAll(identifiers(page));
        next = page.getString("link.find{it.relation == 'next'}.url");
      }
      List<String> known = seen.stream().filter(one -> one.startsWith("r")).toList();
      assertThat(known).hasSize(10).doesNotHaveDuplicates();
      List<String> ordered = known.stream().sorted().toList();
      assertThat(known).isEqualTo(sort.startsWith("-") ? ordered.reversed() : ordered);
    }
    assertThat(found("patient=" + patient + "&_summary=count").getInt("total")).isEqualTo(14);
    assertThat(found("patient=" + patient + "&_count=0").getInt("total")).isEqualTo(14);
    assertThat((Object) found("patient=" + patient + "&_count=0").get("entry")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour=red",
        "_sort=value",
        "_count=-1",
        "_count=many",
        "_summary=text",
        "_format=xml",
        "date=soon",
        "date=ap2025",
        "date=2025-13",
        "date=9999999999-01-01T00:00:00Z",
        "code:text=x",
        "code=",
        "identifier=urn:lab%7C",
        "code=%00",
        "_lastUpdated=yesterday",
        "_include=Observation:subject",
      })
  void refusesAParameterThatItCannotHonourUnlessItMayIgnoreIt(String query) {
    String name = query.substring(0, query.indexOf('='));
    measured(clinic.patient(), ctx("1", "2026-01-05"));
    clinic
        .clinician()
        .urlEncodingEnabled(false)
        .get("/fhir/Observation?" + query)
        .then()
        .statusCode(400)
        .body("resourceType", is("OperationOutcome"))
        .body("issue[0].details.coding[0].code", is("search-parameter"))
        .body("issue[0].diagnostics", containsString("'" + name + "'"));
    clinic
        .clinician()
        .urlEncodingEnabled(false)
        .header("Prefer", "handling=lenient")
        .get("/fhir/Observation?" + query)
        .then()
        .statusCode(200)
        .body("link[0].url", not(containsString(name + "=")))
        .body("entry", hasSize(2))
        .body("entry[0].search.mode", is("match"))
        .body("entry[1].search.mode", is("outcome"))
        .body("entry[1].resource.issue[0].diagnostics", startsWith("Ignored: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"_cursor=x", "_cursor=OTk5OTk5OTk5OTk5OTk5OTk5OjE"})
  void refusesWhatIsNoQueryOfOurs(String query) {
    clinic
        .clinician()
        .urlEncodingEnabled(false)
        .get("/fhir/Observation?" + query)
        .then()
        .statusCode(400)
        .body("issue[0].severity", is("error"));
  }

  @Test
  void searchesByFormSoThatNoUrlNamesAnybody() {
    String patient = clinic.patient();
    measured(patient, ctx("1", "2026-01-05"));
    clinic
        .clinician()
        .contentType("application/x-www-form-urlencoded")
        .body("patient=" + patient + "&code=http%3A%2F%2Floinc.org%7C41171-0")
        .post("/fhir/Observation/_search")
        .then()
        .statusCode(200)
        .body("type", is("searchset"))
        .body("entry.search.mode", everyItem(is("match")))
        .body("entry", hasSize(1));
  }

  private JsonPath found(String query) {
    return clinic
        .clinician()
        .urlEncodingEnabled(false)
        .get("/fhir/Observation?" + query.replace("|", "%7C"))
        .then()
        .statusCode(200)
        .body("type", is("searchset"))
        .extract()
        .jsonPath();
  }

  private List<String> ids(String query) {
    List<String> ids =
        clinic
            .clinician()
            .urlEncodingEnabled(false)
            .get("/fhir/" + query.replace("|", "%7C").replace("\\", "%5C"))
            .then()
            .statusCode(200)
            .extract()
            .path("entry.resource.id");
    return ids == null ? List.of() : ids;
  }

  private static List<String> identifiers(JsonPath page) {
    List<String> values = page.getList("entry.resource.identifier.value.flatten()");
    return values == null ? List.of() : values;
  }

  private String measured(String patient, String body) {
    return clinic
        .json(body)
        .post("/v1/patients/{id}/measurements", patient)
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static String ctx(String id, String at) {
    return MEASUREMENT.formatted("ctx", "412", "ng/L", at, "FINAL", id);
  }
}
