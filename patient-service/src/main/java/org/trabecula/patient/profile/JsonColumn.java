package org.trabecula.patient.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.persistence.AttributeConverter;

/// A record that is kept as a JSON document. It is read as it was written, whatever the HTTP door's
/// JSON is set to.
public abstract class JsonColumn<T> implements AttributeConverter<T, String> {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .findAndAddModules()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final Class<T> type;

  protected JsonColumn(Class<T> type) {
    this.type = type;
  }

  public static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record cannot be written as JSON", e);
    }
  }

  public static <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored " + type.getSimpleName() + " cannot be read", e);
    }
  }

  @Override
  public String convertToDatabaseColumn(T value) {
    return write(value);
  }

  @Override
  public T convertToEntityAttribute(String json) {
    return read(json, type);
  }
}
