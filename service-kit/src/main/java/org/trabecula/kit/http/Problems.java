package org.trabecula.kit.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refusals as RFC 9457 `application/problem+json`. Each names the field and the reason in
/// `violations`.
public final class Problems {
  private Problems() {}

  /// One thing that is wrong.
  ///
  /// @param field path of the field in the body, or the name of the parameter or header
  /// @param in `body`, `query`, `path` or `header`
  /// @param rule the rule that it breaks, such as `DOSE-LIMIT`; null when it breaks no named one
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Violation(String field, String in, String message, @Nullable String rule) {
    public Violation(String field, String in, String message) {
      this(field, in, message, null);
    }

    public static Violation body(String field, String message) {
      return new Violation(field, "body", message);
    }

    public static Violation body(String field, String rule, String message) {
      return new Violation(field, "body", message, rule);
    }
  }

  /// What was sent is wrong.
  public static HttpProblem invalid(List<Violation> violations) {
    return problem(Response.Status.BAD_REQUEST, "The request is not valid.", violations).build();
  }

  public static HttpProblem invalid(String field, String message) {
    return invalid(List.of(Violation.body(field, message)));
  }

  public static HttpProblem notFound(String field, String message) {
    return problem(
            Response.Status.NOT_FOUND, message, List.of(new Violation(field, "path", message)))
        .build();
  }

  public static HttpProblem conflict(String field, String message) {
    return problem(Response.Status.CONFLICT, message, List.of(Violation.body(field, message)))
        .build();
  }

  /// The request would be right with another body: an idempotency key was used before, for
  /// something else.
  static HttpProblem unprocessable(String header, String message) {
    return HttpProblem.builder()
        .withStatus(422)
        .withTitle("Unprocessable Content")
        .withDetail(message)
        .with("violations", List.of(new Violation(header, "header", message)))
        .build();
  }

  static HttpProblem tooLong(int most) {
    return HttpProblem.builder()
        .withStatus(413)
        .withTitle("Content Too Large")
        .withDetail("A body has at most %d bytes here.".formatted(most))
        .build();
  }

  static HttpProblem unsupported(String header, String message) {
    return problem(
            Response.Status.UNSUPPORTED_MEDIA_TYPE,
            message,
            List.of(new Violation(header, "header", message)))
        .build();
  }

  /// There is nothing wrong with the request but its moment.
  static HttpProblem busy(String comeAgainSeconds) {
    return HttpProblem.builder()
        .withStatus(Response.Status.TOO_MANY_REQUESTS)
        .withTitle(Response.Status.TOO_MANY_REQUESTS.getReasonPhrase())
        .withDetail("Other bodies are being read, and no memory is left for this one now.")
        .withHeader(HttpHeaders.RETRY_AFTER, comeAgainSeconds)
        .build();
  }

  /// An update must say which version it changes, and the version must be the present one.
  ///
  /// @param ifMatch the `If-Match` header
  public static void requireVersion(@Nullable String ifMatch, int present) {
    if (ifMatch == null) {
      throw precondition(
          Response.Status.PRECONDITION_REQUIRED,
          "An update names the version it changes, such as If-Match: \"" + present + "\".");
    }
    if (!ifMatch.replaceFirst("^W/", "").equals("\"" + present + "\"")) {
      throw precondition(
          Response.Status.PRECONDITION_FAILED, "The present version is \"" + present + "\".");
    }
  }

  /// The same for what may not be there yet: to create it needs no precondition, and
  /// `If-None-Match: *` keeps a creation from becoming an update.
  ///
  /// @param present null when there is nothing yet
  public static void requireState(
      @Nullable String ifMatch, @Nullable String ifNoneMatch, @Nullable Integer present) {
    if (ifNoneMatch != null && present != null) {
      throw precondition(
          "If-None-Match",
          Response.Status.PRECONDITION_FAILED,
          "It is there already, as version \"" + present + "\".");
    }
    if (present != null) {
      requireVersion(ifMatch, present);
    } else if (ifMatch != null) {
      throw precondition(Response.Status.PRECONDITION_FAILED, "There is nothing to change yet.");
    }
  }

  private static HttpProblem precondition(Response.Status status, String message) {
    return precondition("If-Match", status, message);
  }

  private static HttpProblem precondition(String header, Response.Status status, String message) {
    return problem(status, message, List.of(new Violation(header, "header", message))).build();
  }

  private static HttpProblem.Builder problem(
      Response.Status status, String detail, List<Violation> violations) {
    return HttpProblem.builder()
        .withStatus(status)
        .withTitle(status.getReasonPhrase())
        .withDetail(detail)
        .with("violations", violations);
  }
}
