package org.trabecula.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Every single way to spoil an example: a property dropped, set to null, or given a value that its
/// schema excludes.
final class Mutations {
  private static final String NONSENSE = "no such value";

  /// @param part the schema of the object that was changed
  /// @param valid whether the schema must still accept the example
  record Mutation(String name, JsonNode part, JsonNode body, boolean valid) {}

  private final Contract contract;
  private final List<Mutation> mutations = new ArrayList<>();

  private Mutations(Contract contract) {
    this.contract = contract;
  }

  static List<Mutation> of(Contract contract) {
    var mutations = new Mutations(contract);
    mutations.mutateObject("", contract.schema());
    return mutations.mutations;
  }

  private void mutate(String pointer, JsonNode property) {
    JsonNode schema = contract.resolve(property);
    JsonNode value = contract.example().at(pointer);
    if (value.isObject()) {
      mutateObject(pointer, schema);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        mutate(pointer + "/" + i, schema.get("items"));
      }
    }
  }

  private void mutateObject(String pointer, JsonNode part) {
    List<String> required = new ArrayList<>();
    part.path("required").forEach(name -> required.add(name.textValue()));
    List<String> names = new ArrayList<>();
    contract.example().at(pointer).fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      String place = pointer + "/" + name;
      JsonNode property = part.path("properties").path(name);
      drop(pointer, name, part, !required.contains(name));
      replace(pointer, name, part, JsonNodeFactory.instance.nullNode());
      replace(pointer, name, part, wrong(contract.resolve(property)));
      mutate(place, property);
    }
  }

  private void drop(String pointer, String name, JsonNode part, boolean valid) {
    JsonNode body = contract.example().deepCopy();
    ((ObjectNode) body.at(pointer)).remove(name);
    mutations.add(new Mutation(pointer + "/" + name + " dropped", part, body, valid));
  }

  private void replace(String pointer, String name, JsonNode part, JsonNode value) {
    JsonNode body = contract.example().deepCopy();
    ((ObjectNode) body.at(pointer)).set(name, value);
    mutations.add(new Mutation(pointer + "/" + name + " = " + value, part, body, false));
  }

  private static JsonNode wrong(JsonNode schema) {
    JsonNodeFactory values = JsonNodeFactory.instance;
    if (schema.has("enum") || schema.has("format") || schema.has("pattern")) {
      return values.textNode(NONSENSE);
    }
    if (schema.has("minimum") || schema.has("exclusiveMinimum")) {
      return values.numberNode(-1);
    }
    return switch (schema.path("type").asText()) {
      case "string" -> values.textNode("");
      case "array" -> new ArrayNode(values).add(values.nullNode());
      default -> values.textNode(NONSENSE);
    };
  }
}
