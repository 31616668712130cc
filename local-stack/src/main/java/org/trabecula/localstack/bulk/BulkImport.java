package org.trabecula.localstack.bulk;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trabecula.localstack.Progress;
import org.trabecula.localstack.StackFailure;

/// Imports a folder: every file `*.json` in it, at whatever depth, is one Bundle.
///
/// The folder is walked, never listed, and so many files are on their way at a time; neither the
/// number of files nor their size shows in memory, but for a short hash of each file done.
public final class BulkImport {
  private static final String SUFFIX = ".json";

  /// Reasons differ with the resource's type; a summary that lists hundreds is none.
  private static final int MOST_REASONS = 25;

  private final Order order;
  private final Supplier<String> token;
  private final Progress progress;
  private final PrintStream out;
  private final AtomicReference<@Nullable StackFailure> failure = new AtomicReference<>();

  /// @param service patient-service's address
  /// @param journal file that keeps what is done until all is
  /// @param rejects file for what was not taken, one JSON object per line
  /// @param parallel how many files are on their way at a time
  /// @param patience how long to go on asking a service that is busy or out of reach
  public record Order(
      Path folder, URI service, Path journal, Path rejects, int parallel, Duration patience) {}

  public BulkImport(Order order, Supplier<String> token, Progress progress, PrintStream out) {
    this.order = order;
    this.token = token;
    this.progress = progress;
    this.out = out;
  }

  /// @return how many files were rejected
  /// @throws StackFailure with one sentence when it cannot go on; the next run does
  public int run() throws IOException {
    var found = new Count();
    Files.walkFileTree(order.folder(), found);
    if (found.files == 0) {
      throw new StackFailure(
          "%s has no file *.json (%d others).".formatted(order.folder(), found.others));
    }
    try (var journal = Journal.open(order.journal(), order.rejects())) {
      var meter = new Meter(found.files, found.bytes, journal.bytesDone(), System.nanoTime());
      if (journal.filesDone() > 0) {
        out.printf(
            "Going on with an import that was cut short: %d of %d files are done.%n",
            journal.filesDone(), found.files);
      }
      send(journal, meter);
      summarize(journal, found);
      int rejected = journal.filesRejected();
      journal.finish();
      return rejected;
    }
  }

  private void send(Journal journal, Meter meter) throws IOException {
    try (var sender =
            new Sender(order.service(), token, order.patience(), () -> failure.get() != null);
        var clock = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
      report(journal, meter, clock);
      try (var workers = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
        Files.walkFileTree(order.folder(), new Walk(journal, sender, workers));
      }
      clock.shutdownNow();
    }
    progress.done(line(journal, meter));
    var failed = failure.get();
    if (failed != null) {
      throw new StackFailure(
          failed.getMessage() + " What is done is kept: the same command goes on.", failed);
    }
  }

  private void report(Journal journal, Meter meter, ScheduledExecutorService clock) {
    long every = progress.interval().toMillis();
    clock.scheduleAtFixedRate(
        () -> progress.report(line(journal, meter)), every, every, TimeUnit.MILLISECONDS);
  }

  private static String line(Journal journal, Meter meter) {
    return meter.line(
        journal.filesDone(), journal.filesRejected(), journal.bytesDone(), System.nanoTime());
  }

  private void summarize(Journal journal, Count found) {
    var tally = journal.tally();
    print("stored", tally.created());
    print("known before, or corrected", tally.known());
    tally.notStored().entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_REASONS)
        .forEach(
            reason -> out.printf("  not stored  %8d  %s%n", reason.getValue(), reason.getKey()));
    if (tally.notStored().size() > MOST_REASONS) {
      out.printf("  and %d other reasons%n", tally.notStored().size() - MOST_REASONS);
    }
    if (found.others > 0) {
      out.printf("  %d files are not named *.json and were left alone%n", found.others);
    }
    if (journal.filesRejected() > 0) {
      out.printf(
          "  %d files were rejected; each is in %s with what is wrong%n",
          journal.filesRejected(), order.rejects());
    }
  }

  private void print(String what, Map<String, Integer> byType) {
    byType.forEach((type, count) -> out.printf("  %-11s %8d  %s%n", type, count, what));
  }

  private static boolean isBundle(Path file, BasicFileAttributes attributes) {
    return attributes.isRegularFile() && file.getFileName().toString().endsWith(SUFFIX);
  }

  private static final class Count extends SimpleFileVisitor<Path> {
    private int files;
    private int others;
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isBundle(file, attributes)) {
        files++;
        bytes += attributes.size();
      } else {
        others++;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException fault) {
      files++;
      return FileVisitResult.CONTINUE;
    }
  }

  private final class Walk extends SimpleFileVisitor<Path> {
    private final Journal journal;
    private final Sender sender;
    private final ExecutorService workers;
    private final Semaphore places = new Semaphore(order.parallel());

    private Walk(Journal journal, Sender sender, ExecutorService workers) {
      this.journal = journal;
      this.sender = sender;
      this.workers = workers;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      var name = name(file);
      var key = Journal.key(name, attributes);
      if (!isBundle(file, attributes) || journal.isDone(key)) {
        return FileVisitResult.CONTINUE;
      }
      places.acquireUninterruptibly();
      if (failure.get() != null) {
        return FileVisitResult.TERMINATE;
      }
      workers.execute(
          () -> {
            try {
              send(file, name, key, attributes.size());
            } catch (StackFailure e) {
              failure.compareAndSet(null, e);
            } catch (IOException | RuntimeException e) {
              failure.compareAndSet(null, new StackFailure("The import broke: " + e, e));
            } finally {
              places.release();
            }
          });
      return FileVisitResult.CONTINUE;
    }

    private void send(Path file, String name, String key, long size) throws IOException {
      switch (sender.send(file, name)) {
        case Sender.Verdict.Taken(var tally) -> journal.taken(key, size, tally);
        case Sender.Verdict.Refused(var reject) -> journal.rejected(key, size, reject);
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException fault) throws IOException {
      var name = name(file);
      var key = name + " (unreadable)";
      if (!journal.isDone(key)) {
        journal.rejected(key, 0, Reject.unsent(name, "Cannot be read."));
      }
      return FileVisitResult.CONTINUE;
    }

    private String name(Path file) {
      return order.folder().relativize(file).toString();
    }
  }
}
