package org.trabecula.patient.measurement;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.UUID;

/// Reads a row that was kept as a JSON document when it was superseded. Columns that came later are
/// absent in it.
final class StoredRow {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .findAndAddModules()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addMixIn(Measurement.class, Columns.class)
          .build();

  private static final ObjectMapper DOCUMENTS = JsonMapper.builder().findAndAddModules().build();

  private StoredRow() {}

  /// The column that is not called as the field is, and the one that holds a document.
  @JsonAutoDetect(
      fieldVisibility = Visibility.ANY,
      getterVisibility = Visibility.NONE,
      isGetterVisibility = Visibility.NONE,
      creatorVisibility = Visibility.ANY)
  private abstract static class Columns {
    @JsonProperty("patient_id")
    UUID patient = new UUID(0, 0);

    @com.fasterxml.jackson.annotation.JsonIgnore Assessment assessment = Assessment.NONE;
  }

  static Measurement read(String row) {
    try {
      var tree = JSON.readTree(row);
      var assessment = tree.get("assessment");
      return JSON.treeToValue(tree, Measurement.class)
          .assessed(
              assessment == null || assessment.isNull()
                  ? Assessment.NONE
                  : DOCUMENTS.treeToValue(assessment, Assessment.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A superseded measurement cannot be read", e);
    }
  }
}
