package org.trabecula.bench.ingest;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.bench.Percentiles;
import org.trabecula.bench.TemporaryFolder;
import org.trabecula.bench.ingest.Load.Run;
import org.trabecula.bench.ingest.Wire.Request;
import org.trabecula.localstack.ClinicApi;
import org.trabecula.localstack.Logging;
import org.trabecula.localstack.Stack;
import org.trabecula.localstack.StackFailure;
import org.trabecula.localstack.StackOptions;

/// How fast patient-service stores an Observation, finds some, and stores a whole record, and the
/// memory it takes. It runs alone with a PostgreSQL and a broker of its own, which are gone
/// afterwards.
///
/// pgbench does the same work on copies of the tables, in turns with the service, so that whatever
/// else the machine does slows both.
public final class Ingest {
  private static final String CLINIC = "bench";
  private static final String DATABASE = "patient";
  private static final int CLIENTS = 16;

  /// As many patients with fifty results each, to be searched, as without, who get the new ones.
  private static final int PATIENTS = 1_000;

  private static final int ROUNDS = 5;
  private static final Duration TURN = Duration.ofSeconds(6);
  private static final Duration SLICE = Duration.ofSeconds(5);

  /// Java compiles for two minutes under this load, on the processors that the requests need.
  private static final int LEAST_SLICES = 24;

  private static final int MOST_SLICES = 36;
  private static final double FLAT = 0.05;
  private static final int BUNDLES = 60;
  private static final String BUNDLE = "Gayla_Ferry_259bc6c6-9c1d-43e9-bd25-7539cf07f8ac";
  private static final Pattern PATIENT = Pattern.compile("\"Patient/([0-9a-f-]{36})");

  /// What `GET /fhir/Observation?patient=…&code=…` asks of the database.
  private static final String SEARCH =
      """
      select * from measurement
      where clinic = 'bench' and patient_id = :patient and analyte = 'ctx'
      order by recorded_at asc, id asc limit 51""";

  private final Path root;
  private final Path folder;
  private final PrintStream out;
  private final Requests requests = new Requests();
  private final long began = System.nanoTime();

  private Ingest(Path root, Path folder, PrintStream out) {
    this.root = root;
    this.folder = folder;
    this.out = out;
  }

  /// Measures, and leaves nothing behind.
  ///
  /// @throws StackFailure with one sentence when that cannot be done
  public static void measure(Path root, PrintStream out) throws IOException {
    Logging.off();
    try (var folder = TemporaryFolder.make()) {
      new Ingest(root, folder.path(), out).measure();
    } catch (SQLException e) {
      throw new StackFailure("The database cannot be prepared: " + e.getMessage(), e);
    }
  }

  private void measure() throws IOException, SQLException {
    boolean compared = Pgbench.isInstalled();
    if (!compared) {
      out.println(
          "pgbench is not on the PATH, so there is nothing to compare with: install postgresql-contrib"
              + " (Debian: postgresql-15 or newer brings it).");
    }
    try (var stack =
            Stack.start(StackOptions.forService(root, folder.resolve("data"), ClinicApi.PATIENT));
        var copies = new Copies(stack.jdbcUrl(DATABASE), DATABASE, CLINIC);
        var load =
            new Load(
                stack.service(ClinicApi.PATIENT), stack.token("integration", CLINIC), CLIENTS);
        var single =
            new Load(stack.service(ClinicApi.PATIENT), stack.token("integration", CLINIC), 1)) {
      var bench = compared ? new Pgbench(stack.jdbcUrl(DATABASE), DATABASE, CLIENTS, folder) : null;
      new Session(stack, copies, load, single, bench).run();
    }
  }

  private final class Session {
    private final Stack stack;
    private final Copies copies;
    private final Load load;
    private final Load single;
    private final @Nullable Pgbench pgbench;
    private final ProcessHandle service;

    private Session(Stack stack, Copies copies, Load load, Load single, @Nullable Pgbench pgbench) {
      this.stack = stack;
      this.copies = copies;
      this.load = load;
      this.single = single;
      this.pgbench = pgbench;
      this.service = ProcessHandle.of(stack.process(ClinicApi.PATIENT).pid()).orElseThrow();
    }

    private void run() throws IOException, SQLException {
      say("registering %d patients with 50 results each and %d without", PATIENTS, PATIENTS);
      List<String> searched = register(requests::patientWithResults);
      List<String> written = register(requests::patient);
      settle();
      copies.make();
      posts(written);
      searches(searched);
      bundles();
      memory();
    }

    private List<String> register(Supplier<Request> patient) {
      var patients = new ConcurrentLinkedQueue<String>();
      load.all(
          Stream.generate(patient).limit(PATIENTS).toList(),
          200,
          answer -> {
            var found = PATIENT.matcher(answer.text());
            if (found.find()) {
              patients.add(found.group(1));
            }
          });
      return List.copyOf(patients);
    }

    private void posts(List<String> patients) throws IOException, SQLException {
      Supplier<Request> post = () -> requests.observation(patients);
      String script = copies.twoInserts(PATIENTS, 2 * PATIENTS - 1);
      warmUp("POST /fhir/Observation", post, 201);
      long before = stored();
      compare("POST /fhir/Observation", post, 201, script);
      say("%d Observations were stored in the rounds, each with its event", stored() - before);
    }

    private long stored() throws SQLException {
      return copies.count("select count(*) from measurement");
    }

    private void searches(List<String> patients) throws IOException, SQLException {
      Supplier<Request> search = () -> requests.search(patients);
      warmUp("GET /fhir/Observation?patient&code", search, 200);
      compare(
          "GET /fhir/Observation?patient&code", search, 200, copies.search(PATIENTS - 1, SEARCH));
    }

    /// In turns, so that both meet the same machine.
    private void compare(String what, Supplier<Request> request, int expected, String script)
        throws IOException, SQLException {
      var rates = new ArrayList<Double>();
      var ratios = new ArrayList<Double>();
      var references = new ArrayList<Double>();
      var latencies = new ArrayList<Double>();
      var used = new Usage(0, 0, 0);
      double clients = 0;
      double seconds = 0;
      Path file = pgbench == null ? null : pgbench.script("script.sql", script);
      for (int round = 1; round <= ROUNDS; round++) {
        Usage before = usage();
        Run run = load.during(TURN, request, expected);
        used = used.plus(usage().since(before));
        clients += run.cpuSeconds();
        seconds += run.seconds();
        latencies.addAll(run.latencies());
        rates.add(run.rate());
        double behind = settle();
        if (pgbench == null || file == null) {
          say("%s, round %d: %.0f/s", what, round, run.rate());
        } else {
          double reference = pgbench.rate(file, TURN);
          references.add(reference);
          ratios.add(run.rate() / reference);
          say(
              "%s, round %d: %.0f/s, pgbench %.0f/s, that is %.1f %%; relay done %.1f s later",
              what, round, run.rate(), reference, 100 * run.rate() / reference, behind);
        }
      }
      out.printf("%n%s%n", what);
      out.printf("  rate            %8.0f/s (median of %d rounds)%n", median(rates), ROUNDS);
      if (!ratios.isEmpty()) {
        out.printf("  pgbench         %8.0f/s%n", median(references));
        out.printf("  share           %8.1f %%%n", 100 * median(ratios));
      }
      var percentiles = new Percentiles(latencies);
      out.printf(
          "  latency         p50 %.1f ms, p99 %.1f ms%n", percentiles.at(50), percentiles.at(99));
      double machine = seconds * Runtime.getRuntime().availableProcessors() / 100;
      var broker = used.own() - clients;
      out.printf(
          "  processors      service %.0f %%, PostgreSQL %.0f %%, clients %.0f %%, broker %.0f %% of all%n",
          used.service() / machine, used.database() / machine, clients / machine, broker / machine);
      double thousand = latencies.size() / 1e3;
      out.printf(
          "  a request       service %.2f ms, PostgreSQL %.2f ms, clients %.2f ms, broker %.2f ms%n%n",
          used.service() / thousand,
          used.database() / thousand,
          clients / thousand,
          broker / thousand);
    }

    private Usage usage() {
      return Usage.now(service, stack.postmaster());
    }

    /// Until the newest three slices are as fast as the three before them.
    private void warmUp(String what, Supplier<Request> request, int expected) {
      var rates = new ArrayList<Double>();
      boolean flat = false;
      while (!flat && rates.size() < MOST_SLICES) {
        rates.add(load.during(SLICE, request, expected).rate());
        int n = rates.size();
        flat =
            n >= LEAST_SLICES
                && Math.abs(
                        median(rates.subList(n - 3, n)) / median(rates.subList(n - 6, n - 3)) - 1)
                    < FLAT;
      }
      say(
          "%s, warm-up: %s per second, %s",
          what,
          String.join(", ", rates.stream().map("%.0f"::formatted).toList()),
          flat ? "flat" : "not flat yet");
    }

    /// Stores the same record again and again, each time another patient's, one at a time.
    private void bundles() throws IOException, SQLException {
      String bundle = Requests.corpus(root, BUNDLE);
      single.all(renamed(bundle), 200, answer -> {});
      var first = single.all(renamed(bundle), 200, answer -> {}).percentiles();
      Request known = Requests.renamed(bundle);
      single.all(List.of(known), 200, answer -> {});
      var again =
          single.all(Stream.generate(() -> known).limit(BUNDLES).toList(), 200, answer -> {});
      settle();
      out.printf(
          "%nPOST /fhir, a Bundle of %d kB, one at a time, %d of them%n",
          bundle.length() / 1000, BUNDLES);
      out.printf("  new patient     p50 %.0f ms, p90 %.0f ms%n", first.at(50), first.at(90));
      out.printf(
          "  sent again      p50 %.0f ms, p90 %.0f ms%n",
          again.percentiles().at(50), again.percentiles().at(90));
    }

    private static List<Request> renamed(String bundle) {
      return Stream.generate(() -> Requests.renamed(bundle)).limit(BUNDLES).toList();
    }

    private void memory() {
      out.printf(
          "%nMemory of patient-service: %d MiB now, %d MiB at most%n",
          Usage.mebibytes(service, "VmRSS"), Usage.mebibytes(service, "VmHWM"));
    }

    /// Waits until the relay has published everything.
    ///
    /// @return how long that took, in seconds
    private double settle() throws SQLException {
      long from = System.nanoTime();
      while (copies.count("select count(*) from (select from outbox limit 1) as waiting") > 0) {
        if (System.nanoTime() - from > 120e9) {
          throw new StackFailure("The relay did not publish what is in the outbox.");
        }
        try {
          Thread.sleep(50);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new StackFailure("Interrupted.", e);
        }
      }
      return (System.nanoTime() - from) / 1e9;
    }
  }

  private void say(String what, Object... values) {
    out.printf("%5.0f s  %s%n", (System.nanoTime() - began) / 1e9, what.formatted(values));
  }

  private static double median(List<Double> values) {
    return new Percentiles(values).at(50);
  }
}
