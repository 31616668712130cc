package org.trabecula.patient.erasure;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.reducing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.contracts.Topic;
import org.trabecula.kit.erasure.PatientTable;
import org.trabecula.kit.erasure.PatientTables;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.patient.Clinic;
import org.trabecula.patient.Published;
import org.trabecula.patient.Rows;

@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class ErasureIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /// Tables that no patient is in.
  private static final List<String> OF_NOBODY =
      List.of(
          "clinic_settings",
          "clinic_settings_version",
          "erased",
          "erasure_salt",
          "flyway_schema_history",
          // Which messages came, by their sender's numbers; it forgets them after 30 days.
          "hl7v2_message");

  private static final List<String> OF_THE_KIT = List.of("inbox", "outbox", "idempotent_request");

  private static final String PERSON =
      """
      {"identifiers": [{"system": "urn:mrn", "value": "%s"}],
       "name": {"given": "Griselda", "family": "%s"}, "birth": "1968-04"%s}""";
  private static final String CTX =
      """
      {"analyte": "ctx", "value": %s, "unit": "ng/L", "effectiveAt": "2026-01-05T08:00:00Z",
       "source": {"system": "urn:lab", "id": "%s"}}""";
  private static final String BUNDLE =
      """
      {"resourceType": "Bundle", "type": "transaction", "entry": [
        {"fullUrl": "urn:uuid:7d1f4a52-0000-4000-8000-000000000001",
         "resource": {"resourceType": "Patient", "id": "p1", "birthDate": "1970-03-05",
           "identifier": [{"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203",
                                                "code": "MR"}]},
                           "system": "urn:mrn", "value": "M1"}]},
         "request": {"method": "POST", "url": "Patient"}},
        {"resource": {"resourceType": "Observation", "id": "o1", "status": "final",
           "code": {"coding": [{"system": "http://loinc.org", "code": "41171-0"}]},
           "subject": {"reference": "urn:uuid:7d1f4a52-0000-4000-8000-000000000001"},
           "effectiveDateTime": "2026-01-05T08:10:00+01:00",
           "valueQuantity": {"value": 412, "system": "http://unitsofmeasure.org", "code": "ng/L"}},
         "request": {"method": "POST", "url": "Observation"}}]}""";

  TestStack stack;
  @Inject DataSource database;
  @Inject PatientTables tables;
  private Clinic clinic;
  private Rows rows;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
    rows = new Rows(database);
  }

  @Test
  void removesEveryRowAndTakesEveryRecordOffTheTopics() {
    String mrn = "MRN-" + UUID.randomUUID();
    String family = "Quackenbush-" + UUID.randomUUID();
    String bystander = clinic.patient();
    measure(bystander, "other", 300);
    String id = someone(mrn, family);
    awaitPublished();
    assertThat(rows.tablesWith(id)).contains("patient", "measurement", "idempotent_request");
    for (PatientTable table : tables.all()) {
      assertThat(held(table, id)).as(table.name()).isPositive();
    }

    erase(id).then().statusCode(204);

    awaitPublished();
    assertThat(rows.tablesWith(id)).isEmpty();
    assertThat(rows.tablesWith(family)).isEmpty();
    assertThat(rows.tablesWith(mrn)).isEmpty();
    assertThat(latest(Topic.PATIENT_PROFILE, id)).hasSize(1).allSatisfy(ErasureIT::isTombstone);
    assertThat(latest(Topic.PATIENT_MEASUREMENT, id)).hasSize(3).allSatisfy(ErasureIT::isTombstone);
    clinic.clinician().get("/v1/patients/{id}", id).then().statusCode(404);
    clinic.clinician().get("/v1/patients/{id}/measurements", id).then().statusCode(404);
    clinic
        .clinician()
        .get("/v1/patients/{id}/measurements", bystander)
        .then()
        .statusCode(200)
        .body("items", hasSize(1));
    assertThat(latest(Topic.PATIENT_PROFILE, bystander))
        .allSatisfy(record -> assertThat(record.value()).isNotNull());
  }

  @Test
  void knowsOfEveryTableWhetherPatientsAreInIt() {
    var known = new ArrayList<>(tables.all().stream().map(PatientTable::name).toList());
    known.addAll(OF_THE_KIT);
    known.addAll(OF_NOBODY);
    assertThat(rows.tables()).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void erasesAgainWithoutEffect() {
    String id = clinic.patient();
    erase(id).then().statusCode(204);
    awaitPublished();
    int published = Published.by(clinic, Topic.PATIENT_PROFILE).size();
    erase(id).then().statusCode(204);
    awaitPublished();
    assertThat(Published.by(clinic, Topic.PATIENT_PROFILE)).hasSize(published);
  }

  @Test
  void erasesNobodyWhomTheClinicNeverHad() {
    erase(UUID.randomUUID().toString())
        .then()
        .statusCode(404)
        .contentType(containsString("application/problem+json"))
        .body("violations[0].field", equalTo("id"));
    erase("not-a-uuid").then().statusCode(404);
    String id = clinic.patient();
    Clinic other = Clinic.of(stack);
    other.as("administrator").delete("/v1/patients/{id}", id).then().statusCode(404);
    clinic.clinician().get("/v1/patients/{id}", id).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clinician", "integration", "viewer"})
  void letsAdministratorsAloneErase(String role) {
    String id = clinic.patient();
    clinic.as(role).delete("/v1/patients/{id}", id).then().statusCode(403);
    given().delete("/v1/patients/{id}", id).then().statusCode(401);
    clinic.clinician().get("/v1/patients/{id}", id).then().statusCode(200);
  }

  @Test
  void refusesASourceThatSendsTheErasedPatientAgainAndRegistersWhoComesBackAnew() {
    String location =
        clinic
            .fhir(BUNDLE)
            .post("/fhir")
            .then()
            .statusCode(200)
            .extract()
            .path("entry[0].response.location");
    String id = location.replaceFirst(".*Patient/([^/]+).*", "$1");
    erase(id).then().statusCode(204);

    clinic
        .fhir(BUNDLE)
        .post("/fhir")
        .then()
        .statusCode(409)
        .body("issue[0].expression[0]", equalTo("Bundle.entry[0].resource"))
        .body("issue[0].diagnostics", containsString("was erased"));
    assertThat(clinic.rows("patient") + clinic.rows("measurement")).isZero();

    String anew = clinic.patient(PERSON.formatted("M1", "Back", ""));
    assertThat(anew).isNotEqualTo(id);
    measure(anew, "o1", 420);
  }

  /// Whoever is writing while the patient is erased comes before or finds nobody.
  @Test
  void leavesNothingOfWhatArrivesMeanwhile() throws Exception {
    for (int round = 0; round < 4; round++) {
      String id = clinic.patient();
      measure(id, "kept-" + round, 400);
      try (var threads = Executors.newFixedThreadPool(6)) {
        var answers = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 12; i++) {
          String source = i % 2 == 0 ? "kept-" + round : "new-" + round + "-" + i;
          int value = 401 + i;
          answers.add(threads.submit(() -> send(id, source, value).statusCode()));
          if (i == 5) {
            answers.add(threads.submit(() -> erase(id).statusCode()));
          }
        }
        for (Future<Integer> answer : answers) {
          assertThat(answer.get()).isIn(200, 201, 204, 404);
        }
      }
      awaitPublished();
      assertThat(rows.tablesWith(id)).isEmpty();
      assertThat(latest(Topic.PATIENT_MEASUREMENT, id)).allSatisfy(ErasureIT::isTombstone);
      assertThat(latest(Topic.PATIENT_PROFILE, id)).allSatisfy(ErasureIT::isTombstone);
    }
  }

  @Test
  void saysWhoErasedWhenWithoutSayingWhom() {
    String id = clinic.patient();
    var lines = new ArrayList<String>();
    var listener = new Lines(lines);
    Logger.getLogger("").addHandler(listener);
    try {
      erase(id).then().statusCode(204);
    } finally {
      Logger.getLogger("").removeHandler(listener);
    }
    List<String> marker =
        rows.texts("select marker from erased where clinic = '" + clinic.name() + "'");
    assertThat(marker).singleElement().asString().matches("[0-9a-f]{64}");
    assertThat(
            rows.texts(
                "select erased_by from erased where erased_at > now() - interval '1 hour' and clinic = '"
                    + clinic.name()
                    + "'"))
        .containsExactly("demo-administrator");
    assertThat(lines)
        .anyMatch(line -> line.contains(marker.getFirst()) && line.contains("demo-administrator"))
        .noneMatch(line -> line.contains(id));
  }

  @Test
  void handsOutAllThatIsHeldOfAPatient() {
    String mrn = "MRN-" + UUID.randomUUID();
    String id = someone(mrn, "Quackenbush");
    clinic.patient();
    JsonPath export =
        clinic
            .clinician()
            .get("/v1/patients/{id}/export", id)
            .then()
            .statusCode(200)
            .header("Cache-Control", "no-store")
            .body("service", equalTo("patient-service"))
            .body("clinic", equalTo(clinic.name()))
            .body("patientId", equalTo(id))
            .body("patient.person.name.family", equalTo(List.of("Quackenbush")))
            .body("patientIdentifier.value", equalTo(List.of(mrn)))
            .body("patientVersion.version", hasItems(1, 2))
            .body("measurement", hasSize(3))
            .body("measurement.sourceId", hasItems("first", "second", "withdrawn"))
            .body("measurementSuperseded.content.originalValue", hasItems(412))
            .body("idempotentRequest", hasSize(2))
            .extract()
            .jsonPath();
    for (PatientTable table : tables.all()) {
      assertThat(export.getList(camelCase(table.name()))).as(table.name()).isNotEmpty();
    }
    clinic.as("administrator").get("/v1/patients/{id}/export", id).then().statusCode(200);
  }

  @Test
  void handsOutNothingOfStrangersAndNothingToOthers() {
    String id = clinic.patient();
    String path = "/v1/patients/" + id + "/export";
    clinic.as("viewer").get(path).then().statusCode(403);
    clinic.as("integration").get(path).then().statusCode(403);
    given().get(path).then().statusCode(401);
    Clinic.of(stack).clinician().get(path).then().statusCode(404);
    erase(id).then().statusCode(204);
    clinic.clinician().get(path).then().statusCode(404);
  }

  /// Someone with two versions, an identifier, and a measurement of each kind.
  private String someone(String mrn, String family) {
    String id =
        once(PERSON.formatted(mrn, family, ""))
            .post("/v1/patients")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    once(PERSON.formatted(mrn, family, ", \"weightKg\": 61"))
        .header("If-Match", "\"1\"")
        .put("/v1/patients/{id}", id)
        .then()
        .statusCode(200);
    measure(id, "first", 412);
    send(id, "first", 421).then().statusCode(200);
    measure(id, "second", 390);
    withdrawn(id);
    state(id, mrn);
    return id;
  }

  private void state(String id, String mrn) {
    rows.write(
        """
        insert into statement (
          clinic, id, patient_id, version, kind, code, content, standing, source_system, source_id, recorded_at)
        values ('%1$s', '%2$s', '%3$s', 2, 'FACT', 'fracture', '{}', 'ACTIVE', 'urn:ehr', '%2$s', now());
        insert into statement_superseded (clinic, id, version, content, superseded_at)
        values ('%1$s', '%2$s', 1, '{}', now());
        insert into provenance (
          clinic, target_id, target_version, target_kind, patient_id, activity, agent, recorded_at)
        values ('%1$s', '%2$s', 2, 'STATEMENT', '%3$s', 'CORRECTED', 'ehr', now());
        insert into parked_message (
          clinic, id, sender, control_id, reason, identifiers, content, received_by, received_at)
        values ('%1$s', '%2$s', 'urn:lab', '1', 'unknown',
          '[{"system": "urn:old", "value": "1"}, {"system": "urn:mrn", "value": "%4$s"}]', 'PID|||%4$s', 'lab', now())
        """
            .formatted(clinic.name(), UUID.randomUUID(), id, mrn));
  }

  private void withdrawn(String id) {
    String entry =
        """
        {"resource": {"resourceType": "Observation", "id": "withdrawn", "status": "%s",
           "identifier": [{"system": "urn:lab", "value": "withdrawn"}],
           "code": {"coding": [{"system": "http://loinc.org", "code": "41171-0"}]},
           "subject": {"reference": "Patient/%s"}, "effectiveDateTime": "2026-01-09T08:10:00+01:00",
           "valueQuantity": {"value": 388, "system": "http://unitsofmeasure.org", "code": "ng/L"}},
         "request": {"method": "POST", "url": "Observation"}}""";
    String bundle = "{\"resourceType\": \"Bundle\", \"type\": \"transaction\", \"entry\": [%s]}";
    for (String status : List.of("final", "entered-in-error")) {
      clinic
          .fhir(bundle.formatted(entry.formatted(status, id)))
          .post("/fhir")
          .then()
          .statusCode(200);
    }
  }

  private RequestSpecification once(String body) {
    return clinic.json(body).header("Idempotency-Key", UUID.randomUUID().toString());
  }

  private void measure(String patient, String source, int value) {
    send(patient, source, value).then().statusCode(201);
  }

  private io.restassured.response.Response send(String patient, String source, int value) {
    return clinic
        .json(CTX.formatted(value, source))
        .post("/v1/patients/{patient}/measurements", patient);
  }

  private io.restassured.response.Response erase(String patient) {
    return clinic.as("administrator").delete("/v1/patients/{patient}", patient);
  }

  private void awaitPublished() {
    await().atMost(SOON).until(() -> clinic.rows("outbox") == 0);
  }

  /// The last record of every key of the patient.
  private List<ConsumerRecord<String, String>> latest(Topic topic, String patient) {
    Map<String, java.util.Optional<ConsumerRecord<String, String>>> byKey =
        Published.by(clinic, topic).stream()
            .filter(record -> record.key().contains(patient))
            .collect(groupingBy(ConsumerRecord::key, reducing((former, later) -> later)));
    return byKey.values().stream().flatMap(java.util.Optional::stream).toList();
  }

  private static void isTombstone(ConsumerRecord<String, String> record) {
    assertThat(record.value()).as(record.key()).isNull();
    assertThat(Published.headers(record)).containsKeys("ce_id", "ce_type", "ce_clinic");
  }

  private int held(PatientTable table, String patient) {
    Stream<String> parameters = Stream.of(clinic.name(), patient);
    String condition =
        parameters.reduce(table.rows(), (sql, value) -> sql.replaceFirst("\\?", "'" + value + "'"));
    return Integer.parseInt(
        rows.texts("select count(*) from " + table.name() + " where " + condition).getFirst());
  }

  private static String camelCase(String name) {
    var words = name.split("_");
    var camel = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      camel.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return camel.toString();
  }

  private static final class Lines extends Handler {
    private final List<String> seen;
    private final PatternFormatter formatter = new PatternFormatter("%c %s%e%n");

    private Lines(List<String> seen) {
      this.seen = java.util.Collections.synchronizedList(seen);
    }

    @Override
    public void publish(LogRecord record) {
      seen.add(formatter.format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
