package org.trabecula.patient.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.patient.Clinic;
import org.trabecula.patient.Published;
import org.trabecula.patient.fhir.ExpectedOfCorpus.Result;

/// Eight real Bundles of the public corpus, whole.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class CorpusIT {
  TestStack stack;
  private Clinic clinic;

  @BeforeEach
  void enter() {
    clinic = Clinic.of(stack);
  }

  @Test
  void takesTheEightBundlesOfTheCorpusTwiceWithTheSameResult() {
    var first = Bundles.CORPUS.stream().map(this::post).toList();
    var expected = Bundles.CORPUS.stream().flatMap(ExpectedOfCorpus::results).toList();
    int measurements = expected.size();
    // 78 occasions with height, weight, body mass index and two blood pressures; 8 T-scores; 16
    // haematocrits, 16 haemoglobins, 10 haemoglobins A1c, one albumin, one ALT, 22 triglycerides;
    // 13 panels with creatinine, calcium and glucose; 11 filtration rates.
    assertThat(measurements).isEqualTo(78 * 5 + 8 + 16 + 16 + 10 + 1 + 1 + 22 + 13 * 3 + 11);
    assertThat(clinic.rows("patient")).isEqualTo(8);
    assertThat(clinic.rows("measurement")).isEqualTo(measurements);
    var stored = first.stream().flatMap(this::results).sorted(Result.BY_SOURCE).toList();
    var sent = expected.stream().sorted(Result.BY_SOURCE).toList();
    assertThat(stored).hasSameSizeAs(sent);
    for (int i = 0; i < sent.size(); i++) {
      assertThat(stored.get(i)).matches(sent.get(i)::isStoredAs, "is stored of " + sent.get(i));
    }
    long conditions =
        Bundles.CORPUS.stream().mapToLong(ExpectedOfCorpus::conditionsOfTheCatalogue).sum();
    // Six of osteoporosis among them; 78 answers about smoking; 29 orders.
    int statements = Math.toIntExact(conditions) + 78 + 29;
    assertThat(conditions).isGreaterThan(6);
    assertThat(clinic.rows("statement")).isEqualTo(statements);
    assertThat(clinic.rows("provenance")).isEqualTo(8 + measurements + statements);
    awaitPublished(Topic.PATIENT_MEASUREMENT, measurements);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(clinic.rows("outbox")).isZero());
    var profiles = Published.by(clinic, Topic.PATIENT_PROFILE);
    assertThat(profiles.stream().map(one -> one.key()).distinct()).hasSize(8);
    var latest = new HashMap<String, JsonPath>();
    profiles.forEach(one -> latest.put(one.key(), JsonPath.from(one.value())));
    assertThat(latest.values())
        .allMatch(profile -> Set.of("NEVER", "FORMER").contains(profile.getString("smoking")))
        .filteredOn(profile -> profile.getList("medications.agent").equals(List.of("alendronate")))
        .hasSize(6);

    var second = Bundles.CORPUS.stream().map(this::post).toList();
    assertThat(locations(second)).isEqualTo(locations(first));
    assertThat(clinic.rows("patient")).isEqualTo(8);
    assertThat(clinic.rows("measurement")).isEqualTo(measurements);
    assertThat(clinic.rows("outbox")).isZero();
    assertThat(clinic.rows("statement")).isEqualTo(statements);
    assertThat(clinic.rows("provenance")).isEqualTo(8 + measurements + statements);
    assertThat(Published.by(clinic, Topic.PATIENT_PROFILE)).hasSameSizeAs(profiles);
    assertThat(Published.by(clinic, Topic.PATIENT_MEASUREMENT)).hasSize(measurements);
  }

  @Test
  void answersEachEntryOfARealBundleInItsPlace() {
    JsonPath sent = JsonPath.from(Bundles.corpus(Bundles.CORPUS.getFirst()));
    JsonPath answer = post(Bundles.CORPUS.getFirst());
    List<String> types = sent.getList("entry.resource.resourceType");
    assertThat(answer.getList("entry")).hasSize(types.size());
    for (int i = 0; i < types.size(); i++) {
      String response = "entry[" + i + "].response.";
      String location = answer.getString(response + "location");
      String outcome = answer.getString(response + "outcome.issue[0].diagnostics");
      switch (types.get(i)) {
        case "Patient" -> {
          assertThat(location).startsWith("Patient/");
          assertThat(answer.getString(response + "outcome"))
              .contains("us-core-birthsex", "SS, DL, PPN", "maiden name");
        }
        case "Observation", "Condition" ->
            assertThat(location == null ? outcome : location)
                .matches(types.get(i) + "/.*|Not stored: .*");
        case "MedicationRequest" -> {
          assertThat(location).startsWith("MedicationStatement/");
          assertThat(outcome).contains("Kept as medication history");
        }
        default -> assertThat(outcome).startsWith("Not stored: resources of type " + types.get(i));
      }
    }
  }

  @Test
  void keepsOfARealPatientWhatIsNeededAndNoMore() {
    String id = patientOf(post(Bundles.CORPUS.getFirst()));
    clinic
        .clinician()
        .get("/v1/patients/{id}", id)
        .then()
        .body("identifiers", hasSize(1))
        .body("identifiers[0].system", is("http://hospital.smarthealthit.org"))
        .body("name.family", is("Windler"))
        .body("sexForClinicalUse", is("FEMALE"))
        .body("birth", is("1924-12"))
        .body("deceased", is(true))
        .body("uterus", is("UNKNOWN"));
    clinic
        .clinician()
        .get("/v1/patients/{id}/measurements?analyte=t-score-unspecified", id)
        .then()
        .body("items", hasSize(1))
        .body("items[0].value.unit", is("{T-score}"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(clinic.rows("outbox")).isZero());
    assertThat(Published.by(clinic, Topic.PATIENT_PROFILE))
        .isNotEmpty()
        .extracting(one -> one.value())
        .asString()
        .doesNotContain("Windler", "Cathryn", "999-10-7004", "5b477e00-ba36");
  }

  /// What is stored of the patient of a Bundle, page by page.
  private Stream<Result> results(JsonPath answer) {
    var results = new ArrayList<Result>();
    String path = "/v1/patients/" + patientOf(answer) + "/measurements?limit=200";
    String cursor = null;
    do {
      String asked = cursor == null ? path : path + "&cursor=" + cursor;
      String page = clinic.clinician().get(asked).then().statusCode(200).extract().asString();
      cursor = ExpectedOfCorpus.read(page, results);
    } while (cursor != null);
    return results.stream();
  }

  private JsonPath post(String name) {
    return clinic
        .fhir(Bundles.corpus(name))
        .post("/fhir")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static List<Object> locations(List<JsonPath> answers) {
    return answers.stream().<Object>map(one -> one.getList("entry.response.location")).toList();
  }

  private static String patientOf(JsonPath answer) {
    return answer.getString("entry[0].response.location").substring("Patient/".length());
  }

  private void awaitPublished(Topic topic, int events) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(Published.by(clinic, topic)).hasSize(events));
  }
}
