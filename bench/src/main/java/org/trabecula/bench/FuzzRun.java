package org.trabecula.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.trabecula.bench.ingest.Usage;
import org.trabecula.localstack.ClinicApi;
import org.trabecula.localstack.Logging;
import org.trabecula.localstack.Stack;
import org.trabecula.localstack.StackFailure;
import org.trabecula.localstack.StackOptions;
import org.trabecula.localstack.fuzz.Fuzz;

/// Thousands of broken inputs to every door of patient-service, and what came of it.
final class FuzzRun {
  private static final String BUNDLES = "patient-service/src/test/resources/fhir-r4";
  private static final int DEFAULT_COUNT = 10_000;
  private static final int REPORT_EVERY = 500;
  private static final int MOST_SHOWN = 50;

  private final Path root;
  private final PrintStream out;
  private int count = DEFAULT_COUNT;
  private long seed = System.currentTimeMillis();

  /// @param arguments `--count N` and `--seed S`
  FuzzRun(Path root, PrintStream out, List<String> arguments) {
    this.root = root;
    this.out = out;
    try {
      for (int i = 0; i < arguments.size(); i += 2) {
        switch (arguments.get(i)) {
          case "--count" -> count = Integer.parseInt(arguments.get(i + 1));
          case "--seed" -> seed = Long.parseLong(arguments.get(i + 1));
          default -> throw new IllegalArgumentException(arguments.get(i));
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new StackFailure("Usage: ./trabecula bench fuzz [--count 10000] [--seed S]", e);
    }
  }

  /// @return whether everything held
  boolean run() throws IOException, SQLException {
    Logging.off();
    var failing = Files.createTempDirectory("trabecula-fuzz-" + seed + "-");
    try (var folder = TemporaryFolder.make();
        var stack =
            Stack.start(
                StackOptions.forService(root, folder.path().resolve("data"), ClinicApi.PATIENT))) {
      // On Ctrl-C nobody closes it.
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
      return run(stack, failing);
    }
  }

  private boolean run(Stack stack, Path failing) throws IOException, SQLException {
    Map<String, String> tokens = new ConcurrentHashMap<>();
    var service = ProcessHandle.of(stack.process(ClinicApi.PATIENT).pid()).orElseThrow();
    out.printf("%d broken inputs, seed %d%n", count, seed);
    try (var fuzz =
        new Fuzz(
            stack.service(ClinicApi.PATIENT),
            (role, clinic) ->
                tokens.computeIfAbsent(role + " " + clinic, one -> stack.token(role, clinic)),
            stack.jdbcUrl("patient"),
            "patient",
            bundles())) {
      fuzz.skipped().forEach(door -> out.printf("  there is no %s: skipped%n", door));
      try {
        fuzz.run(seed, count, true, failing, done -> progress(done, fuzz, service));
      } finally {
        report(fuzz, failing);
      }
      return fuzz.findings().isEmpty();
    }
  }

  private void progress(int done, Fuzz fuzz, ProcessHandle service) {
    if (done % REPORT_EVERY == 0 || done == count) {
      out.printf(
          "  %6d sent, %d findings; memory %d MiB, at most %d MiB%n",
          done,
          fuzz.findings().size(),
          Usage.mebibytes(service, "VmRSS"),
          Usage.mebibytes(service, "VmHWM"));
    }
  }

  /// What was found, also when the run ends early.
  private void report(Fuzz fuzz, Path failing) {
    fuzz.answers().forEach((answer, times) -> out.printf("  %7d  %s%n", times, answer));
    fuzz.findings().stream().limit(MOST_SHOWN).forEach(finding -> out.printf("  %s%n", finding));
    out.printf(
        "%d findings with seed %d; their inputs are in %s%n",
        fuzz.findings().size(), seed, failing);
  }

  private List<byte[]> bundles() throws IOException {
    var bundles = new ArrayList<byte[]>();
    try (Stream<Path> files = Files.list(root.resolve(BUNDLES))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".gz")).sorted().toList()) {
        try (InputStream bundle = new GZIPInputStream(Files.newInputStream(file))) {
          bundles.add(bundle.readAllBytes());
        }
      }
    }
    return bundles;
  }
}
