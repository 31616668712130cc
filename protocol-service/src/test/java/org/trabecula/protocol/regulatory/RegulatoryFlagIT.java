package org.trabecula.protocol.regulatory;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.trabecula.clinicalrules.regulatory.PublishedTable;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.clinicalrules.regulatory.RegulatoryTable;
import org.trabecula.contracts.RegulatoryStatus;
import org.trabecula.contracts.Topic;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.protocol.Wire;

@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "protocol"))
class RegulatoryFlagIT {
  TestStack stack;
  @Inject PublishedTable published;
  @Inject TablePublication publication;

  @Test
  void answersWithStatusSourceAndDate() {
    ask("?region=US&agent=testosterone-cypionate&population=men-with-hypogonadism")
        .statusCode(200)
        .body("region", equalTo("US"))
        .body("authority", equalTo("FDA"))
        .body("table", equalTo(published.version()))
        .body("flags.status", contains("APPROVED"))
        .body("flags[0].controlledSubstance", containsString("CIII"))
        .body("flags[0].source", containsString("FDA"))
        .body("flags[0].provenance", equalTo("found"))
        .body("flags[0].confidence", equalTo("high"))
        .body("flags[0].asOf", equalTo("2026-11"))
        .body("flags[0].statement", containsString("Authorised in US (FDA)"));
  }

  @Test
  void narrowsByFormIndicationAndPopulation() {
    ask("?region=US&agent=estradiol-gel&form=gel&indication=osteoporosis-prevention")
        .body("flags.status", contains("OFF_LABEL"));
    ask("?region=EU&agent=testosterone-patch&population=women&indication=hsdd")
        .body("flags.status", contains("WITHDRAWN"))
        .body("flags.effectiveStatus", hasItem("NOT_APPROVED"));
    ask("?region=CN&agent=testosterone-gel&form=gel&population=men-with-hypogonadism")
        .body("flags.status", contains("UNKNOWN"));
  }

  @Test
  void aPairWithoutRowsIsOneUnknown() {
    ask("?region=JP&agent=tibolone")
        .statusCode(200)
        .body("flags", hasSize(1))
        .body("flags[0].status", equalTo("UNKNOWN"))
        .body("flags[0].source", nullValue());
  }

  @Test
  void namesEveryParameterThatIsUnknownWithWhatIsAllowed() {
    ask("?region=BR&agent=aspirin&form=syrup&indication=joy&population=cats")
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations.field", contains("region", "agent", "form", "indication", "population"))
        .body("violations.in", everyItem(equalTo("query")))
        .body("violations[0].message", containsString("AU, CA, CN, EU, JP, UK, US"))
        .body("violations[1].message", containsString("anastrozole"));
    ask("")
        .statusCode(400)
        .body("violations.field", contains("region", "agent"))
        .body("violations[0].message", containsString("is missing"));
  }

  @Test
  void answersNobodyWithoutAToken() {
    given().get("/v1/regulatory-flags?region=US&agent=tibolone").then().statusCode(401);
  }

  @Test
  void publishesEveryRowThenOnlyWhatDiffersAndATombstoneForWhatIsGone() throws SQLException {
    List<RegulatoryRow> rows = published.table().rows();
    assertThat(stated("", rows.size())).hasSize(rows.size());
    assertThat(publication.publish(published)).isZero();

    RegulatoryRow first = rows.getFirst();
    RegulatoryRow last = rows.getLast();
    List<RegulatoryRow> revised = new ArrayList<>(rows);
    revised.set(0, with(first, RegulatoryStatus.NOT_APPROVED));
    revised.removeLast();
    var revision = new PublishedTable(new RegulatoryTable(revised), "revised", "");
    assertThat(publication.publish(revision)).isEqualTo(2);

    ConsumerRecord<String, byte[]> changed = stated(first.key(), 2).getLast();
    assertThat(Wire.body(changed).path("status").asText()).isEqualTo("NOT_APPROVED");
    assertThat(Wire.body(changed).path("table").asText()).isEqualTo("revised");
    assertThat(changed.headers().lastHeader("ce_clinic")).isNull();
    ConsumerRecord<String, byte[]> gone = stated(last.key(), 2).getLast();
    assertThat(gone.value()).isNull();

    assertThat(publication.publish(published)).isEqualTo(2);
    assertThat(Wire.body(stated(last.key(), 3).getLast()).path("table").asText())
        .isEqualTo(published.version());
  }

  @Test
  void everyRowOnTheTopicHasItsSchema() {
    assertThat(stated("", published.table().rows().size()))
        .filteredOn(record -> record.value() != null)
        .allSatisfy(record -> assertThat(Wire.body(record).path("agent").asText()).isNotEmpty());
  }

  private List<ConsumerRecord<String, byte[]>> stated(String key, int atLeast) {
    return new Wire(stack)
        .records(Topic.PROTOCOL_REGULATORY_FLAG, it -> it.startsWith(key), atLeast);
  }

  private static RegulatoryRow with(RegulatoryRow row, RegulatoryStatus status) {
    return new RegulatoryRow(
        row.region(),
        row.agent(),
        row.form(),
        row.forms(),
        row.population(),
        row.populationWording(),
        row.indication(),
        row.indicationWording(),
        status,
        row.controlledSubstance(),
        row.notes(),
        row.source(),
        row.provenance(),
        row.confidence(),
        YearMonth.of(2027, 1),
        row.prohibition());
  }

  private ValidatableResponse ask(String query) {
    return given()
        .auth()
        .oauth2(stack.token("viewer", "alder"))
        .get("/v1/regulatory-flags" + query)
        .then();
  }
}
