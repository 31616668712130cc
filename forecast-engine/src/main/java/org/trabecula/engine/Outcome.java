package org.trabecula.engine;

import java.time.Instant;

/// A forecast, or the reason why there is none.
public sealed interface Outcome permits Forecast, Refusal {
  Instant asOf();

  /// Changes whenever an equation changes.
  String modelVersion();

  /// SHA-256 over every number that the model reads from its resources, in hex.
  String parameterHash();
}
