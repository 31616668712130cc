package org.trabecula.protocol.regulatory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;

/// The parameters of a request, and all that is wrong with them.
final class Query {
  private static final int USUAL = 50;
  private static final int MOST = 200;

  private final List<Violation> violations = new ArrayList<>();

  /// @param rule that an unknown value breaks; null when there is no named one
  void oneOf(
      String name, @Nullable String value, Collection<String> allowed, @Nullable String rule) {
    if (value != null && !allowed.contains(value)) {
      refuse(name, "is unknown; allowed: " + String.join(", ", allowed), rule);
    }
  }

  boolean flag(String name, @Nullable String value) {
    oneOf(name, value, List.of("true", "false"), null);
    return "true".equals(value);
  }

  int limit(@Nullable String value) {
    if (value == null) {
      return USUAL;
    }
    if (value.matches("[0-9]{1,3}")) {
      int limit = Integer.parseInt(value);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    }
    refuse("limit", "must be 1 to " + MOST, null);
    return USUAL;
  }

  static String cursor(String place) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(UTF_8));
  }

  /// The place behind which to go on.
  Optional<String> place(@Nullable String cursor) {
    try {
      return Optional.ofNullable(cursor)
          .map(it -> new String(Base64.getUrlDecoder().decode(it), UTF_8));
    } catch (IllegalArgumentException e) {
      refuse("cursor", "is not one that this list gave", null);
      return Optional.empty();
    }
  }

  void none(String name, @Nullable String value, String message) {
    if (value != null) {
      refuse(name, message, null);
    }
  }

  void refuse(String name, String message, @Nullable String rule) {
    violations.add(new Violation(name, "query", message, rule));
  }

  /// @throws io.quarkiverse.resteasy.problem.HttpProblem naming everything that was wrong
  void orThrow() {
    if (!violations.isEmpty()) {
      throw Problems.invalid(violations);
    }
  }
}
