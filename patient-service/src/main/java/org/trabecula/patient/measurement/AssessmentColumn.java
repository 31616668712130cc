package org.trabecula.patient.measurement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/// An assessment as a JSON document; nothing where there is nothing to say, as for most analytes.
@Converter
class AssessmentColumn implements AttributeConverter<Assessment, String> {
  private static final ObjectMapper JSON = JsonMapper.builder().findAndAddModules().build();

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable Assessment assessment) {
    try {
      return assessment == null || assessment.equals(Assessment.NONE)
          ? null
          : JSON.writeValueAsString(assessment);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An assessment cannot be written as JSON", e);
    }
  }

  @Override
  public Assessment convertToEntityAttribute(@Nullable String json) {
    try {
      return json == null ? Assessment.NONE : JSON.readValue(json, Assessment.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored assessment cannot be read", e);
    }
  }
}
