package org.trabecula.kit.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Refuses a body by the length that its sender states, before it is read. Quarkus does so too, but
/// without a word.
@ApplicationScoped
class BodyLimit {
  private static final int BEFORE_QUARKUS = 1_000;
  private static final String PROBLEM =
      """
      {"status":413,"title":"Content Too Large","detail":"A body has at most %d bytes."}""";

  private final long most;

  BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
    this.most = most.asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, BEFORE_QUARKUS);
  }

  private void check(RoutingContext request) {
    if (statedLength(request) <= most) {
      request.next();
      return;
    }
    request
        .response()
        .setStatusCode(413)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .putHeader(HttpHeaders.CONNECTION, "close")
        .end(PROBLEM.formatted(most))
        .onComplete(sent -> request.request().connection().close());
  }

  private static long statedLength(RoutingContext request) {
    String stated = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return stated == null ? 0 : Long.parseLong(stated);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
