package org.trabecula.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.trabecula.contracts.EventType;

/// Holds an event's body to the published schema of its type.
final class Contract {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private Contract() {}

  /// What is wrong with the body; nothing when it keeps the contract.
  static List<Error> violations(EventType type, JsonNode body) throws IOException {
    try (InputStream schema = EventType.class.getResourceAsStream(type.schemaResource())) {
      var read = ForecastTopic.JSON.readTree(Objects.requireNonNull(schema));
      return REGISTRY.getSchema(read).validate(body);
    }
  }
}
