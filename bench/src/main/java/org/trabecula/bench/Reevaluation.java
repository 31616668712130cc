package org.trabecula.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.trabecula.localstack.ClinicApi;
import org.trabecula.localstack.Logging;
import org.trabecula.localstack.Stack;
import org.trabecula.localstack.StackFailure;
import org.trabecula.localstack.StackOptions;

/// How long it takes until a change of the regulators' table that touches ten thousand active
/// regimens has been evaluated and published, and what a clinician who reads and orders meanwhile
/// notices of it. protocol-service runs alone, with a PostgreSQL and a broker of its own.
final class Reevaluation {
  private static final String CLINIC = "bench";
  private static final int PATIENTS = 10_000;
  private static final int PER_SECOND = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration QUIET = Duration.ofSeconds(20);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Patients on a patch and progesterone, each with twenty results that rules ask for.
  private static final List<String> PREPARE =
      List.of(
          """
          insert into known_patient (clinic, patient_id, region, sex, menopause, uterus, birth_month, deceased, version, profile)
          select '%1$s', ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid, 'US', 'FEMALE', 'POSTMENOPAUSAL',
                 'PRESENT', '1968-04-01', false, 1, jsonb_build_object(
                   'patientId', '00000000-0000-4000-8000-' || lpad(i::text, 12, '0'), 'version', 1, 'region', 'US',
                   'sexForClinicalUse', 'FEMALE', 'birth', '1968-04', 'deceased', false,
                   'menopause', '{"status": "POSTMENOPAUSAL", "finalPeriod": "2020-01"}'::jsonb, 'uterus', 'PRESENT',
                   'hypogonadism', '{"kind": "NONE"}'::jsonb, 'growthHormoneDeficiency', '{"presence": "ABSENT"}'::jsonb,
                   'smoking', 'NEVER', 'medications', '[]'::jsonb,
                   'facts', '[{"code": "breast-cancer", "presence": "ABSENT", "statedOn": "2026-10-01"}]'::jsonb,
                   'registeredAt', '2026-01-01T00:00:00Z', 'recordedAt', '2026-01-01T00:00:00Z')
          from generate_series(1, %2$d) i
          """,
          """
          insert into known_result (clinic, measurement_id, patient_id, version, counts, analyte, value, unit, effective_at)
          select '%1$s', gen_random_uuid(), patient_id, 1, true, analyte, value, unit, now() - n * interval '40 days'
          from known_patient, generate_series(1, 4) n,
               (values ('ctx', 400, 'ng/L'), ('estradiol', 180, 'pmol/L'), ('25-oh-vitamin-d', 75, 'nmol/L'),
                       ('t-score-total-hip', -1.4, '{T-score}'), ('systolic-bp', 125, 'mm[Hg]')) of (analyte, value, unit)
          """,
          """
          insert into regimen (clinic, id, patient_id, sequence, version, steps, flags, jurisdiction, assigned_at)
          select '%1$s', gen_random_uuid(), patient_id, 1, 1,
            '[{"agent": "estradiol-patch", "dose": {"value": 50, "unit": "ug/d"}, "route": "TRANSDERMAL", "intervalDays": 3.5,
               "start": "2026-03-01"},
              {"agent": "progesterone-micronised", "dose": {"value": 100, "unit": "mg"}, "route": "ORAL", "intervalDays": 1,
               "start": "2026-03-01"}]', '[]', 'US', now()
          from known_patient
          """,
          "analyze");

  private static final String ORDER =
      """
      {"steps": [{"agent": "estradiol-patch", "dose": {"value": 37.5, "unit": "ug/d"}, "route": "TRANSDERMAL",
                  "intervalDays": 3.5, "start": "2026-10-01"},
                 {"agent": "progesterone-micronised", "dose": {"value": 100, "unit": "mg"}, "route": "ORAL",
                  "intervalDays": 1, "start": "2026-10-01"}]}""";

  private final Stack stack;
  private final Connection database;
  private final PrintStream out;
  private final HttpClient http = HttpClient.newHttpClient();
  private int asked;

  private Reevaluation(Stack stack, Connection database, PrintStream out) {
    this.stack = stack;
    this.database = database;
    this.out = out;
  }

  /// Measures, and leaves nothing behind.
  ///
  /// @throws StackFailure with one sentence when that cannot be done
  static void measure(Path root, PrintStream out) throws IOException {
    Logging.off();
    try (var folder = TemporaryFolder.make();
        var stack =
            Stack.start(
                StackOptions.forService(root, folder.path().resolve("data"), ClinicApi.PROTOCOL));
        var database =
            DriverManager.getConnection(stack.jdbcUrl("protocol"), "protocol", "protocol")) {
      new Reevaluation(stack, database, out).measure();
    } catch (SQLException e) {
      throw new StackFailure("The database cannot be asked: " + e.getMessage(), e);
    }
  }

  private void measure() throws SQLException {
    out.printf("%,d active regimens are prepared…%n", PATIENTS);
    for (String sql : PREPARE) {
      try (Statement statement = database.createStatement()) {
        statement.execute(sql.formatted(CLINIC, PATIENTS));
      }
    }
    long began = System.nanoTime();
    update("update regimen set due_at = now() where ended_on is null");
    awaitPublished("REEVALUATED", PATIENTS);
    out.printf("  all asked for the first time and published   %.1f s%n", seconds(began));

    long quietEnd = System.nanoTime() + QUIET.toNanos();
    var before = live(() -> System.nanoTime() < quietEnd);
    int published = evaluations("REEVALUATED");
    String table = changedTable();
    began = System.nanoTime();
    List<Percentiles> during;
    try (var clinician = Executors.newSingleThreadExecutor()) {
      var working = new AtomicBoolean(true);
      Future<List<Percentiles>> requests = clinician.submit(() -> live(working::get));
      load(table);
      out.printf("  a changed table was loaded                   %.1f s%n", seconds(began));
      awaitPublished("REEVALUATED", published + PATIENTS * 9 / 10);
      out.printf(
          "  %,d evaluated and published                %.1f s%n",
          evaluations("REEVALUATED") - published, seconds(began));
      working.set(false);
      during = requests.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new StackFailure("The requests beside it stopped: " + e, e);
    }
    out.printf("Requests at %d a second, of which every second is an order:%n", PER_SECOND);
    out.printf("  reading, before      %s%n", before.getFirst());
    out.printf("  reading, meanwhile   %s%n", during.getFirst());
    out.printf("  ordering, before     %s%n", before.getLast());
    out.printf("  ordering, meanwhile  %s%n", during.getLast());
  }

  /// Reads and orders on schedule for as long as it should; a late start counts as latency.
  private List<Percentiles> live(BooleanSupplier on) {
    var reads = new ConcurrentLinkedQueue<Double>();
    var orders = new ConcurrentLinkedQueue<Double>();
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      long first = System.nanoTime();
      for (int i = 0; on.getAsBoolean(); i++) {
        long scheduled = first + TimeUnit.SECONDS.toNanos(i) / PER_SECOND;
        LockSupport.parkNanos(scheduled - System.nanoTime());
        int patient = ++asked % PATIENTS + 1;
        boolean order = i % 2 == 0;
        senders.submit(
            () -> {
              String version = order ? version(patient) : "";
              long start = order ? System.nanoTime() : scheduled;
              int status = order ? order(patient, version) : read(patient).statusCode();
              // A regimen that was evaluated between reading and ordering has another version.
              if (status == 200 || status == 201) {
                (order ? orders : reads).add((System.nanoTime() - start) / 1e6);
              }
            });
      }
    }
    return List.of(new Percentiles(List.copyOf(reads)), new Percentiles(List.copyOf(orders)));
  }

  private String version(int patient) {
    return read(patient).headers().firstValue("ETag").orElse("");
  }

  private HttpResponse<String> read(int patient) {
    return send(request(regimens(patient) + "/current", "viewer").build());
  }

  private int order(int patient, String version) {
    return send(request(regimens(patient), "clinician")
            .header("Content-Type", "application/json")
            .header("If-Match", version)
            .POST(HttpRequest.BodyPublishers.ofString(ORDER))
            .build())
        .statusCode();
  }

  private static String regimens(int patient) {
    return "/v1/patients/00000000-0000-4000-8000-%012d/regimens".formatted(patient);
  }

  /// The table in force, one row of which says something else of estradiol patches in the United
  /// States.
  private String changedTable() {
    JsonNode versions = json(send(request("/v1/regulatory-flags/versions", "viewer").build()));
    String present = versions.path("items").path(0).path("version").asText();
    String table =
        send(request("/v1/regulatory-flags/versions/" + present + "/table", "viewer").build())
            .body();
    String row = "US-FDA,estradiol transdermal,patch twice-weekly or weekly,";
    if (!table.contains(row)) {
      throw new StackFailure("The table has no row on patches to change.");
    }
    return table.replaceFirst(
        "(" + row + "[^\\n]*)FDA requested removal", "$1The FDA requested removal");
  }

  private void load(String table) {
    HttpResponse<String> answer =
        send(
            request("/v1/regulatory-flags/versions?label=bench", "administrator")
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(table, UTF_8))
                .build());
    if (answer.statusCode() != 201) {
      throw new StackFailure("The table was not loaded: " + answer.body());
    }
  }

  private HttpRequest.Builder request(String path, String role) {
    URI service = stack.service(ClinicApi.PROTOCOL);
    return HttpRequest.newBuilder(service.resolve(path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + stack.token(role, CLINIC));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new StackFailure("A request failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new StackFailure("An answer is no JSON: " + e.getMessage(), e);
    }
  }

  /// Waits until nothing is due, so many evaluations are kept and all events have left the outbox.
  private void awaitPublished(String cause, int evaluations) throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (count("select count(*) from regimen where due_at is not null and ended_on is null") > 0
        || evaluations(cause) < evaluations
        || count("select count(*) from outbox") > 0) {
      if (System.nanoTime() > end) {
        throw new StackFailure("Not everything was evaluated within " + PATIENCE + ".");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  private int evaluations(String cause) throws SQLException {
    return count("select count(*) from regimen_evaluation where cause = '" + cause + "'");
  }

  private int count(String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private void update(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
