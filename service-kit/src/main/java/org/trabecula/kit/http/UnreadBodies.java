package org.trabecula.kit.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Lets a caller whose body is refused before it was read hear the answer: what is still on its way
/// is taken off the wire and dropped, for a while. Callers that listen only when they have sent
/// everything would otherwise wait for ever, or see a broken connection and try again.
@ApplicationScoped
class UnreadBodies {
  private static final int BEFORE_QUARKUS = 1_000;

  /// Shorter bodies lie in buffers already.
  private static final int SHORT = 1 << 16;

  private static final long MOST_DROPPED = 256L << 20;
  private static final long MOST_MILLIS = 30_000;

  private final Vertx vertx;

  UnreadBodies(Vertx vertx) {
    this.vertx = vertx;
  }

  void register(@Observes Filters filters) {
    filters.register(this::watch, BEFORE_QUARKUS);
  }

  private void watch(RoutingContext call) {
    if (isLong(call.request())) {
      call.addEndHandler(answered -> drop(call.request()));
    }
    call.next();
  }

  private static boolean isLong(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
        : length.length() > 9 || length.length() > 4 && Long.parseLong(length) > SHORT;
  }

  private void drop(HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    long timer = vertx.setTimer(MOST_MILLIS, late -> request.connection().close());
    request.exceptionHandler(gone -> vertx.cancelTimer(timer));
    request.endHandler(done -> vertx.cancelTimer(timer));
    request.handler(
        chunk -> {
          if (request.bytesRead() > MOST_DROPPED) {
            request.connection().close();
          }
        });
    request.resume();
  }
}
