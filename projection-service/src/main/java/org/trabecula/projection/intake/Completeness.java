package org.trabecula.projection.intake;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Event;
import org.trabecula.kit.events.InvalidEvent;

/// A body that lacks what its contract requires goes to the dead letters. In the dossier it would
/// stand in the way of every forecast of its patient.
final class Completeness {
  private Completeness() {}

  /// @param body null for a tombstone, which is complete
  /// @throws InvalidEvent naming the first field that is missing
  static void require(@Nullable Event body) {
    if (body != null) {
      check(body, "");
    }
  }

  private static void check(Object value, String path) {
    if (value instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        check(component, value(component, record), path + component.getName());
      }
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        checkItem(item, path);
      }
    }
  }

  private static void checkItem(@Nullable Object item, String path) {
    if (item == null) {
      throw new InvalidEvent("The body holds null in " + path);
    }
    check(item, path + "[].");
  }

  private static void check(RecordComponent component, @Nullable Object value, String path) {
    if (value != null) {
      if (component.getName().equals("version") && value.equals(0)) {
        throw new InvalidEvent("The body has no version: " + path);
      }
      check(value, value instanceof Record ? path + "." : path);
    } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      throw new InvalidEvent("The body lacks " + path);
    }
  }

  private static @Nullable Object value(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("Contracts are public records", e);
    }
  }
}
