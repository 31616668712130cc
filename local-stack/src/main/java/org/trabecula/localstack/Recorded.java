package org.trabecula.localstack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A process that an earlier run wrote down. A process id alone is not enough: the system gives it
/// to another program sooner or later.
///
/// @param started in milliseconds since 1970
record Recorded(String name, long pid, long started) {
  /// The system derives start instants from its boot time, which may move by a second.
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static Recorded of(String name, ProcessHandle process) {
    return new Recorded(
        name, process.pid(), process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
  }

  static Recorded parse(String line) {
    var words = line.strip().split(" ", -1);
    if (words.length != 3) {
      throw new IllegalArgumentException("Not a recorded process: " + line);
    }
    return new Recorded(words[0], Long.parseLong(words[1]), Long.parseLong(words[2]));
  }

  String line() {
    return name + " " + pid + " " + started;
  }

  Optional<ProcessHandle> alive() {
    return alive(pid, started);
  }

  static Optional<ProcessHandle> alive(long pid, long started) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> startedAt(process, started));
  }

  private static boolean startedAt(ProcessHandle process, long started) {
    return process
        .info()
        .startInstant()
        .map(
            instant ->
                Duration.between(Instant.ofEpochMilli(started), instant).abs().compareTo(TOLERANCE)
                    <= 0)
        .orElse(false);
  }
}
