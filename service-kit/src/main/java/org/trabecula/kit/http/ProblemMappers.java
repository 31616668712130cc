package org.trabecula.kit.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Problems where the library that words them says too much or too little.
class ProblemMappers {
  private static final int BEFORE_THE_LIBRARY = Priorities.USER - 1_000;

  @ServerExceptionMapper(priority = BEFORE_THE_LIBRARY)
  Response json(JsonProcessingException fault) {
    return JsonProblems.problem(fault).toResponse();
  }

  @ServerExceptionMapper(priority = BEFORE_THE_LIBRARY)
  Response mismatch(MismatchedInputException fault) {
    return JsonProblems.problem(fault).toResponse();
  }

  @ServerExceptionMapper(priority = BEFORE_THE_LIBRARY)
  Response format(InvalidFormatException fault) {
    return JsonProblems.problem(fault).toResponse();
  }

  @ServerExceptionMapper(priority = BEFORE_THE_LIBRARY)
  Response unknownField(UnrecognizedPropertyException fault) {
    return JsonProblems.problem(fault).toResponse();
  }

  /// The JSON reader wraps what it stumbles over.
  @ServerExceptionMapper(priority = BEFORE_THE_LIBRARY)
  Response wrapped(WebApplicationException fault) {
    return fault.getCause() instanceof JacksonException json
        ? JsonProblems.problem(json).toResponse()
        : plain(fault.getResponse().getStatusInfo());
  }

  @ServerExceptionMapper(priority = BEFORE_THE_LIBRARY)
  Response notFound(NotFoundException fault) {
    return plain(Response.Status.NOT_FOUND);
  }

  private static Response plain(Response.StatusType status) {
    return HttpProblem.builder()
        .withStatus(status)
        .withTitle(status.getReasonPhrase())
        .build()
        .toResponse();
  }
}
