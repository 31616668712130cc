package org.trabecula.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The end of a log, for the sentence that tells why something failed.
final class LastLines {
  private LastLines() {}

  static String of(Path log, int count) {
    return String.join(" | ", list(log, count));
  }

  static List<String> list(Path log, int count) {
    try {
      var lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of("no log");
    }
  }
}
