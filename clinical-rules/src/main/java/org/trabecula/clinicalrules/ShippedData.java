package org.trabecula.clinicalrules;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.smallrye.common.classloader.ClassPathUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The data that ships with this module. A file that cannot be read stops the start, by its name.
///
/// JSON is YAML, so one reader reads both.
public final class ShippedData {
  private static final String FOLDER = "org/trabecula/clinicalrules/";
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private ShippedData() {}

  /// One file.
  public static byte[] file(String name) {
    try (InputStream in = ShippedData.class.getResourceAsStream("/" + FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  /// Every file of a folder, by its name.
  public static SortedMap<String, byte[]> files(String folder) {
    var found = new TreeMap<String, byte[]>();
    try {
      ClassPathUtils.consumeAsPaths(
          ShippedData.class.getClassLoader(), FOLDER + folder, path -> add(path, found));
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be read", e);
    }
    if (found.isEmpty()) {
      throw new IllegalStateException("The folder " + folder + " holds nothing");
    }
    return found;
  }

  /// Every file of a folder, in the order of their names.
  public static <T> List<T> all(String folder, Class<T> type) {
    return files(folder).entrySet().stream()
        .map(file -> read(folder + "/" + file.getKey(), file.getValue(), type))
        .toList();
  }

  /// @param name for the message, when it cannot be read
  public static <T> T read(String name, byte[] content, Class<T> type) {
    try {
      return YAML.readValue(content, type);
    } catch (IOException e) {
      throw new IllegalStateException(name + " is not valid: " + e.getMessage(), e);
    }
  }

  private static void add(Path folder, SortedMap<String, byte[]> found) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        found.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
