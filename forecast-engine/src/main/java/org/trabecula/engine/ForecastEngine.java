package org.trabecula.engine;

import org.trabecula.engine.model.Parameters;

/// The door of the engine. Immutable; share one between threads.
public final class ForecastEngine {

  /// Changes whenever an equation or the meaning of an input changes.
  public static final String MODEL_VERSION = "1.0.0";

  private final Parameters parameters;

  public ForecastEngine(Parameters parameters) {
    this.parameters = parameters;
  }

  public String parameterHash() {
    return parameters.hash();
  }
}
