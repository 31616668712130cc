package org.trabecula.patient.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
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
class SettingsIT {
  private static final String SETTINGS =
      """
      {"zone": "Europe/Dublin", "jurisdiction": "EU",
       "scanners": [{"id": "dxa-1", "site": "total-hip", "precisionPercent": 1.1}],
       "leastSignificantChanges": [{"analyte": "ctx", "percent": 30}],
       "laboratoryCodes": [{"sender": "LAB", "code": "BCTX", "unit": "ng/mL", "analyte": "ctx"}],
       "registerUnknown": true}
      """;

  TestStack stack;
  private Clinic clinic;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
  }

  @Test
  void aClinicThatConfiguredNothingHasTheDefaults() {
    clinic
        .as("viewer")
        .get("/v1/clinic/settings")
        .then()
        .statusCode(200)
        .header("ETag", nullValue())
        .body("version", is(0))
        .body("zone", is("UTC"))
        .body("registerUnknown", is(false))
        .body("inEffect.find { it.analyte == 'bmd-total-hip' }.percent", is(5.0f));
  }

  @Test
  void everyChangeIsAVersionThatOthersAreTold() {
    put(null, SETTINGS).then().statusCode(200).header("ETag", "\"1\"");
    put(null, SETTINGS).then().statusCode(428);
    put("\"1\"", SETTINGS).then().statusCode(200).header("ETag", "\"1\"");
    put("\"1\"", SETTINGS.replace("Dublin", "Lisbon")).then().header("ETag", "\"2\"");
    put("\"1\"", SETTINGS).then().statusCode(412);
    clinic
        .clinician()
        .get("/v1/clinic/settings/versions")
        .then()
        .body("items.version", contains(1, 2))
        .body("items.zone", contains("Europe/Dublin", "Europe/Lisbon"));
    clinic
        .clinician()
        .get("/v1/clinic/settings")
        .then()
        .header("ETag", "\"2\"")
        .body("inEffect.find { it.analyte == 'ctx' }.percent", is(30.0f))
        .body("inEffect.find { it.analyte == 'p1np' }.percent", is(25.0f));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(Published.by(clinic, Topic.PATIENT_CLINIC)).hasSize(2));
    var record = Published.by(clinic, Topic.PATIENT_CLINIC).getLast();
    assertThat(record.key()).isEqualTo(clinic.name());
    assertThat(Published.headers(record))
        .containsEntry("ce_clinic", clinic.name())
        .containsEntry("ce_partitionkey", clinic.name());
    assertThat(Published.faults(EventType.CLINIC_CONFIGURED, record.value())).isEmpty();
    assertThat(record.value()).contains("\"zone\":\"Europe/Lisbon\"", "\"version\":2");
  }

  @Test
  void onlyAnAdministratorConfigures() {
    clinic.json(SETTINGS).put("/v1/clinic/settings").then().statusCode(403);
    Clinic other = Clinic.of(stack);
    put(null, SETTINGS).then().statusCode(200);
    other.as("viewer").get("/v1/clinic/settings").then().body("version", is(0));
  }

  @Test
  void oneOfTwentyFirstConfigurationsAtOnceIsTheFirst() throws Exception {
    var calls = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 20; i++) {
      String own = SETTINGS.replace("\"percent\": 30", "\"percent\": " + (30 + i));
      calls.add(() -> put(null, own).statusCode());
    }
    try (var threads = Executors.newFixedThreadPool(20)) {
      var statuses = new ArrayList<Integer>();
      for (var call : threads.invokeAll(calls)) {
        statuses.add(call.get());
      }
      assertThat(statuses).containsOnlyOnce(200).isSubsetOf(200, 412, 428);
    }
    assertThat(clinic.rows("clinic_settings_version")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"Europe/Dublin\" | \"Europe/Atlantis\" | zone",
        "\"zone\": \"Europe/Dublin\", | | zone",
        "\"jurisdiction\": \"EU\", | | jurisdiction",
        "\"EU\" | \"Mars\" | jurisdiction",
        "total-hip | toe | scanners[0].site",
        "1.1 | 110 | scanners[0].precisionPercent",
        "\"id\": \"dxa-1\" | \"id\": \"\" | scanners[0].id",
        "\"percent\": 30 | \"percent\": 0 | leastSignificantChanges[0].percent",
        "\"analyte\": \"ctx\", \"percent\" | \"analyte\": \"xtc\", \"percent\" | leastSignificantChanges[0].analyte",
        "\"analyte\": \"ctx\"} | \"analyte\": \"xtc\"} | laboratoryCodes[0].analyte",
        "\"sender\": \"LAB\", | | laboratoryCodes[0].sender",
        "[{\"id\" | [null, {\"id\" | scanners[0]"
      })
  void whatCannotBeRightNamesTheFieldAndStoresNothing(
      String part, @Nullable String wrong, String field) {
    String body = SETTINGS.replace(part, wrong == null ? "" : wrong);
    assertThat(body).isNotEqualTo(SETTINGS);
    put(null, body).then().statusCode(400).body("violations.field", hasItem(field));
    assertThat(clinic.rows("clinic_settings") + clinic.rows("outbox")).isZero();
  }

  private Response put(@Nullable String ifMatch, String body) {
    var request = clinic.as("administrator").contentType(ContentType.JSON).body(body);
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    return request.put("/v1/clinic/settings");
  }
}
