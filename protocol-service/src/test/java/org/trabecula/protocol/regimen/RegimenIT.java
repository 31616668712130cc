package org.trabecula.protocol.regimen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Region;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.protocol.Shipped;
import org.trabecula.protocol.Wire;

@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "protocol"))
class RegimenIT extends RegimenDoor {
  @Test
  void aTitrationByVolumeIsStoredAndPublishedAsPlainSteps() {
    know(Shipped.man(patient = UUID.randomUUID(), Region.US));
    assign(
            """
            {"jurisdiction": "US", "indication": "male-hypogonadism", "steps": [
              {"agent": "testosterone-cypionate", "route": "INTRAMUSCULAR", "intervalDays": 7,
               "dose": {"value": 0.25, "unit": "mL", "concentration": {"value": 200, "unit": "mg/mL"}},
               "start": "2026-03-01",
               "changes": [{"on": "2026-04-12", "dose": {"value": 0.5, "unit": "mL",
                            "concentration": {"value": 200, "unit": "mg/mL"}}}]}]}""",
            null)
        .statusCode(201)
        .body("steps.dose.value", contains(50, 100))
        .body("steps.dose.unit", contains("mg", "mg"))
        .body("steps.start", contains("2026-03-01", "2026-04-12"))
        .body("steps[0].stop", equalTo("2026-04-12"))
        .body("steps.indication", contains("male-hypogonadism", "male-hypogonadism"));
    read("/current").body("steps.dose.value", contains(50, 100));
  }

  @Test
  void assignsAProtocolWithItsFlagsAndTellsKafka() {
    assign(MHT, null)
        .statusCode(201)
        .header("Location", endsWith("/v1/patients/" + patient + "/regimens/current"))
        .header("ETag", "\"1\"")
        .body("status", equalTo("ACTIVE"))
        .body("protocol.code", equalTo("mht-patch-progesterone"))
        .body("steps.agent", contains("estradiol-patch", "progesterone-micronised"))
        .body("steps.dose.unit", contains("ug/d", "mg"))
        .body("flags.agent", hasItem("progesterone-micronised"))
        .body("flags.region", everyItem(equalTo("US")))
        .body("flags.status", hasItem("OFF_LABEL"))
        .body("flags.asOf", everyItem(equalTo("2026-11")))
        .body("flagsNote", nullValue());

    ConsumerRecord<String, byte[]> record = events(1).getFirst();
    JsonNode event = Wire.body(record);
    assertThat(record.key()).isEqualTo(CLINIC + "/" + patient);
    assertThat(Wire.header(record, "ce_clinic")).isEqualTo(CLINIC);
    assertThat(Wire.header(record, "ce_type"))
        .isEqualTo("org.trabecula.protocol.regimen-assigned.v1");
    assertThat(event.path("version").asInt()).isEqualTo(1);
    assertThat(event.path("steps")).hasSize(2);
    assertThat(event.path("history")).isEmpty();
    assertThat(event.path("flags")).isNotEmpty();
  }

  @Test
  void replacesTheActiveRegimenWhoseStepsStopWhereTheNewOneStarts() {
    assign(MHT, null).statusCode(201);

    assign(GEL.formatted("2026-09-01"), "\"1\"")
        .statusCode(201)
        .header("ETag", "\"2\"")
        .body("version", equalTo(2))
        .body("protocol", nullValue());

    read("/current")
        .statusCode(200)
        .body("steps.agent", contains("estradiol-gel", "progesterone-micronised"));
    read("")
        .statusCode(200)
        .body("items.status", contains("ACTIVE", "REPLACED"))
        .body("items[1].endedOn", equalTo("2026-09-01"))
        .body("items[1].steps.stop", everyItem(equalTo("2026-09-01")))
        .body("next", nullValue());
    JsonNode event = Wire.body(events(2).getLast());
    assertThat(event.path("history").findValuesAsText("stop"))
        .containsExactly("2026-09-01", "2026-09-01");
    assertThat(event.path("history").findValuesAsText("start"))
        .containsExactly("2026-03-01", "2026-03-01");
  }

  @Test
  void stopsARegimenWithTheReason() {
    assign(MHT, null).statusCode(201);

    stop("{\"stoppedOn\": \"2026-10-01\", \"reason\": \"No longer wanted\"}", "\"1\"")
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("status", equalTo("STOPPED"))
        .body("reason", equalTo("No longer wanted"));

    read("/current").statusCode(404).body("violations[0].field", equalTo("id"));
    ConsumerRecord<String, byte[]> record = events(2).getLast();
    assertThat(Wire.header(record, "ce_type"))
        .isEqualTo("org.trabecula.protocol.regimen-stopped.v1");
    assertThat(Wire.body(record).path("history").findValuesAsText("stop"))
        .containsExactly("2026-10-01", "2026-10-01");
    assign(GEL.formatted("2026-11-01"), null).statusCode(201).header("ETag", "\"3\"");
    assertThat(Wire.body(events(3).getLast()).path("history")).hasSize(2);
  }

  @Test
  void aResendHasNoSecondEffect() {
    String key = UUID.randomUUID().toString();
    String first = resend(key, MHT).statusCode(201).extract().path("regimenId");

    resend(key, MHT).statusCode(201).body("regimenId", equalTo(first)).header("ETag", "\"1\"");
    resend(key, GEL.formatted("2026-11-01")).statusCode(422);
    read("").body("items", hasSize(1));
  }

  @Test
  void ofManyFirstRegimensAtOnceOneIsAssigned() throws Exception {
    Callable<Integer> first = () -> assign(MHT, null).extract().statusCode();
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Integer> statuses =
          threads.invokeAll(Stream.generate(() -> first).limit(12).toList()).stream()
              .map(
                  answer -> {
                    try {
                      return answer.get();
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  })
              .toList();
      assertThat(statuses).containsOnlyOnce(201).filteredOn(it -> it != 201).containsOnly(428);
    }
    read("").body("items", hasSize(1));
  }

  @Test
  void listsPageByPage() {
    assign(MHT, null).statusCode(201);
    assign(GEL.formatted("2026-05-01"), "\"1\"").statusCode(201);
    assign(GEL.formatted("2026-07-01"), "\"2\"").statusCode(201);

    String next =
        read("?limit=2")
            .statusCode(200)
            .body("items.version", contains(3, 3))
            .extract()
            .path("next");
    read("?limit=2&cursor=" + next)
        .body("items", hasSize(1))
        .body("items[0].protocol.code", equalTo("mht-patch-progesterone"))
        .body("next", nullValue());
    read("?limit=0").statusCode(400).body("violations[0].field", equalTo("limit"));
    read("?limit=lots").statusCode(400).body("violations[0].field", equalTo("limit"));
    read("?cursor=@@").statusCode(400).body("violations[0].field", equalTo("cursor"));
  }

  @Test
  void flagsNothingWhereTheRegionIsUnknownAndSaysSo() {
    patient = UUID.randomUUID();
    know(Shipped.woman(patient, null));

    assign(MHT, null)
        .statusCode(201)
        .body("flags", hasSize(0))
        .body("flagsNote", containsString("names a region"));
    assertThat(Wire.body(events(1).getFirst()).path("flags")).isEmpty();
  }

  @Test
  void flagsAnAgentOfWhichTheTableSaysNothingAsUnknown() {
    assign(
            """
            {"steps": [{"agent": "tibolone", "dose": {"value": 2.5, "unit": "mg"}, "route": "ORAL",
                        "intervalDays": 1, "start": "2026-03-01"}]}""",
            null)
        .statusCode(201)
        .body("flags.status", contains("UNKNOWN"));
    Wire.body(events(1).getFirst());
  }

  @Test
  void anOlderProfileThatComesLateChangesNothingNorDoesWhatIsNoProfile() {
    wire.profile(CLINIC, Shipped.profile(patient, 3, Region.CN, Sex.FEMALE, false));
    wire.profile(CLINIC, Shipped.profile(patient, 2, Region.EU, Sex.FEMALE, true));
    wire.send(CLINIC, patient, "{".getBytes(UTF_8), UUID.randomUUID());
    know(Shipped.woman(UUID.randomUUID(), Region.US));

    assign(MHT, null).statusCode(201).body("flags.region", everyItem(equalTo("CN")));
  }
}
