package org.trabecula.projection.intake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.EventType;
import org.trabecula.kit.events.InvalidEvent;
import org.trabecula.projection.Wire;

class CompletenessTest {
  private static final Set<EventType> TAKEN_IN =
      EnumSet.of(
          EventType.PROFILE_RECORDED,
          EventType.MEASUREMENT_RECORDED,
          EventType.MEASUREMENT_WITHDRAWN,
          EventType.REGIMEN_ASSIGNED,
          EventType.REGIMEN_STOPPED);

  static Stream<EventType> takenIn() {
    return TAKEN_IN.stream();
  }

  /// Every required field but `deceased`, whose absence the record cannot tell from false.
  static List<Arguments> requiredFields() throws IOException {
    var fields = new ArrayList<Arguments>();
    for (EventType type : TAKEN_IN) {
      resource(type.schemaResource())
          .path("required")
          .forEach(field -> fields.add(Arguments.of(type, field.asText())));
    }
    fields.removeIf(field -> field.get()[1].equals("deceased"));
    return fields;
  }

  @ParameterizedTest
  @MethodSource("takenIn")
  void acceptsTheExampleOfTheContract(EventType type) throws IOException {
    Event example = Wire.JSON.treeToValue(resource(type.exampleResource()), type.body());
    assertThatCode(() -> Completeness.require(example)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("requiredFields")
  void refusesABodyThatLacksARequiredFieldAndNamesIt(EventType type, String field)
      throws IOException {
    ObjectNode incomplete = resource(type.exampleResource());
    incomplete.remove(field);
    Event body = Wire.JSON.treeToValue(incomplete, type.body());
    assertThatThrownBy(() -> Completeness.require(body))
        .isInstanceOf(InvalidEvent.class)
        .hasMessageContaining(field);
  }

  @Test
  void looksIntoWhatTheBodyHolds() throws IOException {
    ObjectNode regimen = resource(EventType.REGIMEN_ASSIGNED.exampleResource());
    ((ObjectNode) regimen.at("/steps/1/dose")).remove("unit");
    Event body = Wire.JSON.treeToValue(regimen, EventType.REGIMEN_ASSIGNED.body());
    assertThatThrownBy(() -> Completeness.require(body)).hasMessageContaining("steps[].dose.unit");
  }

  private static ObjectNode resource(String name) throws IOException {
    try (var stream = Event.class.getResourceAsStream(name)) {
      return (ObjectNode) Wire.JSON.readTree(stream);
    }
  }
}
