package org.trabecula.kit.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
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
    HttpServerRequest request = call.request();
    if (isLong(request)) {
      Future<Void> received = request.end();
      call.addEndHandler(
          answered -> {
            if (!received.isComplete()) {
              drop(request, received);
            }
          });
    }
    call.next();
  }

  private static boolean isLong(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
        : length.length() > 9 || length.length() > 4 && Long.parseLong(length) > SHORT;
  }

  /// The timer may not hold the request, from which the whole body can be reached.
  private void drop(HttpServerRequest request, Future<Void> received) {
    HttpConnection connection = request.connection();
    long timer = vertx.setTimer(MOST_MILLIS, late -> connection.close());
    received.onComplete(done -> vertx.cancelTimer(timer));
    request.handler(
        chunk -> {
          if (request.bytesRead() > MOST_DROPPED) {
            connection.close();
          }
        });
    request.resume();
  }
}
