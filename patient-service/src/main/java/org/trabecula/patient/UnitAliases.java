package org.trabecula.patient;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Units as laboratories write them where they do not write UCUM: the table `unit-aliases.csv`,
/// each row with its source. A spelling that could mean two units is not in it.
@Singleton
public class UnitAliases {
  private final Map<String, String> ucum = new HashMap<>();

  public UnitAliases() throws IOException {
    try (InputStream table = UnitAliases.class.getResourceAsStream("unit-aliases.csv")) {
      new String(table.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(",", 3))
          .forEach(row -> ucum.putIfAbsent(key(row[0]), row[1]));
    }
  }

  /// The UCUM code of a unit as written; empty for what the table does not have.
  public Optional<String> ucum(String written) {
    return Optional.ofNullable(ucum.get(key(written)));
  }

  private static String key(String written) {
    return written.toUpperCase(Locale.ROOT);
  }
}
