package org.trabecula.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.trabecula.bench.ingest.Ingest;
import org.trabecula.localstack.ClinicApi;
import org.trabecula.localstack.ForecastListener;
import org.trabecula.localstack.RunningStack;
import org.trabecula.localstack.StackFailure;

/// `./trabecula bench <verb>`: measures the engine by itself, patient-service by itself, or the
/// running stack, or one started for the purpose.
public final class Bench {
  private static final String CLINIC = "bench";

  private Bench() {}

  /// Arguments: the project's root and the verb.
  public static void main(String[] arguments) throws IOException {
    // Before anything logs: Kafka's client would write between the figures.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    var verb = arguments.length > 1 ? arguments[1] : "";
    var options = List.of(arguments).subList(Math.min(2, arguments.length), arguments.length);
    switch (options.isEmpty() || verb.equals("fuzz") ? verb : "") {
      case "fuzz" -> System.exit(fuzz(Path.of(arguments[0]), options));
      case "latency" -> System.exit(latency(Path.of(arguments[0])));
      case "cds" -> System.exit(cds(Path.of(arguments[0])));
      case "ingest" -> System.exit(ingest(Path.of(arguments[0])));
      case "reevaluate" -> System.exit(reevaluate(Path.of(arguments[0])));
      case "rules" -> RuleBenchmark.measure(System.out);
      case "engine" -> new Engine(Path.of(arguments[0]), System.out).measure();
      default -> {
        System.err.println(
            """
            Usage: ./trabecula bench latency   (from posting a CTX to its forecast on Kafka)
                   ./trabecula bench ingest    (patient-service against pgbench on the same PostgreSQL)
                   ./trabecula bench cds       (CDS Hooks of protocol-service, 50 a second for a minute)
                   ./trabecula bench fuzz      (broken input to every door of patient-service)
                   ./trabecula bench reevaluate (protocol-service: a changed table and ten thousand regimens)
                   ./trabecula bench rules     (all safety rules about one large regimen)
                   ./trabecula bench engine    (the ensemble against CVODE, one thread)""");
        System.exit(2);
      }
    }
  }

  private static int fuzz(Path root, List<String> options) throws IOException {
    try {
      return new FuzzRun(root, System.out, options).run() ? 0 : 1;
    } catch (SQLException e) {
      System.err.println("The database cannot be asked: " + e.getMessage());
    } catch (StackFailure e) {
      System.err.println(e.getMessage());
    }
    return 1;
  }

  private static int cds(Path root) throws IOException {
    try {
      CdsHooks.measure(root, System.out);
      return 0;
    } catch (StackFailure e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  private static int ingest(Path root) throws IOException {
    try {
      Ingest.measure(root, System.out);
      return 0;
    } catch (StackFailure e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  private static int reevaluate(Path root) throws IOException {
    try {
      Reevaluation.measure(root, System.out);
      return 0;
    } catch (StackFailure e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  private static int latency(Path root) throws IOException {
    try (var stack = RunningStack.findOrStart(root, System.getenv());
        ClinicApi api = stack.api(CLINIC);
        var forecasts = new ForecastListener(stack.bootstrapServers())) {
      new Latency(api, forecasts, System.out).measure();
      return 0;
    } catch (StackFailure e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }
}
