package org.trabecula.protocol;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.util.ClassPathUtils;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads the service's own data. A file that cannot be read stops the start, by its name.
@ApplicationScoped
public class DataFiles {
  private final ObjectMapper json;

  public DataFiles(ObjectMapper json) {
    this.json = json;
  }

  /// Every JSON file of a folder of the class path, in the order of their names.
  public <T> List<T> all(String folder, Class<T> type) {
    var found = new ArrayList<T>();
    try {
      ClassPathUtils.consumeAsPaths(
          Thread.currentThread().getContextClassLoader(),
          folder,
          path -> found.addAll(read(path, type)));
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be read", e);
    }
    if (found.isEmpty()) {
      throw new IllegalStateException("The folder " + folder + " holds nothing");
    }
    return found;
  }

  private <T> List<T> read(Path folder, Class<T> type) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(file -> one(file, type))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be read", e);
    }
  }

  private <T> T one(Path file, Class<T> type) {
    try {
      return json.readValue(Files.readAllBytes(file), type);
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " is not valid", e);
    }
  }
}
