package org.trabecula.kit.clinic;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// The clinic on whose behalf the present request or event is handled.
@RequestScoped
public class CurrentClinic {
  private static final String CLAIM = "clinic";

  private final JsonWebToken token;
  private @Nullable String entered;

  CurrentClinic(JsonWebToken token) {
    this.token = token;
  }

  /// Refuses a caller whose token names no clinic.
  public String id() {
    if (entered == null) {
      entered = fromToken();
    }
    return entered;
  }

  /// Runs work that no caller asked for, such as the handling of an event, on behalf of a clinic.
  public static <T> T call(String clinic, Callable<T> work) throws Exception {
    ManagedContext context = Arc.requireContainer().requestContext();
    var outer = context.getStateIfActive();
    context.activate();
    try {
      Arc.requireContainer().instance(CurrentClinic.class).get().enter(clinic);
      return work.call();
    } finally {
      context.terminate();
      if (outer != null) {
        context.activate(outer);
      }
    }
  }

  void enter(String clinic) {
    entered = clinic;
  }

  private String fromToken() {
    String clinic = token.getClaim(CLAIM);
    if (clinic == null || clinic.isBlank() || clinic.contains("/")) {
      throw HttpProblem.builder()
          .withStatus(Response.Status.FORBIDDEN)
          .withTitle("Forbidden")
          .withDetail("The token names no clinic (claim 'clinic').")
          .build();
    }
    return clinic;
  }
}
