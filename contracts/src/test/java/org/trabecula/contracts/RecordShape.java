package org.trabecula.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where a record and the schema of its JSON disagree, down to every nested record and list.
final class RecordShape {
  private static final String YEAR_MONTH = "pattern ^[0-9]{4}-(0[1-9]|1[0-2])$";
  private static final Map<Class<?>, String> SCALARS =
      Map.ofEntries(
          Map.entry(String.class, "string"),
          Map.entry(ZoneId.class, "string"),
          Map.entry(java.util.UUID.class, "string format uuid"),
          Map.entry(Instant.class, "string format date-time"),
          Map.entry(LocalDate.class, "string format date"),
          Map.entry(YearMonth.class, "string " + YEAR_MONTH),
          Map.entry(BigDecimal.class, "number"),
          Map.entry(Double.class, "number"),
          Map.entry(double.class, "number"),
          Map.entry(Integer.class, "integer"),
          Map.entry(int.class, "integer"),
          Map.entry(Boolean.class, "boolean"),
          Map.entry(boolean.class, "boolean"));

  private final Contract contract;
  private final List<String> differences = new ArrayList<>();

  private RecordShape(Contract contract) {
    this.contract = contract;
  }

  static List<String> differences(Class<?> record, Contract contract) {
    var shape = new RecordShape(contract);
    shape.compareRecord(record.getSimpleName(), record, contract.schema());
    return shape.differences;
  }

  private void compareRecord(String path, Class<?> record, JsonNode schema) {
    Set<String> components = new TreeSet<>();
    Set<String> mandatory = new TreeSet<>();
    for (RecordComponent component : record.getRecordComponents()) {
      components.add(component.getName());
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        mandatory.add(component.getName());
      }
    }
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(name -> required.add(name.textValue()));
    JsonNode properties = schema.path("properties");
    Set<String> published = new TreeSet<>();
    properties.fieldNames().forEachRemaining(published::add);

    differ(path + " type", "object", schema.path("type").asText());
    differ(path + " properties", components, published);
    differ(path + " required", mandatory, required);
    for (RecordComponent component : record.getRecordComponents()) {
      String place = path + "." + component.getName();
      JsonNode property = properties.path(component.getName());
      if (!property.has("description") && !contract.resolve(property).has("description")) {
        differences.add(place + " has no description");
      }
      compare(place, component.getAnnotatedType(), contract.resolve(property));
    }
  }

  private void compare(String path, AnnotatedType annotated, JsonNode schema) {
    Type type = annotated.getType();
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      differ(path + " type", "array", schema.path("type").asText());
      AnnotatedType element =
          ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments()[0];
      compare(path + "[]", element, contract.resolve(schema.path("items")));
    } else if (type instanceof Class<?> record && record.isRecord()) {
      compareRecord(path, record, schema);
    } else if (type instanceof Class<?> constants && constants.isEnum()) {
      List<String> published = new ArrayList<>();
      schema.path("enum").forEach(constant -> published.add(constant.textValue()));
      differ(path + " enum", names(constants), published);
    } else {
      differ(path, SCALARS.get(type), scalar(type, schema));
    }
  }

  private static List<String> names(Class<?> constants) {
    return Arrays.stream(constants.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name())
        .toList();
  }

  /// A text may be narrowed by a pattern of its own; the pattern of a month is the month's alone.
  private static String scalar(Type type, JsonNode schema) {
    String scalar = schema.path("type").asText();
    if (schema.has("format")) {
      scalar += " format " + schema.get("format").textValue();
    }
    if (type == YearMonth.class && schema.has("pattern")) {
      scalar += " pattern " + schema.get("pattern").textValue();
    }
    return scalar;
  }

  private void differ(String what, @Nullable Object expected, Object published) {
    if (!published.equals(expected)) {
      differences.add(what + ": the record has " + expected + ", the schema " + published);
    }
  }
}
