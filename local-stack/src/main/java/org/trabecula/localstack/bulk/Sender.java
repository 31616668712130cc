package org.trabecula.localstack.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trabecula.localstack.StackFailure;

/// Sends one Bundle at a time from its file, without ever holding it, and asks again while the
/// service is busy or out of reach.
final class Sender implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  /// Pauses double from the first to the longest, each shortened at random by up to a half, so that
  /// senders do not come back together.
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /// A service asks for more patience than that only when it is not coming back.
  private static final Duration LONGEST_WISH = Duration.ofSeconds(60);

  /// Busy or out of reach: nothing is said of the Bundle.
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 502, 503, 504);

  /// A fault of the service itself may be this Bundle's doing: the others shall not wait for it.
  private static final int MOST_FAULTS = 3;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final URI door;
  private final Supplier<String> token;
  private final Duration patience;
  private final BooleanSupplier isStopping;

  /// @param service patient-service's address
  /// @param token a valid bearer token, asked for with every request
  /// @param patience how long to go on asking a service that does not take a Bundle
  Sender(URI service, Supplier<String> token, Duration patience, BooleanSupplier isStopping) {
    this.door = service.resolve("/fhir");
    this.token = token;
    this.patience = patience;
    this.isStopping = isStopping;
  }

  sealed interface Verdict {
    record Taken(Tally tally) implements Verdict {}

    record Refused(Reject reject) implements Verdict {}
  }

  /// @param name as the file of rejects shall name it
  /// @throws StackFailure when there is no going on, with this file or another
  Verdict send(Path file, String name) {
    var deadline = Instant.now().plus(patience);
    int faults = 0;
    for (int attempt = 0; ; attempt++) {
      var answer = ask(file);
      switch (answer) {
        case Answer.Unreadable(var reason) -> {
          return new Verdict.Refused(Reject.unsent(name, reason));
        }
        case Answer.Unreachable(var reason) -> pause(deadline, attempt, null, reason);
        case Answer.Said said -> {
          int status = said.status();
          if (status / 100 == 2 && said.body() != null) {
            return new Verdict.Taken(Tally.of(said.body()));
          }
          if (TRANSIENT.contains(status)) {
            pause(deadline, attempt, said.retryAfter(), "answered " + status);
          } else if (status / 100 == 5 && ++faults < MOST_FAULTS) {
            pause(deadline, attempt, said.retryAfter(), "answered " + status);
          } else {
            requireGoingOn(status);
            return new Verdict.Refused(Reject.of(name, status, said.body()));
          }
        }
      }
    }
  }

  private sealed interface Answer {
    record Said(int status, @Nullable JsonNode body, @Nullable Duration retryAfter)
        implements Answer {}

    record Unreachable(String reason) implements Answer {}

    record Unreadable(String reason) implements Answer {}
  }

  private Answer ask(Path file) {
    HttpRequest request;
    try {
      request =
          HttpRequest.newBuilder(door)
              .timeout(TIMEOUT)
              .header("Content-Type", "application/fhir+json")
              .header("Accept", "application/fhir+json")
              .header("Authorization", "Bearer " + token.get())
              .POST(BodyPublishers.ofFile(file))
              .build();
    } catch (FileNotFoundException e) {
      return new Answer.Unreadable("The file cannot be read.");
    }
    try {
      var response = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return new Answer.Said(response.statusCode(), json(body), retryAfter(response));
      }
    } catch (IOException e) {
      return new Answer.Unreachable("gave no answer (%s)".formatted(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  private static @Nullable JsonNode json(InputStream body) throws IOException {
    byte[] bytes = body.readAllBytes();
    try {
      var json = JSON.readTree(bytes);
      return json.isObject() ? json : null;
    } catch (IOException e) {
      // A proxy's page, for instance: it tells nothing of the Bundle.
      return null;
    }
  }

  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    try {
      return response
          .headers()
          .firstValue("Retry-After")
          .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds.strip())))
          .filter(wish -> !wish.isNegative() && wish.compareTo(LONGEST_WISH) <= 0)
          .orElse(null);
    } catch (NumberFormatException e) {
      // A date: the usual pauses will do.
      return null;
    }
  }

  private void requireGoingOn(int status) {
    switch (status) {
      case 401 -> throw new StackFailure(door + " does not accept the token (401).");
      case 403 ->
          throw new StackFailure(
              door + " does not let this token write (403); it needs the role integration.");
      case 404, 405 -> throw new StackFailure("%s is no FHIR door (%d).".formatted(door, status));
      default -> {}
    }
  }

  /// @throws StackFailure at the end of patience
  private void pause(Instant deadline, int attempt, @Nullable Duration wish, String reason) {
    long usual =
        Math.min(FIRST_PAUSE.toMillis() << Math.min(attempt, 16), LONGEST_PAUSE.toMillis());
    long millis =
        wish != null ? wish.toMillis() : ThreadLocalRandom.current().nextLong(usual / 2, usual + 1);
    if (isStopping.getAsBoolean() || Instant.now().plusMillis(millis).isAfter(deadline)) {
      throw new StackFailure(
          "%s %s, and that for %d s.".formatted(door, reason, patience.toSeconds()));
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
