package org.trabecula.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Schema, example and record of every event say the same.
class EventContractTest {

  @ParameterizedTest
  @EnumSource
  void theSchemaIsAJsonSchemaUnderTheIdThatTheEventNames(EventType type) {
    JsonNode schema = Contract.of(type).schema();

    assertThat(Contract.META_SCHEMA.validate(schema)).isEmpty();
    assertThat(schema.path("$id").asText()).isEqualTo(type.schemaId());
    assertThat(schema.path("$schema").asText())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(schema.path("title").asText()).isNotBlank();
    assertThat(schema.path("description").asText()).isNotBlank();
  }

  @Test
  void theMetaSchemaRefusesWhatIsNoSchema() {
    ObjectNode schema = Contract.JSON.createObjectNode().put("type", "strin");

    assertThat(Contract.META_SCHEMA.validate(schema)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theSchemaHasThePropertiesOfTheRecordAndNoOther(EventType type) {
    assertThat(RecordShape.differences(type.body(), Contract.of(type))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theSchemaAcceptsTheExample(EventType type) {
    Contract contract = Contract.of(type);

    assertThat(contract.errorsIn(contract.example())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theExampleShowsEveryPartOfTheSchema(EventType type) {
    Contract contract = Contract.of(type);
    Set<JsonNode> shown = new HashSet<>();
    Mutations.of(contract).forEach(mutation -> shown.add(mutation.part()));

    assertThat(shown).contains(contract.schema()).containsAll(contract.schema().path("$defs"));
  }

  @ParameterizedTest
  @EnumSource
  void theSchemaRefusesEveryWrongVariantOfTheExample(EventType type) {
    Contract contract = Contract.of(type);

    assertThat(Mutations.of(contract))
        .isNotEmpty()
        .allSatisfy(
            mutation ->
                assertThat(contract.errorsIn(mutation.body()).isEmpty())
                    .as(mutation.name())
                    .isEqualTo(mutation.valid()));
  }

  @ParameterizedTest
  @EnumSource
  void theSchemaToleratesAPropertyThatALaterVersionAdds(EventType type) {
    Contract contract = Contract.of(type);
    ObjectNode later = contract.example().deepCopy();
    later.put("addedLater", 1);

    assertThat(contract.errorsIn(later)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theExampleSurvivesTheWayThroughTheRecord(EventType type) throws JsonProcessingException {
    JsonNode example = Contract.of(type).example();

    Event event = Contract.JSON.readValue(example.toString(), type.body());
    String written = Contract.JSON.writeValueAsString(event);

    assertThat(Contract.JSON.readTree(written)).isEqualTo(example);
    assertThat(Contract.JSON.readValue(written, type.body())).isEqualTo(event);
    assertThat(EventType.of(event)).isEqualTo(type);
  }

  @ParameterizedTest
  @EnumSource
  void theRecordHasNoPlaceForAnUnknownProperty(EventType type) {
    ObjectNode unknown = Contract.of(type).example().deepCopy();
    unknown.put("addedLater", 1);

    assertThatThrownBy(() -> Contract.JSON.readValue(unknown.toString(), type.body()))
        .isInstanceOf(UnrecognizedPropertyException.class);
  }

  @Test
  void aQuantityKeepsTheDigitsItWasStatedWith() throws JsonProcessingException {
    var quantity = new Quantity(new BigDecimal("2.50"), "ug/L");

    String written = Contract.JSON.writeValueAsString(quantity);

    assertThat(written).isEqualTo("{\"value\":2.50,\"unit\":\"ug/L\"}");
    assertThat(Contract.JSON.readValue(written, Quantity.class)).isEqualTo(quantity);
  }

  @Test
  void theMeasurementIsOfACataloguedAnalyteInItsCanonicalUnit() throws JsonProcessingException {
    JsonNode example = Contract.of(EventType.MEASUREMENT_RECORDED).example();
    var measurement = Contract.JSON.readValue(example.toString(), MeasurementRecorded.class);

    assertThat(AnalyteCatalogueTest.catalogue())
        .filteredOn(analyte -> analyte.code().equals(measurement.analyte()))
        .singleElement()
        .extracting(Analyte::unit)
        .isEqualTo(measurement.value().unit());
  }

  @Test
  void everyEventHasATypeOfItsOwnAndIsFoundByIt() {
    assertThat(Arrays.stream(EventType.values()).map(EventType::type).collect(Collectors.toSet()))
        .hasSameSizeAs(EventType.values());
    assertThat(EventType.values())
        .allSatisfy(type -> assertThat(EventType.ofType(type.type())).contains(type));
    assertThat(EventType.ofType("org.trabecula.patient.profile-recorded.v2")).isEmpty();
  }

  @Test
  void everyBodyIsTheBodyOfOneEvent() {
    assertThat(Arrays.stream(EventType.values()).map(EventType::body))
        .containsExactlyInAnyOrder(bodies());
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends Event>[] bodies() {
    return (Class<? extends Event>[]) Event.class.getPermittedSubclasses();
  }
}
