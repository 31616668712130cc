package org.trabecula.protocol.regimen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;

/// Which part of a list is asked for, newest first.
///
/// @param size at most so many
/// @param before only what has a lower sequence number
record Paging(int size, long before) {
  private static final int MOST = 200;

  /// @throws io.quarkiverse.resteasy.problem.HttpProblem naming the parameter that is wrong
  static Paging of(String limit, @Nullable String cursor) {
    return new Paging(size(limit), before(cursor));
  }

  /// Where the next part begins.
  static String cursor(long sequence) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Long.toString(sequence).getBytes(UTF_8));
  }

  private static int size(String limit) {
    if (!limit.matches("[0-9]{1,3}")
        || Integer.parseInt(limit) < 1
        || Integer.parseInt(limit) > MOST) {
      throw invalid("limit", "must be 1 to " + MOST);
    }
    return Integer.parseInt(limit);
  }

  private static long before(@Nullable String cursor) {
    try {
      return cursor == null
          ? Long.MAX_VALUE
          : Long.parseLong(new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
    } catch (IllegalArgumentException e) {
      throw invalid("cursor", "is not one that this list gave");
    }
  }

  private static RuntimeException invalid(String parameter, String message) {
    return Problems.invalid(List.of(new Violation(parameter, "query", message)));
  }
}
