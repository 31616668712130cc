package org.trabecula.patient.hl7v2;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.patient.Clinic;
import org.trabecula.patient.Published;

@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class Hl7IT {
  TestStack stack;
  private Clinic clinic;
  private Hl7Door door;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
    door = new Hl7Door(clinic);
  }

  @Test
  void takesAPanelAndSaysWhatItLeavesOut() {
    String patient = clinic.patient(Oru.PATIENT);
    Ack ack = door.send("application/hl7-v2; charset=utf-8", Oru.corpus("v251-markers"));
    assertThat(ack.status()).isEqualTo(200);
    assertThat(ack.code()).isEqualTo("AA");
    assertThat(ack.controlId()).isEqualTo("MSG00001");
    assertThat(ack.text())
        .startsWith("MSH|^~\\&|EHR|CLINIC|LIS^2.16.840.1.113883.19.3.1^ISO|NORTHLAB|")
        .contains("|ACK^R01^ACK|", "|P|2.5.1|", "\rMSA|AA|MSG00001\r");
    assertThat(ack.errors())
        .containsExactly("OBX[4]-3 0 I Not stored: the code 26464-8 is not in the catalogue.");
    measurements(patient)
        .body("items.analyte", containsInAnyOrder("ctx", "p1np"))
        .body("items.fasting", is(List.of("YES", "YES")))
        .body("items.effectiveAt", is(List.of("2026-01-05T07:10:00Z", "2026-01-05T07:10:00Z")));
    assertThat(clinic.rows("provenance"))
        .as("every result remembers its message")
        .isEqualTo(clinic.rows("measurement"));
  }

  @Test
  void takesEveryMessageOfTheCorpus() {
    String patient = clinic.patient(Oru.PATIENT);
    clinic
        .json(
            """
            {"identifiers": [{"system": "urn:id:COUNTY", "value": "M1"}]}""")
        .post("/v1/patients")
        .then()
        .statusCode(201);
    for (String name : Oru.CORPUS) {
      Ack ack = door.send("x-application/hl7-v2+er7", Oru.corpus(name));
      assertThat(ack.code()).as(name + ": " + ack.errors()).isEqualTo("AA");
    }
    assertThat(clinic.rows("measurement")).isEqualTo(15);
    measurements(patient).body("items.size()", is(13));
  }

  @Test
  void answersAResendWithTheSameAcknowledgment() {
    clinic.patient(Oru.PATIENT);
    Ack first = door.send(Oru.ctx("C1", "412", "F"));
    assertThat(first.code()).isEqualTo("AA");
    assertThat(door.send(Oru.ctx("C1", "412", "F"))).isEqualTo(first);
    assertThat(door.send(Oru.ctx("C1", "412", "F").replace("20260105120000", "20260106120000")))
        .isEqualTo(first);
    assertThat(door.send(Oru.ctx("C2", "412", "F")).code()).isEqualTo("AA");
    awaitPublished(1);
    Ack other = door.send(Oru.ctx("C1", "413", "F"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.code()).isEqualTo("AE");
    assertThat(other.errors()).singleElement().asString().startsWith("MSH[1]-10 205 E");
    assertThat(clinic.rows("measurement")).isEqualTo(1);
  }

  @Test
  void hasOneEffectOfFiftyMessagesAtOnce() throws Exception {
    clinic.patient(Oru.PATIENT);
    var calls = new ArrayList<Callable<Ack>>();
    for (int i = 0; i < 50; i++) {
      calls.add(() -> door.send(Oru.ctx("C1", "412", "F")));
    }
    try (var threads = Executors.newFixedThreadPool(50)) {
      var answers = new ArrayList<Ack>();
      for (var call : threads.invokeAll(calls)) {
        answers.add(call.get());
      }
      assertThat(answers).hasSize(50).containsOnly(answers.getFirst());
      assertThat(answers.getFirst().code()).isEqualTo("AA");
    }
    assertThat(clinic.rows("measurement")).isEqualTo(1);
    awaitPublished(1);
  }

  @Test
  void correctsAndTakesBackAndTellsItAgain() {
    String patient = clinic.patient(Oru.PATIENT);
    assertThat(door.send(Oru.ctx("C1", "410", "P")).code()).isEqualTo("AA");
    measurements(patient).body("items.status", is(List.of("PRELIMINARY")));
    assertThat(door.send(Oru.ctx("C2", "412", "F")).code()).isEqualTo("AA");
    assertThat(door.send(Oru.ctx("C3", "512", "C")).code()).isEqualTo("AA");
    measurements(patient)
        .body("items.status", is(List.of("CORRECTED")))
        .body("items.value.value", is(List.of(512)));
    assertThat(door.send(Oru.ctx("C4", "512", "W")).code()).isEqualTo("AA");
    Ack late = door.send(Oru.ctx("C5", "512", "F"));
    assertThat(late.code()).isEqualTo("AA");
    measurements(patient)
        .body("items.status", is(List.of("WITHDRAWN")))
        .body("items.version", is(List.of(4)));
    awaitPublished(4);
    var last = Published.by(clinic, Topic.PATIENT_MEASUREMENT).getLast();
    assertThat(Published.headers(last))
        .containsEntry("ce_type", EventType.MEASUREMENT_WITHDRAWN.type());
    assertThat(Published.faults(EventType.MEASUREMENT_WITHDRAWN, last.value())).isEmpty();
    assertThat(last.value()).contains("OBX-11 W");
    clinic
        .clinician()
        .get("/fhir/Provenance?patient={id}", patient)
        .then()
        .body(
            "entry.resource.activity.coding.code.flatten()",
            is(List.of("CREATE", "UPDATE", "UPDATE", "NULLIFY")))
        .body(
            "entry.resource.entity.what.identifier.value.flatten()",
            is(List.of("C1", "C2", "C3", "C4")));
    assertThat(door.send(Oru.ctx("C6", "512", "D")).code()).isEqualTo("AA");
    assertThat(clinic.rows("provenance")).as("it was taken back before").isEqualTo(4);
  }

  @Test
  void saysThatThereIsNothingToTakeBack() {
    clinic.patient(Oru.PATIENT);
    Ack ack = door.send(Oru.ctx("C1", "", "D"));
    assertThat(ack.code()).isEqualTo("AA");
    assertThat(ack.errors())
        .singleElement()
        .asString()
        .startsWith("OBX[1]-11 0 W There is no such");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "|412|ng/L -> |x|ng/L -> 422 -> OBX[1]-5 102 E",
        "|412|ng/L -> |0.4|ng/L -> 422 -> OBX[1]-5 102 E",
        "|412|ng/L -> |412|furlong -> 422 -> OBX[1]-6 103 E",
        "|412|ng/L -> |412| -> 422 -> OBX[1]-6 103 E",
        "|412|ng/L -> |412|pmol/L -> 422 -> OBX[1]-6 103 E",
        "|20260105081000 -> |29990105081000 -> 422 -> OBR[1]-7 102 E",
        "|20260105081000 -> |19600105081000 -> 422 -> OBR[1]-7 102 E",
        "|20260105081000 -> | -> 422 -> OBX[1]-14 101 E",
        "||F1| -> ||| -> 422 -> OBR[1]-3 101 E",
        "|||||F -> |||||Q -> 422 -> OBX[1]-11 103 E",
        "|19700305| -> |19800305| -> 422 -> PID[1]-7 204 E",
        "PID|1| -> PV1|1| -> 422 -> PID[1] 101 E",
        "M1^^^CLINIC -> M2^^^CLINIC -> 404 -> PID[1]-3 204 E",
        "^MR| -> ^SS| -> 404 -> PID[1]-3 204 E",
        "ORU^R01^ORU_R01 -> ADT^A01^ADT_A01 -> 400 -> MSH[1]-9 200 E",
        "P|2.5.1 -> P|2.1 -> 400 -> MSH[1]-12 203 E",
        "MSH|^~ -> FHS|^~ -> 400 -> MSH[1] 100 E",
      })
  void refusesTheWholeOfABadMessage(String text, String wrong, int status, String error) {
    clinic.patient(Oru.PATIENT);
    int before = clinic.rows("measurement");
    String message = Oru.ctx("C1", "412", "F") + "OBX|2|NM|77370-5^P1NP^LN||48|ug/L|||||F\r";
    assertThat(message).contains(text);
    Ack ack = door.send(message.replaceFirst(java.util.regex.Pattern.quote(text), wrong));
    assertThat(ack.status()).as(ack.text()).isEqualTo(status);
    assertThat(ack.code()).isEqualTo(status == 400 ? "AR" : "AE");
    assertThat(ack.errors()).anySatisfy(one -> assertThat(one).startsWith(error));
    assertThat(clinic.rows("measurement")).isEqualTo(before);
    assertThat(clinic.rows("hl7v2_message")).isZero();
    awaitNothingPublished();
  }

  @Test
  void namesEveryFaultOfAMessage() {
    clinic.patient(Oru.PATIENT);
    String message =
        Oru.ctx("C1", "x", "F")
            + "OBX|2|NM|77370-5^P1NP^LN||48|furlong|||||F\r"
            + "OBX|3|NM|3016-3^TSH^LN||2|m[IU]/L|||||?\r";
    Ack ack = door.send(message);
    assertThat(ack.errors())
        .hasSize(3)
        .anySatisfy(one -> assertThat(one).startsWith("OBX[1]-5 102 E"))
        .anySatisfy(one -> assertThat(one).startsWith("OBX[2]-6 103 E"))
        .anySatisfy(one -> assertThat(one).startsWith("OBX[3]-11 103 E"));
    assertThat(ack.text()).contains("MSA|AE|C1|OBX[1]-5: Is no number", "(+2)");
  }

  @Test
  void takesAMessageInWhichNothingIsKept() {
    String message = Oru.ctx("C1", "412", "F").replace("41171-0", "26464-8");
    Ack ack = door.send(message);
    assertThat(ack.code()).isEqualTo("AA");
    assertThat(ack.errors())
        .hasSize(2)
        .last()
        .asString()
        .endsWith("Nothing in the message is kept here.");
    assertThat(clinic.rows("parked_message")).isZero();
  }

  @Test
  void warnsOfASexThatDiffersAndTakesTheResult() {
    clinic.patient(Oru.PATIENT);
    Ack ack = door.send(Oru.ctx("C1", "412", "F").replace("|19700305|F", "|1970|M"));
    assertThat(ack.code()).isEqualTo("AA");
    assertThat(ack.errors()).singleElement().asString().startsWith("PID[1]-8 0 W");
  }

  @Test
  void answersInItsOwnWordsWhateverTheRequest() {
    assertThat(door.send("text/plain", Oru.bytes(Oru.ctx("C1", "412", "F"))).status())
        .isEqualTo(415);
    assertThat(door.send("viewer", "application/hl7-v2", new byte[0]).status()).isEqualTo(403);
    assertThat(door.send("application/hl7-v2", new byte[0]).status()).isEqualTo(400);
    assertThat(door.send("application/hl7-v2; charset=klingon", Oru.bytes(Oru.MSH)).status())
        .isEqualTo(415);
    assertThat(
            door.send(
                    "application/hl7-v2",
                    Oru.ctx("C1", "412", "F").replace("BTM", "Knochen-Märker").getBytes(ISO_8859_1))
                .errors())
        .singleElement()
        .asString()
        .startsWith("MSH[1]-18 102 E Byte");
    given()
        .body(new byte[0])
        .contentType("application/hl7-v2")
        .post("/hl7v2")
        .then()
        .statusCode(401);
    assertThat(clinic.rows("hl7v2_message")).isZero();
  }

  @Test
  void refusesAMessageThatIsTooLargeAndTakesALargeOne() {
    clinic.patient(Oru.PATIENT);
    var large = new StringBuilder(Oru.ctx("C1", "412", "F"));
    for (int i = 2; i <= 5_000; i++) {
      large.append("OBX|%d|NM|41171-0^CTX^LN|%d|%d|ng/L|||||F\r".formatted(i, i, 300 + i % 100));
    }
    Ack ack = door.send(large.toString());
    assertThat(ack.code()).as(() -> ack.errors().toString()).isEqualTo("AA");
    assertThat(clinic.rows("measurement")).isEqualTo(5_000);
    String report = "OBX|2|ED|PDF^Report^L||^application^pdf^Base64^" + "QUJD".repeat(12_000_000);
    Ack refused = door.send(Oru.ctx("C2", "412", "F") + report + "\r");
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.code()).isEqualTo("AR");
  }

  @Test
  void hidesTheOtherClinicsPatients() {
    clinic.patient(Oru.PATIENT);
    Clinic other = Clinic.of(stack);
    assertThat(new Hl7Door(other).send(Oru.ctx("C1", "412", "F")).status()).isEqualTo(404);
    assertThat(clinic.rows("measurement")).isZero();
    assertThat(clinic.rows("parked_message")).isZero();
  }

  private ValidatableResponse measurements(String patient) {
    return clinic
        .clinician()
        .get("/v1/patients/{id}/measurements?limit=200", patient)
        .then()
        .statusCode(200);
  }

  private void awaitNothingPublished() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(clinic.rows("outbox")).isZero());
    assertThat(Published.by(clinic, Topic.PATIENT_MEASUREMENT)).isEmpty();
  }

  private void awaitPublished(int events) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(Published.by(clinic, Topic.PATIENT_MEASUREMENT)).hasSize(events));
  }
}
