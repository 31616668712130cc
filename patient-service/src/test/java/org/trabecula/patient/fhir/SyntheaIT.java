package org.trabecula.patient.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.patient.Clinic;

/// What Synthea's Bundles hold that the eight samples do not. One such entry must not cost a
/// hospital its patient.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class SyntheaIT {
  private static final String PATIENT = "urn:uuid:7d1f4a52-0000-4000-8000-000000000001";

  TestStack stack;
  private Clinic clinic;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"72166-2\"}]}, \"valueCodeableConcept\": {\"coding\": [{\"system\": \"http://snomed.info/sct\", \"code\": \"266919005\"}]} -> 0",
        "\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"72514-3\"}]}, \"valueQuantity\": {\"value\": 3, \"unit\": \"{score}\", \"system\": \"http://unitsofmeasure.org\", \"code\": \"{score}\"} -> 0",
        "\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"38265-5\"}]}, \"valueQuantity\": {\"value\": -3.2, \"unit\": \"{T-score}\", \"system\": \"http://unitsofmeasure.org\", \"code\": \"{T-score}\"} -> 1",
        "\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"32465-7\"}]}, \"valueString\": \"Negative\" -> 0",
        "\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"55284-4\"}]}, \"component\": [{\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"8462-4\"}]}, \"valueQuantity\": {\"value\": 81, \"unit\": \"mm[Hg]\", \"system\": \"http://unitsofmeasure.org\", \"code\": \"mm[Hg]\"}}, {\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"8480-6\"}]}, \"valueQuantity\": {\"value\": 121, \"unit\": \"mm[Hg]\", \"system\": \"http://unitsofmeasure.org\", \"code\": \"mm[Hg]\"}}] -> 2",
        "\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"8302-2\"}]}, \"valueQuantity\": {\"value\": 171.3, \"unit\": \"cm\", \"system\": \"http://unitsofmeasure.org\", \"code\": \"cm\"} -> 1",
        "\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"74006-8\"}], \"text\": \"Prostate\"}, \"valueSampledData\": {\"origin\": {\"value\": 0}, \"period\": 10, \"dimensions\": 1, \"data\": \"1 2 3\"} -> 0",
      })
  void takesEveryFormOfObservation(String content, int measurements) {
    String bundle = Bundles.of(Bundles.PATIENT, observation("o1", content));
    for (int pass = 0; pass < 2; pass++) {
      clinic.fhir(bundle).post("/fhir").then().statusCode(200);
      assertThat(clinic.rows("patient")).isEqualTo(1);
      assertThat(clinic.rows("measurement")).isEqualTo(measurements);
    }
  }

  /// What is not a value of the code is answered as not stored, and costs nobody the Bundle.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"dataAbsentReason\": {\"coding\": [{\"system\": \"http://terminology.hl7.org/CodeSystem/data-absent-reason\", \"code\": \"unknown\"}]}",
        "\"valueString\": \"Normal\"",
        "\"valueCodeableConcept\": {\"coding\": [{\"system\": \"http://snomed.info/sct\", \"code\": \"17621005\"}]}",
        "\"component\": [{\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"8480-6\"}]}}]",
      })
  void takesAKnownCodeWithoutAValueThatCanBeRead(String value) {
    for (String code : List.of("38483-4", "72166-2")) {
      String entry =
          observation(
              "o1",
              "\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"%s\"}]}, %s"
                  .formatted(code, value));
      clinic
          .fhir(Bundles.of(Bundles.PATIENT, entry))
          .post("/fhir")
          .then()
          .statusCode(200)
          .body("entry[1].response.outcome.issue[0].diagnostics", containsString("Not stored: "));
    }
    assertThat(clinic.rows("patient")).isEqualTo(1);
    assertThat(clinic.rows("measurement") + clinic.rows("statement")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"effectiveInstant\": \"2012-03-11T14:36:42.383-04:00\"",
        "\"effectivePeriod\": {\"start\": \"2012-03-11T14:36:42-04:00\", \"end\": \"2012-03-11T15:36:42-04:00\"}",
        "\"effectiveDateTime\": \"2012-03-11\"",
      })
  void takesEveryFormOfTime(String effective) {
    String rate =
        observation(
                "o1",
                "\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"33914-3\"}]}, \"valueQuantity\": {\"value\": 24.3, \"unit\": \"mL/min\", \"system\": \"http://unitsofmeasure.org\", \"code\": \"mL/min\"}")
            .replace("\"effectiveDateTime\": \"2012-03-11T14:36:42-04:00\"", effective);
    String smoking =
        observation(
                "o2",
                "\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"72166-2\"}]}, \"valueCodeableConcept\": {\"coding\": [{\"system\": \"http://snomed.info/sct\", \"code\": \"266919005\"}]}")
            .replace("\"effectiveDateTime\": \"2012-03-11T14:36:42-04:00\"", effective);
    clinic
        .fhir(Bundles.of(Bundles.PATIENT, rate, smoking))
        .post("/fhir")
        .then()
        .statusCode(200)
        .body(
            "entry[1].response.outcome.issue.diagnostics",
            hasItem("mL/min is read as mL/min/{1.73_m2}, which the code means."));
    assertThat(clinic.rows("measurement")).isEqualTo(1);
    assertThat(clinic.rows("statement")).isEqualTo(1);
    clinic
        .clinician()
        .get("/fhir/Observation?code=33914-3")
        .then()
        .body("entry[0].resource.code.coding[0].code", is("33914-3"))
        .body("entry[0].resource.method.text", is("MDRD"))
        .body("entry[0].resource.valueQuantity.code", is("mL/min"));
  }

  @Test
  void takesALongLifeInOneBundle() {
    var entries = new ArrayList<String>();
    entries.add(Bundles.PATIENT);
    for (int i = 0; i < 1_600; i++) {
      entries.add(
          observation(
              "w" + i,
              "\"code\": {\"coding\": [{\"system\": \"http://loinc.org\", \"code\": \"%s\"}]}, \"valueQuantity\": {\"value\": %d, \"unit\": \"kg\", \"system\": \"http://unitsofmeasure.org\", \"code\": \"kg\"}"
                  .formatted(i % 2 == 0 ? "29463-7" : "8287-5", 40 + i % 60)));
    }
    String bundle = Bundles.of(entries.toArray(String[]::new));
    for (int pass = 0; pass < 2; pass++) {
      clinic.fhir(bundle).post("/fhir").then().statusCode(200).body("entry", hasSize(1_601));
      assertThat(clinic.rows("patient")).isEqualTo(1);
      assertThat(clinic.rows("measurement")).isEqualTo(800);
    }
  }

  @Test
  void takesSomebodyOfManyNamesAndNumbersWithoutADateOfBirth() {
    String many =
        Bundles.PATIENT
            .replace("\"birthDate\": \"1970-03-05\", ", "")
            .replace(
                "\"identifier\": [",
                """
                "identifier": [
                  {"system": "https://github.com/synthetichealth/synthea", "value": "7d1f4a52"},
                  {"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "SS"}]},
                   "system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-10-7004"},
                  {"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "DL"}]},
                   "system": "urn:oid:2.16.840.1.113883.4.3.25", "value": "S99943325"},
                  {"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "PPN"}]},
                   "system": "http://standardhealthrecord.org/fhir/StructureDefinition/passportNumber", "value": "X5129X"},
                """)
            .replace(
                "\"name\": [",
                """
                "name": [
                  {"use": "official", "family": "Windler", "given": ["Cathryn", "Ada"], "prefix": ["Mrs."]},
                  {"use": "maiden", "family": "Quigley", "given": ["Cathryn"]},
                """);
    for (int pass = 0; pass < 2; pass++) {
      clinic
          .fhir(Bundles.of(many))
          .post("/fhir")
          .then()
          .statusCode(200)
          .body("entry[0].response.outcome.issue.diagnostics", not(hasItem("999-10-7004")));
      assertThat(clinic.rows("patient")).isEqualTo(1);
    }
  }

  @Test
  void takesWhatPointsAtTheHospitalsOwnDirectory() {
    String encounter =
        """
        {"fullUrl": "urn:uuid:e1", "resource": {"resourceType": "Encounter", "id": "e1", "status": "finished",
          "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
          "subject": {"reference": "%s"},
          "participant": [{"individual": {"reference": "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999968990"}}],
          "serviceProvider": {"reference": "Organization?identifier=https://github.com/synthetichealth/synthea|7c1"}},
         "request": {"method": "POST", "url": "Encounter"}}"""
            .formatted(PATIENT);
    String organization =
        """
        {"fullUrl": "urn:uuid:h1", "resource": {"resourceType": "Organization", "id": "h1", "name": "North"},
         "request": {"method": "POST", "url": "Organization",
           "ifNoneExist": "identifier=https://github.com/synthetichealth/synthea|7c1"}}""";
    String practitioner =
        """
        {"fullUrl": "urn:uuid:d1", "resource": {"resourceType": "Practitioner", "id": "d1"},
         "request": {"method": "PUT", "url": "Practitioner/d1"}}""";
    clinic
        .fhir(Bundles.of(Bundles.PATIENT, encounter, organization, practitioner))
        .post("/fhir")
        .then()
        .statusCode(200)
        .body(
            "entry[1..3].response.outcome.issue.diagnostics.flatten()",
            hasItem(containsString("Practitioner")));
    clinic.fhir(Bundles.of(organization, practitioner)).post("/fhir").then().statusCode(200);
    assertThat(clinic.rows("patient")).isEqualTo(1);
  }

  @Test
  void takesTheDeadAndTheVeryLongExtensions() {
    String dead =
        Bundles.PATIENT.replace(
            "\"gender\": \"female\",",
            """
            "gender": "female", "deceasedDateTime": "2011-06-13T02:36:42-04:00", "multipleBirthInteger": 3,
            "extension": [{"url": "http://synthetichealth.github.io/synthea/disability-adjusted-life-years", "valueDecimal": 13.873459870123456}],
            """);
    clinic.fhir(Bundles.of(dead)).post("/fhir").then().statusCode(200);
    assertThat(clinic.rows("patient")).isEqualTo(1);
  }

  @Test
  void takesAnEmptyBundle() {
    clinic.fhir(Bundles.of()).post("/fhir").then().statusCode(200);
  }

  @Test
  void takesTheSameEntryTwiceAsOne() {
    String ctx = Bundles.ctx("o1", "412", "ng/L", "");
    clinic.fhir(Bundles.of(Bundles.PATIENT, ctx, ctx)).post("/fhir").then().statusCode(200);
    assertThat(clinic.rows("measurement")).isEqualTo(1);
  }

  private static String observation(String id, String content) {
    return """
    {"fullUrl": "urn:uuid:%1$s", "resource": {"resourceType": "Observation", "id": "%1$s", "status": "final",
       "subject": {"reference": "%2$s"}, "encounter": {"reference": "urn:uuid:e1"},
       "effectiveDateTime": "2012-03-11T14:36:42-04:00", "issued": "2012-03-11T14:36:42.383-04:00", %3$s},
     "request": {"method": "POST", "url": "Observation"}}"""
        .formatted(id, PATIENT, content);
  }
}
