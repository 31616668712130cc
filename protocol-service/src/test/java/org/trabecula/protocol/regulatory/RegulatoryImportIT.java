package org.trabecula.protocol.regulatory;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trabecula.clinicalrules.regulatory.AgentInRegion;
import org.trabecula.clinicalrules.regulatory.PublishedTable;
import org.trabecula.clinicalrules.regulatory.RegulatoryQuestion;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.RegulatoryStatus;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.protocol.Shipped;
import org.trabecula.protocol.Wire;

/// Another table of the regulators: shown, refused, put in force, told of, and kept.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "protocol"))
class RegulatoryImportIT {
  private static final PublishedTable SHIPPED = PublishedTable.shipped();
  private static final String DOOR = "/v1/regulatory-flags/versions";
  private static final String IPAMORELIN =
      "JP-PMDA,ipamorelin,SC,adults,bone health / anti-ageing,NOT_APPROVED,none,-,-,recalled,high,2026-11\n";
  private static final String CJC =
      "JP-PMDA,CJC-1295,SC,adults,bone health / anti-ageing,NOT_APPROVED,none,-,-,recalled,high,2026-11\n";
  private static final String IPAMORELIN_KEY =
      "JP/ipamorelin/ipamorelin-sc/bone-or-anti-ageing/adults";
  private static final String CJC_KEY = "JP/cjc-1295-dac/cjc-1295-sc/bone-or-anti-ageing/adults";

  /// Ipamorelin is withdrawn in Japan, and nothing is said of CJC-1295 there.
  private static final String REVISED =
      SHIPPED
          .file()
          .replace(IPAMORELIN, IPAMORELIN.replace("NOT_APPROVED,none,-", "WITHDRAWN,none,a note"))
          .replace(CJC, "");

  TestStack stack;
  @Inject TablePublication publication;
  @Inject TableInForce inForce;
  @Inject DataSource database;
  @Inject ObjectMapper json;
  @Inject Heard heard;

  /// What an observer hears.
  @Singleton
  static class Heard {
    private final List<FlagsChanged> events = new CopyOnWriteArrayList<>();

    void hear(@Observes FlagsChanged event) {
      events.add(event);
    }
  }

  @AfterEach
  void whatShipsIsInForceAgain() {
    load("?label=as shipped", SHIPPED.file());
    assertThat(inForce.current().version()).isEqualTo(SHIPPED.version());
  }

  @Test
  void aDryRunShowsTheDiffAndStoresNothing() {
    long number = inForce.current().number();

    load("?dryRun=true", REVISED)
        .statusCode(200)
        .body("dryRun", equalTo(true))
        .body("loaded", equalTo(false))
        .body("version", equalTo(version(REVISED)))
        .body("activeRegimens", notNullValue())
        .body("diff.added", empty())
        .body("diff.removed.key", hasItem(CJC_KEY))
        .body("diff.removed.key", hasSize(2))
        .body("diff.removed[0].fields.status", equalTo("NOT_APPROVED"))
        .body("diff.changed.key", contains(IPAMORELIN_KEY))
        .body("diff.changed[0].fields.name", contains("notes", "status"))
        .body("diff.changed[0].fields.before", contains(null, "NOT_APPROVED"))
        .body("diff.changed[0].fields.after", contains("a note", "WITHDRAWN"));

    assertThat(inForce.current().number()).isEqualTo(number);
    reader().get(DOOR + "/" + version(REVISED)).then().statusCode(404);
  }

  @Test
  void theDiffIsThereForPeopleToRead() {
    administrator()
        .accept("text/plain")
        .body(REVISED)
        .post(DOOR + "?dryRun=true")
        .then()
        .statusCode(200)
        .contentType(startsWith("text/plain"))
        .body(containsString("dry run"))
        .body(containsString("0 added, 2 removed, 1 changed"))
        .body(containsString("    status: NOT_APPROVED -> WITHDRAWN"));
  }

  @Test
  void anImportIsAuditedAndAnswersFromThenOn() {
    String file = REVISED.replace("a note", "a note of the audit");
    load("?label=PMDA review", file)
        .statusCode(201)
        .header("Location", containsString(DOOR + "/" + version(file)))
        .body("loaded", equalTo(true))
        .body("diff.changed.key", contains(IPAMORELIN_KEY));

    reader()
        .get("/v1/regulatory-flags?region=JP&agent=ipamorelin")
        .then()
        .body("table", equalTo(version(file)))
        .body("flags.status", contains("WITHDRAWN"))
        .body("flags.notes", contains("a note of the audit"));
    reader()
        .get("/v1/regulatory-flags?region=JP&agent=cjc-1295-dac")
        .then()
        .body("flags.status", contains("UNKNOWN"));
    reader()
        .get(DOOR + "/" + version(file))
        .then()
        .statusCode(200)
        .body("version.label", equalTo("PMDA review"))
        .body("version.origin", equalTo("IMPORTED"))
        .body("version.loadedBy", notNullValue())
        .body("version.loadedFrom", equalTo("alder"))
        .body("version.loadedAt", notNullValue())
        .body("version.asOf", equalTo("2026-11"))
        .body("version.inForce", equalTo(true))
        .body("version.removed", equalTo(2))
        .body("diff.changed[0].fields.name", contains("notes", "status"));
    assertThat(
            reader()
                .get(DOOR + "/" + version(file) + "/table")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .extract()
                .asByteArray())
        .isEqualTo(file.getBytes(UTF_8));
  }

  @Test
  void everyLoadingIsListedNewestFirst() {
    load("?label=one", REVISED + "\n").statusCode(201);

    String next =
        reader()
            .get(DOOR + "?limit=1")
            .then()
            .statusCode(200)
            .body("items.label", contains("one"))
            .body("items.inForce", contains(true))
            .extract()
            .path("next");
    reader()
        .get(DOOR + "?limit=1&cursor=" + next)
        .then()
        .body("items.inForce", contains(false))
        .body("items", hasSize(1));
    reader()
        .get(DOOR + "?limit=200")
        .then()
        .body("items[-1].origin", equalTo("SHIPPED"))
        .body("items[-1].label", equalTo("shipped, as of 2026-11"))
        .body("items[-1].loadedBy", nullValue())
        .body("next", nullValue());
    reader()
        .get(DOOR + "?cursor=eA")
        .then()
        .statusCode(400)
        .body("violations.field", contains("cursor"));
    reader().get(DOOR + "/0000").then().statusCode(404);
    reader().get(DOOR + "/0000/table").then().statusCode(404);
  }

  @Test
  void theSameTableAgainChangesNothing() {
    load("?label=first", REVISED.replace("a note", "again")).statusCode(201);
    long number = inForce.current().number();
    int heardBefore = heard.events.size();

    load("?label=second", REVISED.replace("a note", "again"))
        .statusCode(200)
        .body("loaded", equalTo(false))
        .body("diff.changed", empty())
        .body("diff.removed", empty());

    assertThat(inForce.current().number()).isEqualTo(number);
    assertThat(heard.events).hasSize(heardBefore);
  }

  @Test
  void tellsTheTopicAndTheServiceOfWhatChangedAndOfNothingElse() {
    int stated = records(IPAMORELIN_KEY, 1).size();
    int dropped = records(CJC_KEY, 1).size();
    int all = records("", 1).size();
    heard.events.clear();

    load("?label=told", REVISED.replace("a note", "told")).statusCode(201);

    ConsumerRecord<String, byte[]> changed = records(IPAMORELIN_KEY, stated + 1).getLast();
    assertThat(Wire.body(changed).path("status").asText()).isEqualTo("WITHDRAWN");
    assertThat(Wire.body(changed).path("table").asText())
        .isEqualTo(version(REVISED.replace("a note", "told")));
    ConsumerRecord<String, byte[]> gone = records(CJC_KEY, dropped + 1).getLast();
    assertThat(gone.value()).isNull();
    assertThat(Wire.header(gone, "ce_type"))
        .isEqualTo("org.trabecula.protocol.regulatory-flag-stated.v1");
    assertThat(records("", all + 3)).hasSize(all + 3);
    assertThat(heard.events)
        .containsExactly(
            new FlagsChanged(
                Set.of(
                    new AgentInRegion(Region.JP, "ipamorelin"),
                    new AgentInRegion(Region.JP, "cjc-1295-dac"),
                    new AgentInRegion(Region.JP, "cjc-1295-no-dac"))));
  }

  @Test
  void refusesATableWithEveryMistakeInIt() {
    long number = inForce.current().number();
    String bad =
        SHIPPED
                .file()
                .replace(IPAMORELIN, IPAMORELIN.replace("SC", "by mail").replace("high", "sure"))
            + IPAMORELIN.replace("2026-11", "2999-01")
            + "US-FDA,clomiphene\n";

    load("?label=bad", bad)
        .statusCode(400)
        .contentType("application/problem+json")
        .body(
            "violations.field",
            contains(
                line(IPAMORELIN) + ", route_form",
                line(IPAMORELIN) + ", confidence",
                "line 172, as_of",
                "line 173, row"))
        .body("violations[0].message", equalTo("no alias for 'by mail'"))
        .body("violations[2].message", equalTo("2999-01 is in the future"));
    load("?label=bad&dryRun=true", bad).statusCode(400);
    load("?label=bad", "")
        .statusCode(400)
        .body("violations.message", contains("there is no header"));

    assertThat(inForce.current().number()).isEqualTo(number);
  }

  @Test
  void listsAThousandMistakesAndCountsTheRest() {
    load("?label=bad", SHIPPED.file().lines().findFirst().orElseThrow() + "\nx".repeat(1500))
        .statusCode(400)
        .body("violations", hasSize(1001))
        .body("violations[-1].message", equalTo("and 500 more mistakes"));
  }

  @Test
  void refusesAnImportWithoutALabelOrWithAnUnclearWish() {
    load("", REVISED).statusCode(400).body("violations.field", contains("label"));
    load("?label=a\nb", REVISED).statusCode(400).body("violations.field", contains("label"));
    load("?label=" + "x".repeat(201), REVISED).statusCode(400);
    load("?label=x&dryRun=ture", REVISED)
        .statusCode(400)
        .body("violations.field", contains("dryRun"));
    administrator().contentType("application/json").body("{}").post(DOOR).then().statusCode(415);
  }

  @Test
  void onlyAnAdministratorImports() {
    for (String role : List.of("clinician", "integration", "viewer")) {
      as(role)
          .contentType("text/csv; charset=utf-8")
          .body(REVISED)
          .post(DOOR + "?label=x")
          .then()
          .statusCode(403);
      as(role).get(DOOR).then().statusCode(200);
    }
    given()
        .contentType("text/csv; charset=utf-8")
        .body(REVISED)
        .post(DOOR + "?label=x")
        .then()
        .statusCode(401);
    given().get(DOOR).then().statusCode(401);
  }

  @Test
  void anImportSurvivesTheRestartOfThisReleaseAndOfOnesThatKnowNothingNewer() throws SQLException {
    load("?label=kept", REVISED.replace("a note", "kept")).statusCode(201);
    long number = inForce.current().number();

    publication.start(null);
    publication.ship(release("same month"));
    publication.ship(release("older", YearMonth.of(2026, 10)));

    assertThat(inForce.current().number()).isEqualTo(number);
  }

  @Test
  void aReleaseThatKnowsSomethingNewerReplacesAnImportOnce() throws SQLException {
    load("?label=replaced", REVISED.replace("a note", "replaced")).statusCode(201);
    PublishedTable newer = release("newer", YearMonth.of(2027, 1));

    assertThat(publication.ship(newer).loaded()).isTrue();
    assertThat(inForce.current().version()).isEqualTo(newer.version());
    assertThat(publication.ship(newer).loaded()).isFalse();
    reader()
        .get(DOOR + "/" + newer.version())
        .then()
        .body("version.origin", equalTo("SHIPPED"))
        .body("version.label", equalTo("shipped, as of 2027-01"));

    PublishedTable mended = release("mended", YearMonth.of(2027, 1));
    assertThat(publication.ship(mended).loaded()).isTrue();
    assertThat(publication.ship(release("old", YearMonth.of(2026, 12))).loaded()).isFalse();
    assertThat(inForce.current().version()).isEqualTo(mended.version());
  }

  @Test
  void anotherInstanceAnswersByTheSameTableAtOnce() {
    var other = new TableInForce(database, json);
    RegulatoryQuestion question = RegulatoryQuestion.of(Region.JP, "ipamorelin");
    TableInForce.Version before = other.current();
    assertThat(other.current()).isSameAs(before);

    load("?label=other", REVISED.replace("a note", "other")).statusCode(201);

    assertThat(other.current().number()).isEqualTo(inForce.current().number());
    assertThat(other.current().table().flags(question).getFirst().status())
        .isEqualTo(RegulatoryStatus.WITHDRAWN);
  }

  @Test
  void importsAtOnceComeOneAfterTheOther() throws Exception {
    long before = inForce.current().number();
    List<Callable<Integer>> imports = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String file = REVISED.replace("a note", "at once " + i % 3);
      imports.add(() -> load("?label=at once", file).extract().statusCode());
    }

    List<Integer> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (Future<Integer> answer : threads.invokeAll(imports)) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).isSubsetOf(200, 201);
    long loaded = answers.stream().filter(status -> status == 201).count();
    TableInForce.Version last = inForce.current();
    assertThat(last.number()).isEqualTo(before + loaded);
    reader()
        .get("/v1/regulatory-flags?region=JP&agent=ipamorelin")
        .then()
        .body("table", equalTo(last.version()))
        .body("flags.notes", contains(startsWith("at once ")));
  }

  @Test
  void whatWasLoadedStaysAsItWasLoaded() throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      assertThat(
              catchThrowable(
                  () -> statement.execute("update regulatory_table_version set label = 'x'")))
          .hasMessageContaining("stays as it was loaded");
      assertThat(catchThrowable(() -> statement.execute("delete from regulatory_table_version")))
          .hasMessageContaining("stays as it was loaded");
    }
  }

  @Test
  void countsTheActiveRegimensThatAreEvaluatedAgain() {
    String gel =
        SHIPPED
            .file()
            .replace(
                "JP-PMDA,estradiol transdermal,gel,", "JP-PMDA,estradiol transdermal,patch/gel,");
    UUID patient = UUID.randomUUID();
    new Wire(stack).profile("alder", Shipped.woman(patient, Region.JP));
    String regimens = "/v1/patients/" + patient + "/regimens";
    await().atMost(Wire.SOON).untilAsserted(() -> reader().get(regimens).then().statusCode(200));
    int before = touched(gel);

    as("clinician")
        .contentType("application/json")
        .body(
            """
            {"steps": [{"agent": "estradiol-gel", "dose": {"value": 0.75, "unit": "mg"},
                        "route": "TRANSDERMAL", "intervalDays": 1, "start": "2026-03-01"},
                       {"agent": "progesterone-micronised", "dose": {"value": 100, "unit": "mg"},
                        "route": "ORAL", "intervalDays": 1, "start": "2026-03-01"}]}""")
        .post(regimens)
        .then()
        .statusCode(201);

    assertThat(touched(gel)).isEqualTo(before + 1);
    load("?label=gel", gel).statusCode(201).body("activeRegimens", equalTo(before + 1));
    reader()
        .get(DOOR + "/" + version(gel))
        .then()
        .body("version.activeRegimens", equalTo(before + 1));
  }

  private int touched(String file) {
    return load("?dryRun=true", file).statusCode(200).extract().path("activeRegimens");
  }

  private static PublishedTable release(String name) {
    return release(name, YearMonth.of(2026, 11));
  }

  /// A table as a release might ship it.
  private static PublishedTable release(String name, YearMonth asOf) {
    String file = REVISED.replace("a note", name).replace("2026-11\n", asOf + "\n");
    return PublishedTable.read(file.getBytes(UTF_8), YearMonth.of(9999, 12));
  }

  private static String version(String file) {
    return PublishedTable.read(file.getBytes(UTF_8), YearMonth.of(9999, 12)).version();
  }

  private static String line(String row) {
    return "line " + (SHIPPED.file().lines().toList().indexOf(row.strip()) + 1);
  }

  private ValidatableResponse load(String query, String file) {
    return administrator().body(file).post(DOOR + query).then();
  }

  private List<ConsumerRecord<String, byte[]>> records(String key, int atLeast) {
    return new Wire(stack)
        .records(Topic.PROTOCOL_REGULATORY_FLAG, it -> it.startsWith(key), atLeast);
  }

  private RequestSpecification administrator() {
    return as("administrator").contentType("text/csv; charset=utf-8");
  }

  private RequestSpecification reader() {
    return as("viewer");
  }

  private RequestSpecification as(String role) {
    return given().auth().oauth2(stack.token(role, "alder"));
  }
}
