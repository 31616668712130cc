package org.trabecula.localstack;

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
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The services as a clinic's integration sees them: HTTP, JSON and a bearer token, nothing else.
public final class ClinicApi implements AutoCloseable {
  public static final String PATIENT = "patient-service";
  public static final String PROTOCOL = "protocol-service";
  public static final String PROJECTION = "projection-service";

  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /// How long to go on when a service asks to be asked again, as protocol-service does while a new
  /// patient is still on the way to it.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int PRECONDITION_FAILED = 412;
  private static final Duration RETRY = Duration.ofMillis(100);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Function<String, URI> services;
  private final Supplier<String> token;

  /// @param services where the service of that name listens
  /// @param token a valid bearer token, asked for with every request
  public ClinicApi(Function<String, URI> services, Supplier<String> token) {
    this.services = services;
    this.token = token;
  }

  /// Posts once in effect, however often it is called with the same key, and repeats while the
  /// service answers that it will know more in a moment (`Retry-After`).
  public Answer post(String service, String path, JsonNode body, String idempotencyKey) {
    return post(service, path, body, idempotencyKey, null);
  }

  /// @param ifMatch the version that is replaced (`If-Match`); null when there is none
  public Answer post(
      String service, String path, JsonNode body, String idempotencyKey, @Nullable String ifMatch) {
    var posting =
        request(service, path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString(body.toString()));
    if (ifMatch != null) {
      posting.header("If-Match", ifMatch);
    }
    var request = posting.build();
    var deadline = Instant.now().plus(PATIENCE);
    var answer = send(request);
    while (answer.isOnItsWay() && Instant.now().isBefore(deadline)) {
      pause();
      answer = send(request);
    }
    return answer;
  }

  /// Puts what is not there yet (`If-None-Match`); what is there stays as it is.
  ///
  /// @throws StackFailure saying what the service found wrong
  void putNew(String service, String path, JsonNode body) {
    var answer =
        send(
            request(service, path)
                .header("Content-Type", "application/json")
                .header("If-None-Match", "*")
                .PUT(BodyPublishers.ofString(body.toString()))
                .build());
    if (answer.status() != PRECONDITION_FAILED) {
      answer.requireSuccess();
    }
  }

  public Answer get(String service, String path) {
    return send(request(service, path).GET().build());
  }

  URI address(String service, String path) {
    return services.apply(service).resolve(path);
  }

  private HttpRequest.Builder request(String service, String path) {
    return HttpRequest.newBuilder(address(service, path))
        .timeout(TIMEOUT)
        .header("Accept", "application/json, application/problem+json")
        .header("Authorization", "Bearer " + token.get());
  }

  private Answer send(HttpRequest request) {
    var asked = request.method() + " " + request.uri();
    try {
      return new Answer(asked, http.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new StackFailure("%s got no answer (%s).".formatted(asked, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  static void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  /// @param asked method and address of the request
  public record Answer(String asked, HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (JsonProcessingException e) {
        throw new StackFailure("%s did not answer in JSON.".formatted(asked), e);
      }
    }

    public @Nullable String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    /// Whether the service asks to be asked again: it will know more in a moment.
    public boolean isOnItsWay() {
      return Set.of(202, 404, 429, 503).contains(status()) && header("Retry-After") != null;
    }

    /// @throws StackFailure saying what the service found wrong, unless it did what was asked
    public Answer requireSuccess() {
      if (status() / 100 == 2) {
        return this;
      }
      throw new StackFailure("%s answered %d: %s".formatted(asked, status(), reason()));
    }

    private String reason() {
      if (response.body().isBlank()) {
        return "no reason given.";
      }
      var problem = json();
      var reason = new StringBuilder(problem.path("detail").asText(problem.path("title").asText()));
      for (JsonNode violation : problem.path("violations")) {
        reason.append(" %s: %s".formatted(text(violation, "field"), text(violation, "message")));
      }
      return reason.toString();
    }

    private static String text(JsonNode node, String field) {
      return node.path(field).asText();
    }
  }
}
