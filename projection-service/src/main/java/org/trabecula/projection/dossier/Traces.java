package org.trabecula.projection.dossier;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes a trace across the time between a change and the forecast that follows it.
@ApplicationScoped
public class Traces {
  private static final String TRACEPARENT = "traceparent";

  private final OpenTelemetry telemetry;

  Traces(OpenTelemetry telemetry) {
    this.telemetry = telemetry;
  }

  /// The present trace as a W3C `traceparent`; null when there is none.
  @Nullable String present() {
    Map<String, String> carrier = new HashMap<>();
    telemetry
        .getPropagators()
        .getTextMapPropagator()
        .inject(Context.current(), carrier, (to, name, value) -> carrier.put(name, value));
    return carrier.get(TRACEPARENT);
  }

  /// Goes on with a trace until the scope is closed.
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public Scope resume(@Nullable String traceparent) {
    return telemetry
        .getPropagators()
        .getTextMapPropagator()
        .extract(Context.root(), traceparent, new OnlyTraceparent())
        .makeCurrent();
  }

  private static final class OnlyTraceparent implements TextMapGetter<@Nullable String> {
    @Override
    public Iterable<String> keys(@Nullable String traceparent) {
      return List.of(TRACEPARENT);
    }

    @Override
    public @Nullable String get(@Nullable String traceparent, String name) {
      return TRACEPARENT.equals(name) ? traceparent : null;
    }
  }
}
