package org.trabecula.localstack.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.trabecula.localstack.StackFailure;

/// Sends damaged input to every door of patient-service and holds it to this: no fault of its own;
/// every refusal says in the door's own language what is wrong; what is refused has left nothing
/// behind in any table, waiting events included; and right input is taken before, between and
/// after.
public final class Fuzz implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private static final Duration PUBLISHED_WITHIN = Duration.ofSeconds(20);

  /// A clinic of its own for so many requests: then what is in it is counted in no time.
  private static final int PER_CLINIC = 50;

  private static final int HUGE_EVERY = 400;
  private static final String NOBODY = "7d1f4a52-0000-4000-8000-000000000001";

  /// By the number that messages and resources name.
  private static final String PATIENT =
      """
      {"birth": "1969-05", "identifiers": [{"system": "urn:id:FUZZ", "value": "M1"}]}""";

  /// Where a message waits that names nobody known.
  private static final String WAITING = "parked_message";
  private static final int ENTRIES_OF_A_PIECE = 12;

  private final URI service;
  private final BiFunction<String, String, String> token;
  private final Contents contents;
  private final List<Door> doors;
  private final Map<Door, String> roles = new HashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Integer> answers = new TreeMap<>();
  private final List<String> skipped = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /// Something that must not be.
  ///
  /// @param number of the input; the run's seed and it make the input again
  public record Finding(int number, String door, String damage, String what) {}

  /// @param token from role and clinic
  /// @param bundles right transaction Bundles
  public Fuzz(
      URI service,
      BiFunction<String, String, String> token,
      String jdbcUrl,
      String user,
      List<byte[]> bundles)
      throws IOException, SQLException {
    this.service = service;
    this.token = token;
    this.contents = new Contents(jdbcUrl, user);
    var pieces = new ArrayList<byte[]>();
    for (byte[] bundle : bundles) {
      pieces.addAll(Door.pieces(bundle, ENTRIES_OF_A_PIECE));
    }
    doors = new ArrayList<>();
    doors.add(Door.fhir(pieces));
    doors.add(Door.hl7());
    doors.addAll(Door.fhirResources());
    var openApi = get("/q/openapi?format=json");
    doors.addAll(Door.ofOpenApi(JSON.readTree(openApi.body())));
    for (Door door : List.copyOf(doors)) {
      var role = role(door);
      if (role == null) {
        doors.remove(door);
        skipped.add(door.name());
      } else {
        roles.put(door, role);
      }
    }
  }

  /// @return null when there is no such door
  private @Nullable String role(Door door) {
    for (String role : List.of("integration", "clinician", "administrator")) {
      var visit = new Visit("fuzz-nobody", NOBODY, NOBODY);
      var status = send(door, Input.of("nothing", new byte[0]), visit, role).statusCode();
      if (status != 403) {
        boolean isThere = door.path().contains("{") || status != 404 && status != 405;
        return isThere ? role : null;
      }
    }
    return null;
  }

  /// @param huge whether to send bodies of fifty mebibytes now and then
  /// @param failing where inputs that show something are kept
  /// @param done told how many there were
  public void run(long seed, int count, boolean huge, Path failing, IntConsumer done)
      throws IOException, SQLException {
    Visit visit = null;
    for (int number = 0; number < count; number++) {
      if (visit == null || number % PER_CLINIC == 0) {
        visit = enter("fuzz-%d-%d".formatted(seed, number / PER_CLINIC), number);
      }
      var random = new Random(seed * 1_000_003 + number);
      Door door =
          random.nextInt(3) == 0 ? doors.getFirst() : doors.get(random.nextInt(doors.size()));
      byte[] right = door.seeds().get(random.nextInt(door.seeds().size()));
      var damage = new Damage(random);
      Input input =
          huge && number % HUGE_EVERY == HUGE_EVERY - 1
              ? damage.huge(right, door.language())
              : damage.of(right, door.language());
      int before = findings.size();
      boolean answered = visit(number, door, input, visit);
      if (findings.size() > before) {
        keep(failing, seed, number, input);
      }
      if (!answered) {
        // Whether it was taken is not known, so that nothing can be compared in this clinic.
        visit = enter("fuzz-%d-after-%d".formatted(seed, number), number);
      }
      done.accept(number + 1);
    }
    enter("fuzz-%d-afterwards".formatted(seed), count);
  }

  private static void keep(Path failing, long seed, int number, Input input) throws IOException {
    Files.createDirectories(failing);
    try (var body = input.stream()) {
      Files.write(failing.resolve("%d-%d".formatted(seed, number)), body.readNBytes(1 << 20));
    }
  }

  /// A clinic, its patient, and a message that it has parked.
  private static final class Visit {
    private final String clinic;
    private final String patient;
    private final String parked;
    private Map<String, String> contents = new TreeMap<>();

    private Visit(String clinic, String patient, String parked) {
      this.clinic = clinic;
      this.patient = patient;
      this.parked = parked;
    }
  }

  /// Right input is taken, whatever was sent before.
  private Visit enter(String clinic, int number) throws IOException, SQLException {
    String patient =
        right(clinic, number, 201, "/v1/patients", Door.Language.JSON, PATIENT.getBytes(UTF_8));
    right(clinic, number, 404, "/hl7v2", Door.Language.HL7, Door.STRANGER);
    String parked = right(clinic, number, 200, "/v1/parked-messages", Door.Language.JSON, null);
    var visit =
        new Visit(
            clinic,
            JSON.readTree(patient).path("id").asText(),
            JSON.readTree(parked).path("items").path(0).path("id").asText());
    visit.contents = settled(clinic);
    return visit;
  }

  /// @param body null to read
  private String right(
      String clinic,
      int number,
      int expected,
      String path,
      Door.Language language,
      byte @Nullable [] body) {
    var request =
        HttpRequest.newBuilder(service.resolve(path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token.apply("integration", clinic));
    if (body != null) {
      request.header("Content-Type", language.contentType).POST(BodyPublishers.ofByteArray(body));
    }
    var answer = exchange(request.build());
    if (answer.statusCode() != expected) {
      throw new StackFailure(
          "Before input %d right input at %s was answered %d instead of %d: %s"
              .formatted(number, path, answer.statusCode(), expected, answer.body()));
    }
    return answer.body();
  }

  private Map<String, String> settled(String clinic) throws SQLException {
    var deadline = Instant.now().plus(PUBLISHED_WITHIN);
    while (!contents.isPublished(clinic) && Instant.now().isBefore(deadline)) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StackFailure("Interrupted.", e);
      }
    }
    return contents.of(clinic);
  }

  /// @return whether there was an answer
  private boolean visit(int number, Door door, Input input, Visit visit) throws SQLException {
    HttpResponse<String> answer;
    try {
      answer = send(door, input, visit, roles.getOrDefault(door, "integration"));
    } catch (StackFailure e) {
      findings.add(
          new Finding(number, door.name(), input.damage(), String.valueOf(e.getMessage())));
      return false;
    }
    int status = answer.statusCode();
    answers.merge(door.name() + " " + status, 1, Integer::sum);
    String fault = fault(door, answer);
    if (fault != null) {
      findings.add(new Finding(number, door.name(), input.damage(), status + ": " + fault));
    }
    if (status / 100 == 2) {
      visit.contents = settled(visit.clinic);
      return true;
    }
    var now = contents.of(visit.clinic);
    if (door.language() == Door.Language.HL7 && status == 404) {
      visit.contents.put(WAITING, now.getOrDefault(WAITING, ""));
    }
    if (!now.equals(visit.contents)) {
      findings.add(
          new Finding(
              number,
              door.name(),
              input.damage(),
              "was refused with %d and left something: %s, before %s"
                  .formatted(status, now, visit.contents)));
      visit.contents = now;
    }
    return true;
  }

  private HttpResponse<String> send(Door door, Input input, Visit visit, String role) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(door.headers());
    headers.put("Content-Type", door.language().contentType);
    headers.putAll(input.headers());
    String path = door.path().replace("{patient}", visit.patient).replace("{parked}", visit.parked);
    var request =
        HttpRequest.newBuilder(service.resolve(path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token.apply(role, visit.clinic))
            .method(door.method(), input.publisher());
    headers.forEach(request::header);
    return exchange(request.build());
  }

  private HttpResponse<String> get(String path) {
    return exchange(HttpRequest.newBuilder(service.resolve(path)).timeout(TIMEOUT).build());
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString(UTF_8));
    } catch (IOException e) {
      throw new StackFailure("no answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  /// @return what is wrong with the answer; null when nothing is
  private static @Nullable String fault(Door door, HttpResponse<String> answer) {
    int status = answer.statusCode();
    String body = answer.body();
    if (status / 100 == 2) {
      return isWhole(door, body) ? null : "is a success in part. " + body;
    }
    if (status / 100 != 4) {
      return "is no refusal. " + body;
    }
    if (body.contains("Exception") || body.contains("org.trabecula") || body.contains("HAPI-")) {
      return "tells of our inside. " + body;
    }
    return switch (door.language()) {
      case JSON -> isProblem(answer) ? null : "is no problem that says what is wrong. " + body;
      case FHIR ->
          isOutcome(status, body)
              ? null
              : "is no OperationOutcome that says what is wrong and where. " + body;
      case HL7 ->
          (body.contains("\rMSA|AE|") || body.contains("\rMSA|AR|")) && body.contains("\rERR|")
              ? null
              : "is no acknowledgement that refuses. " + body;
    };
  }

  /// A message that is taken is acknowledged as such, and a transaction has no entry that failed.
  private static boolean isWhole(Door door, String body) {
    return switch (door.language()) {
      case JSON -> true;
      case FHIR -> {
        boolean whole = true;
        for (JsonNode entry : json(body).path("entry")) {
          whole &= entry.path("response").path("status").asText().startsWith("2");
        }
        yield whole;
      }
      case HL7 -> body.contains("\rMSA|AA|");
    };
  }

  private static boolean isProblem(HttpResponse<String> answer) {
    var problem = json(answer.body());
    boolean namesField =
        answer.statusCode() != 400
            || problem.path("violations").path(0).path("message").asText().length() > 3;
    return answer
            .headers()
            .firstValue("Content-Type")
            .orElse("")
            .startsWith("application/problem+json")
        && problem.path("status").asInt() == answer.statusCode()
        && problem.path("detail").asText(problem.path("title").asText()).length() > 3
        && namesField;
  }

  /// Where something stands is said as a path, or as a line of what could not be read at all.
  private static boolean isOutcome(int status, String body) {
    var outcome = json(body);
    if (!outcome.path("resourceType").asText().equals("OperationOutcome")
        || outcome.path("issue").isEmpty()) {
      return false;
    }
    for (JsonNode issue : outcome.path("issue")) {
      String said = issue.path("diagnostics").asText();
      boolean says = said.length() > 3;
      boolean saysWhere =
          status != 400
              || issue.has("expression")
              || said.contains("See line ")
              || said.equals("The body is empty.");
      if (!says || !saysWhere) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  /// How often each door answered what.
  public Map<String, Integer> answers() {
    return answers;
  }

  /// Doors that this service does not have.
  public List<String> skipped() {
    return skipped;
  }

  public List<Finding> findings() {
    return findings;
  }

  @Override
  public void close() throws SQLException {
    contents.close();
    http.close();
  }
}
