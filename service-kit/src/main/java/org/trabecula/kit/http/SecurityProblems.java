package org.trabecula.kit.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Says 401 where the library cannot: it was built for a Quarkus whose challenges look different.
class SecurityProblems {
  private static final int BEFORE_THE_LIBRARY = Priorities.USER - 1_000;

  @ServerExceptionMapper(priority = BEFORE_THE_LIBRARY)
  Response noToken(UnauthorizedException fault) {
    return unauthorized("This needs a bearer token.");
  }

  @ServerExceptionMapper(priority = BEFORE_THE_LIBRARY)
  Response badToken(AuthenticationFailedException fault) {
    return unauthorized("The bearer token is not accepted.");
  }

  private static Response unauthorized(String detail) {
    Response problem =
        HttpProblem.builder()
            .withStatus(Response.Status.UNAUTHORIZED)
            .withTitle(Response.Status.UNAUTHORIZED.getReasonPhrase())
            .withDetail(detail)
            .build()
            .toResponse();
    return Response.fromResponse(problem).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build();
  }
}
