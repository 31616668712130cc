package org.trabecula.endtoend;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.trabecula.endtoend.SharedStack.STACK;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// A clinic of its own, and what its people send.
final class Clinic {
  private final String name = "clinic-" + UUID.randomUUID();

  String name() {
    return name;
  }

  RequestSpecification as(String role, String service) {
    return given()
        .baseUri(STACK.service(service).toString())
        .auth()
        .oauth2(STACK.token(role, name))
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .contentType("application/json");
  }

  /// A woman four years after menopause, uterus present.
  static ObjectNode woman() {
    var profile = JsonNodeFactory.instance.objectNode();
    profile
        .putArray("identifiers")
        .addObject()
        .put("system", "urn:example:mrn")
        .put("value", UUID.randomUUID().toString());
    profile.putObject("name").put("given", "Ada").put("family", "Exemplar");
    profile.put("sexForClinicalUse", "FEMALE").put("birth", "1969-05").put("region", "CN");
    profile.put("deceased", false).put("uterus", "PRESENT").put("smoking", "NEVER");
    profile.put("heightCm", 164).put("weightKg", 63);
    profile.putObject("menopause").put("status", "POSTMENOPAUSAL").put("finalPeriod", "2022-01");
    profile.putObject("hypogonadism").put("kind", "NONE");
    profile.putObject("growthHormoneDeficiency").put("presence", "ABSENT");
    profile.putArray("medications");
    return profile;
  }

  String register(ObjectNode profile) {
    return as("integration", "patient-service")
        .body(profile.toString())
        .post("/v1/patients")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  static ObjectNode result(String analyte, double value, String unit, int daysAgo) {
    var result = JsonNodeFactory.instance.objectNode();
    var at =
        LocalDate.now(ZoneOffset.UTC).minusDays(daysAgo).atTime(8, 0).toInstant(ZoneOffset.UTC);
    result.put("analyte", analyte).put("value", value).put("unit", unit);
    result.put("effectiveAt", at.toString()).put("fasting", "YES");
    result
        .putObject("source")
        .put("system", "urn:example:lab")
        .put("id", UUID.randomUUID().toString());
    return result;
  }

  static ObjectNode scan(String site, double value, int daysAgo) {
    var scan = result("bmd-" + site, value, "g/cm2", daysAgo);
    scan.remove("fasting");
    return scan.put("device", "Hologic Horizon");
  }

  Response send(String patient, ObjectNode result) {
    return as("integration", "patient-service")
        .body(result.toString())
        .post("/v1/patients/{patient}/measurements", patient);
  }

  /// Returns the measurement's identifier.
  String measure(String patient, ObjectNode result) {
    return send(patient, result).then().statusCode(201).extract().path("id");
  }

  /// A CTX in a message of HL7 v2.
  Response oru(String number, String family) {
    String message =
        """
        MSH|^~\\&|LAB|NORTH|EHR|CLINIC|20260105101500+0100||ORU^R01^ORU_R01|%s|P|2.5.1
        PID|1||%s^^^MRN&urn:example:mrn&URI^MR||%s^Ada||196905|F
        OBR|1|P100|F100|BTM^Bone turnover^L|||20260105081000+0100
        OBX|1|NM|41171-0^C-telopeptide^LN||412|pg/mL^^UCUM|||||F
        """
            .formatted(UUID.randomUUID(), number, family)
            .replace("\n", "\r");
    return as("integration", "patient-service")
        .contentType("application/hl7-v2")
        .body(message.getBytes(StandardCharsets.UTF_8))
        .post("/hl7v2");
  }

  /// That the patient has not got it.
  void state(String patient, String fact) {
    as("clinician", "patient-service")
        .body("{\"presence\": \"ABSENT\"}")
        .put("/v1/patients/{patient}/facts/{fact}", patient, fact)
        .then()
        .statusCode(201);
  }

  /// A patch with progesterone; repeated while the new patient is on the way to protocol-service.
  Response prescribe(String patient) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> prescribeOnce(patient), answer -> answer.statusCode() != 404);
  }

  Response prescribeOnce(String patient) {
    var regimen = JsonNodeFactory.instance.objectNode();
    regimen.putObject("protocol").put("code", "mht-patch-progesterone").put("version", 1);
    regimen.put("start", Instant.now().minus(100, ChronoUnit.DAYS).toString().substring(0, 10));
    return as("clinician", "protocol-service")
        .body(regimen.toString())
        .post("/v1/patients/{patient}/regimens", patient);
  }

  Response forecast(String patient) {
    return as("viewer", "projection-service").get("/v1/patients/{patient}/forecast", patient);
  }
}
