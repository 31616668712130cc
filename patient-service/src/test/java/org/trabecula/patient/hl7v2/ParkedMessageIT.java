package org.trabecula.patient.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.patient.Clinic;

@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class ParkedMessageIT {
  TestStack stack;
  private Clinic clinic;
  private Hl7Door door;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
    door = new Hl7Door(clinic);
  }

  @Test
  void parksAMessageAboutNobodyItKnowsOnce() throws Exception {
    Ack first = door.send(Oru.ctx("C1", "412", "F"));
    assertThat(first.status()).isEqualTo(404);
    assertThat(first.code()).isEqualTo("AE");
    assertThat(first.errors())
        .singleElement()
        .asString()
        .startsWith("PID[1]-3 204 E")
        .contains(parked("C1"));
    try (var threads = Executors.newFixedThreadPool(10)) {
      IntStream.range(0, 10)
          .forEach(i -> threads.submit(() -> door.send(Oru.ctx("C1", "412", "F"))));
    }
    assertThat(clinic.rows("parked_message")).isEqualTo(1);
    assertThat(clinic.rows("patient")).isZero();
    assertThat(clinic.rows("measurement")).isZero();
    assertThat(clinic.rows("outbox")).isZero();
  }

  @Test
  void showsWhoSentItAndOnlyOnAskingWhomItIsAbout() {
    door.send(Oru.ctx("C1", "412", "F").replace("^MR|||", "^MR||Quackenbush^Griselda|"));
    clinic
        .clinician()
        .get("/v1/parked-messages")
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].controlId", is("C1"))
        .body("items[0].sender", containsString("NORTHLAB"))
        .body("items[0].receivedBy", is("demo-integration"))
        .body("items[0].reason", containsString("No patient"))
        .body(not(containsString("Quackenbush")))
        .body(not(containsString("M1")));
    clinic
        .clinician()
        .get("/v1/parked-messages/{id}", parked("C1"))
        .then()
        .statusCode(200)
        .body("message.controlId", is("C1"))
        .body("identifiers[0].value", is("M1"))
        .body("name.family", is("Quackenbush"))
        .body("birth", is("1970-03-05"))
        .body("analytes", is(List.of("ctx")))
        .body(not(containsString("412")));
    clinic.as("viewer").get("/v1/parked-messages").then().statusCode(403);
    Clinic.of(stack).clinician().get("/v1/parked-messages").then().body("items", hasSize(0));
  }

  @Test
  void givesItToAKnownPatientAndLetsTheNextOneFindThem() {
    String patient = clinic.patient("{\"birth\": \"1970-03\"}");
    door.send(Oru.ctx("C1", "412", "F"));
    resolve(parked("C1"), "{\"patientId\": \"%s\", \"claim\": true}".formatted(patient))
        .statusCode(200)
        .body("acknowledgment", containsString("MSA|AA|C1"));
    assertThat(clinic.rows("parked_message")).isZero();
    assertThat(clinic.rows("measurement")).isEqualTo(1);
    assertThat(door.send(Oru.ctx("C1", "412", "F")).code()).isEqualTo("AA");
    assertThat(door.send(Oru.ctx("C2", "512", "C")).code()).isEqualTo("AA");
    clinic
        .clinician()
        .get("/v1/patients/{id}", patient)
        .then()
        .header("ETag", "\"2\"")
        .body("identifiers[0].value", is("M1"));
    assertThat(clinic.rows("measurement")).isEqualTo(1);
  }

  @Test
  void registersThePatientWhenToldTo() {
    door.send(Oru.ctx("C1", "412", "F"));
    door.send(Oru.ctx("C2", "512", "C"));
    resolve(parked("C1"), "{\"register\": true}").statusCode(200);
    clinic
        .clinician()
        .get("/v1/patients?identifier=urn:oid:2.16.840.1.113883.19.5|M1")
        .then()
        .body("items[0].birth", is("1970-03"))
        .body("items[0].sexForClinicalUse", is("UNKNOWN"));
    resolve(parked("C2"), "{\"register\": true}").statusCode(200);
    assertThat(clinic.rows("patient")).isEqualTo(1);
    assertThat(clinic.rows("measurement")).isEqualTo(1);
    assertThat(clinic.rows("parked_message")).isZero();
  }

  @Test
  void isClearedWhenTheSenderTriesAgainAfterTheRegistration() {
    door.send(Oru.ctx("C1", "412", "F"));
    assertThat(clinic.rows("parked_message")).isEqualTo(1);
    clinic.patient(Oru.PATIENT);
    assertThat(door.send(Oru.ctx("C1", "412", "F")).code()).isEqualTo("AA");
    assertThat(clinic.rows("parked_message")).isZero();
    assertThat(clinic.rows("measurement")).isEqualTo(1);
  }

  @Test
  void staysParkedWhenItCannotBeTaken() {
    String patient = clinic.patient("{\"birth\": \"1980-01\"}");
    door.send(Oru.ctx("C1", "0.4", "F"));
    resolve(parked("C1"), "{\"patientId\": \"%s\", \"claim\": true}".formatted(patient))
        .statusCode(422)
        .body("violations.field", is(List.of("PID[1]-7", "OBX[1]-5")));
    resolve(parked("C1"), "{\"patientId\": \"%s\"}".formatted(UUID.randomUUID())).statusCode(422);
    assertThat(clinic.rows("parked_message")).isEqualTo(1);
    assertThat(clinic.rows("measurement")).isZero();
    assertThat(clinic.rows("patient_identifier")).isZero();
    clinic.clinician().delete("/v1/parked-messages/{id}", parked("C1")).then().statusCode(204);
    assertThat(clinic.rows("parked_message")).isZero();
  }

  @Test
  void isErasedWithThePatientWhoseNumberItCarries() {
    door.send(Oru.ctx("C1", "412", "F"));
    door.send(Oru.ctx("C2", "412", "F").replace("M1^", "M2^"));
    String patient = clinic.patient(Oru.PATIENT);
    clinic.as("administrator").delete("/v1/patients/{id}", patient).then().statusCode(204);
    clinic.clinician().get("/v1/parked-messages").then().body("items.controlId", is(List.of("C2")));
    assertThat(door.send(Oru.ctx("C3", "412", "F")).status()).isEqualTo(404);
  }

  @Test
  void registersUnaskedWhereTheClinicSaysSoAndReadsItsLaboratorysCodes() {
    clinic
        .as("administrator")
        .contentType("application/json")
        .header("If-None-Match", "*")
        .body(
            """
            {"zone": "Europe/Berlin", "jurisdiction": "EU", "registerUnknown": true,
             "laboratoryCodes": [{"sender": "NORTHLAB", "code": "BXL", "unit": "ng/mL", "analyte": "ctx"}]}""")
        .put("/v1/clinic/settings")
        .then()
        .statusCode(200);
    String local =
        Oru.ctx("C1", "0.412", "F")
            .replace("41171-0^CTX^LN", "BXL^CrossLaps^L")
            .replace("ng/L", "ng/mL");
    assertThat(door.send(local.replace("20260105120000+0100", "20260105120000")).code())
        .isEqualTo("AA");
    String patient =
        clinic
            .clinician()
            .get("/v1/patients?identifier=urn:oid:2.16.840.1.113883.19.5|M1")
            .path("items[0].id");
    clinic
        .clinician()
        .get("/v1/patients/{id}/measurements", patient)
        .then()
        .body("items.analyte", is(List.of("ctx")))
        .body("items.effectiveAt", is(List.of("2026-01-05T07:10:00Z")));
    assertThat(clinic.rows("parked_message")).isZero();
    assertThat(door.send(local.replace("|C1|", "|C2|").replace("ng/mL", "ug/L")).errors())
        .anySatisfy(one -> assertThat(one).startsWith("OBX[1]-3 0 I Not stored: the code BXL"));
  }

  @Test
  void asksForMoreWhenTheNumbersAreOfDifferentPatients() {
    clinic.patient(Oru.PATIENT);
    clinic.patient("{\"identifiers\": [{\"system\": \"urn:id:NORTHLAB\", \"value\": \"L7\"}]}");
    Ack ack = door.send(Oru.ctx("C1", "412", "F").replace("^MR|", "^MR~L7^^^^MR|"));
    assertThat(ack.status()).isEqualTo(409);
    assertThat(ack.errors()).singleElement().asString().startsWith("PID[1]-3 205 E");
    assertThat(clinic.rows("parked_message")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "{} -> patientId",
        "{\"register\": false} -> patientId",
        "{\"register\": true, \"patientId\": \"8d0f2c1e-5b7a-4c3d-9e64-2a7f51b0c9d8\"} -> patientId",
        "{\"register\": true, \"claim\": true} -> claim",
        "{\"patientId\": \"x\"} -> patientId",
      })
  void refusesADecisionThatIsNone(String body, String field) {
    door.send(Oru.ctx("C1", "412", "F"));
    resolve(parked("C1"), body).statusCode(400).body("violations[0].field", is(field));
    assertThat(clinic.rows("parked_message")).isEqualTo(1);
  }

  @Test
  void knowsNoOtherMessages() {
    String id = UUID.randomUUID().toString();
    resolve(id, "{\"register\": true}").statusCode(404).body("violations[0].field", is("id"));
    clinic.clinician().get("/v1/parked-messages/{id}", id).then().statusCode(404);
    clinic.clinician().delete("/v1/parked-messages/{id}", id).then().statusCode(404);
    door.send(Oru.ctx("C1", "412", "F"));
    Clinic.of(stack)
        .clinician()
        .delete("/v1/parked-messages/{id}", parked("C1"))
        .then()
        .statusCode(404)
        .body("detail", startsWith("The clinic has no"));
  }

  private String parked(String controlId) {
    return clinic
        .clinician()
        .get("/v1/parked-messages")
        .path("items.find { it.controlId == '" + controlId + "' }.id");
  }

  private ValidatableResponse resolve(String id, String body) {
    return clinic.json(body).post("/v1/parked-messages/{id}/resolution", id).then();
  }
}
