package org.trabecula.projection.dossier;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.orm.JsonFormat;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import org.hibernate.type.format.AbstractJsonFormatMapper;

/// JSON as it is stored. A field that a later version wrote does not stop this one from reading.
@JsonFormat
@PersistenceUnitExtension
@ApplicationScoped
class StoredJson extends AbstractJsonFormatMapper {
  private final ObjectMapper json;

  StoredJson(ObjectMapper json) {
    this.json = json.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  @Override
  public <T> T fromString(CharSequence stored, Type type) {
    try {
      return json.readValue(stored.toString(), json.constructType(type));
    } catch (IOException e) {
      throw new UncheckedIOException("Stored JSON is no " + type.getTypeName(), e);
    }
  }

  @Override
  public <T> String toString(T value, Type type) {
    try {
      return json.writerFor(json.constructType(type)).writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(type.getTypeName() + " cannot be stored as JSON", e);
    }
  }
}
