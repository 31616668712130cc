package org.trabecula.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The AsyncAPI document says of topics and messages what the code does.
class AsyncApiContractTest {
  private static final Path FILE = Path.of("asyncapi.yaml");
  private static final Set<String> ENVELOPE =
      Set.of(
          "ce_specversion",
          "ce_id",
          "ce_type",
          "ce_source",
          "ce_subject",
          "ce_time",
          "ce_partitionkey");

  private final JsonNode document;

  AsyncApiContractTest() throws IOException {
    document = new YAMLMapper().readTree(FILE.toFile());
  }

  @Test
  void isAsyncApi3() {
    assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
  }

  @Test
  void hasOneChannelPerTopic() {
    assertThat(document.path("channels"))
        .extracting(channel -> channel.path("address").asText())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Topic.values()).map(Topic::address).toList());
  }

  @Test
  void everyReferenceInTheDocumentLeadsSomewhere() {
    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            ref ->
                assertThat(
                        ref.startsWith("#")
                            ? !document.at(ref.substring(1)).isMissingNode()
                            : Files.exists(FILE.resolveSibling(ref)))
                    .as(ref)
                    .isTrue());
  }

  @ParameterizedTest
  @EnumSource
  void theChannelIsKeptAsTheTopicIsConfigured(Topic topic) {
    JsonNode kafka = channel(topic).at("/bindings/kafka");
    Map<String, String> documented = new LinkedHashMap<>();
    kafka
        .path("topicConfiguration")
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              documented.put(
                  entry.getKey(), value.isArray() ? value.path(0).asText() : value.asText());
            });

    assertThat(documented).isEqualTo(topic.configuration());
    assertThat(kafka.path("partitions").asInt()).isEqualTo(Topic.PARTITIONS);
    assertThat(kafka.path("topic").asText()).isEqualTo(topic.address());
  }

  @ParameterizedTest
  @EnumSource
  void theChannelCarriesTheEventsOfItsTopic(Topic topic) {
    List<String> expected =
        Stream.of(EventType.values())
            .filter(type -> type.topic() == topic)
            .map(EventType::type)
            .toList();

    assertThat(messages(topic).stream().filter(message -> !isTombstone(message)))
        .extracting(message -> header(message, "ce_type").path("const").asText())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @EnumSource
  void aCompactedChannelDocumentsItsTombstone(Topic topic) {
    boolean compacted = "compact".equals(topic.configuration().get("cleanup.policy"));

    assertThat(messages(topic).stream().anyMatch(AsyncApiContractTest::isTombstone))
        .isEqualTo(compacted);
  }

  @ParameterizedTest
  @EnumSource
  void theMessageHasTheSchemaOfItsEvent(EventType type) throws IOException {
    JsonNode message = message(type);
    Path schema = FILE.resolveSibling(message.at("/payload/$ref").asText());

    assertThat(Contract.JSON.readTree(schema.toFile())).isEqualTo(Contract.of(type).schema());
    assertThat(header(message, "ce_dataschema").path("const").asText()).isEqualTo(type.schemaId());
    assertThat(message.path("contentType").asText()).isEqualTo("application/json");
  }

  @ParameterizedTest
  @EnumSource
  void theMessageHasTheEnvelopeAndAClinicUnlessItBelongsToNone(EventType type) {
    JsonNode message = message(type);
    JsonNode trait = follow(message.at("/traits/0")).path("headers");
    Set<String> required = texts(message.at("/headers/required"));
    Set<String> described = new HashSet<>(ENVELOPE);
    described.addAll(List.of("ce_dataschema", "traceparent", "content-type"));
    Set<String> demanded = new HashSet<>(ENVELOPE);
    demanded.addAll(List.of("ce_dataschema", "content-type"));
    if (type != EventType.REGULATORY_FLAG_STATED) {
      described.add("ce_clinic");
      demanded.add("ce_clinic");
    }

    assertThat(trait.path("properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(described);
    assertThat(required).isEqualTo(demanded);
  }

  @ParameterizedTest
  @EnumSource
  void theServiceThatOwnsATopicAloneWritesIt(Topic topic) {
    String owner = topic.address().split("\\.")[1] + "-service";
    List<String> senders = new ArrayList<>();
    for (JsonNode operation : document.path("operations")) {
      if (operation.path("action").asText().equals("send")
          && follow(operation.path("channel")) == channel(topic)) {
        senders.add(operation.at("/tags/0/name").asText());
      }
    }

    assertThat(senders).containsExactly(owner);
  }

  @ParameterizedTest
  @EnumSource
  void theSourceIsTheServiceThatWritesTheTopic(EventType type) {
    String owner = type.topic().address().split("\\.")[1] + "-service";

    assertThat(header(message(type), "ce_source").path("const").asText())
        .isEqualTo("/trabecula/" + owner);
  }

  private JsonNode channel(Topic topic) {
    return document
        .path("channels")
        .valueStream()
        .filter(channel -> channel.path("address").asText().equals(topic.address()))
        .findFirst()
        .orElseThrow();
  }

  private List<JsonNode> messages(Topic topic) {
    return channel(topic).path("messages").valueStream().map(this::follow).toList();
  }

  private JsonNode message(EventType type) {
    return messages(type.topic()).stream()
        .filter(message -> header(message, "ce_type").path("const").asText().equals(type.type()))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode follow(JsonNode reference) {
    return document.at(reference.path("$ref").asText().substring(1));
  }

  private static JsonNode header(JsonNode message, String name) {
    return message.path("headers").path("properties").path(name);
  }

  private static boolean isTombstone(JsonNode message) {
    return message.at("/payload/type").asText().equals("null");
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
