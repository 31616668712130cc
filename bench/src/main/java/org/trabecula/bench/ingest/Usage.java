package org.trabecula.bench.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// Processor time since the start of a process, by part of the stack.
///
/// @param own this process: the broker, and the clients as well
public record Usage(double service, double database, double own) {
  static Usage now(ProcessHandle service, ProcessHandle postmaster) {
    return new Usage(
        seconds(Stream.of(service)),
        seconds(Stream.concat(Stream.of(postmaster), postmaster.descendants())),
        seconds(Stream.of(ProcessHandle.current())));
  }

  Usage since(Usage before) {
    return new Usage(service - before.service, database - before.database, own - before.own);
  }

  Usage plus(Usage other) {
    return new Usage(service + other.service, database + other.database, own + other.own);
  }

  /// Mebibytes of a process, as Linux counts them; 0 elsewhere.
  ///
  /// @param label `VmRSS` for now, `VmHWM` for the most so far
  public static long mebibytes(ProcessHandle process, String label) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/%d/status".formatted(process.pid())))) {
      return lines
          .filter(line -> line.startsWith(label + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static double seconds(Stream<ProcessHandle> processes) {
    return processes
            .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
            .mapToLong(Duration::toMillis)
            .sum()
        / 1e3;
  }
}
