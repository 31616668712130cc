package org.trabecula.localstack;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What a launcher that was killed has left running. Only processes that it wrote down are touched,
/// and only while process id and start instant both still fit.
final class Leftovers {
  private static final Duration PATIENCE = Duration.ofMillis(5500);
  private static final Duration KILLED_WITHIN = Duration.ofMillis(500);

  private Leftovers() {}

  /// Stops them.
  ///
  /// @throws StackFailure saying what was found and stopped; nothing is thrown if there was nothing
  static void stop(DataFolder folder) throws IOException {
    var stopped = new ArrayList<String>();
    var processes = new ArrayList<ProcessHandle>();
    for (Recorded recorded : folder.recorded()) {
      recorded
          .alive()
          .ifPresent(
              process -> {
                processes.add(process);
                stopped.add("%s (process %d)".formatted(recorded.name(), process.pid()));
              });
    }
    end(processes);
    var postmaster = Postgres.runningOn(folder.postgres());
    postmaster.ifPresent(
        process -> stopped.add("PostgreSQL (process %d)".formatted(process.pid())));
    postmaster.ifPresent(process -> end(List.of(process)));
    folder.forgetProcesses();
    if (!stopped.isEmpty()) {
      throw new StackFailure(
          "An earlier run was killed and had left %s running; all of it is stopped now, so run the same command again."
              .formatted(String.join(", ", stopped)));
    }
  }

  /// Asks first, then kills what has not gone.
  static void end(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroy);
    awaitEnd(processes, PATIENCE);
    processes.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    awaitEnd(processes, KILLED_WITHIN);
  }

  private static void awaitEnd(List<ProcessHandle> processes, Duration most) {
    CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, most.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
