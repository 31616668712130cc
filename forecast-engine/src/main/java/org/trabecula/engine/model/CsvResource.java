package org.trabecula.engine.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table that ships with the engine: `;` between fields, `#` starts a comment line, the first row
/// has the names.
public final class CsvResource {

  private CsvResource() {}

  /// @throws IllegalStateException naming file and line if the table is missing or ragged
  public static List<Map<String, String>> rows(String resource) {
    try (InputStream in = CsvResource.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the engine's resource " + resource + " is missing");
      }
      return parse(resource, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws IllegalStateException if the column does not exist
  public static String field(Map<String, String> row, String column) {
    String value = row.get(column);
    if (value == null) {
      throw new IllegalStateException("no column " + column + " in " + row);
    }
    return value;
  }

  private static List<Map<String, String>> parse(String resource, BufferedReader reader) {
    List<String> lines =
        reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    String[] names = lines.getFirst().split(";", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(";", -1);
      if (fields.length != names.length) {
        throw new IllegalStateException(
            "%s: %d fields instead of %d: %s"
                .formatted(resource, fields.length, names.length, line));
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i].strip(), fields[i].strip());
      }
      rows.add(row);
    }
    return rows;
  }
}
