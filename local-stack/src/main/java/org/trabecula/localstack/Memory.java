package org.trabecula.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// How much memory processes really take. Linux' proportional set size counts a shared page once
/// over all who share it, so that a sum over PostgreSQL's processes is not inflated.
final class Memory {
  private Memory() {}

  /// Kibibytes of a process and everything it started; resident size where there is no proportional
  /// one, 0 where there is neither.
  static long kibibytes(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants()).mapToLong(Memory::own).sum();
  }

  static long own(ProcessHandle process) {
    var folder = Path.of("/proc", Long.toString(process.pid()));
    return read(folder.resolve("smaps_rollup"), "Pss:")
        .or(() -> read(folder.resolve("status"), "VmRSS:"))
        .orElse(0L);
  }

  private static Optional<Long> read(Path file, String label) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(label))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
