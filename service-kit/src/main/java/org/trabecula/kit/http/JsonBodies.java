package org.trabecula.kit.http;

import com.fasterxml.jackson.core.JacksonException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/// Answers for JSON bodies that cannot be read. Done here and not by an exception mapper, since the
/// library that words our problems has mappers of its own for what Jackson throws, and they win.
@Provider
class JsonBodies implements ReaderInterceptor {
  @Override
  public Object aroundReadFrom(ReaderInterceptorContext body) throws IOException {
    try {
      return body.proceed();
    } catch (JacksonException fault) {
      throw JsonProblems.problem(fault);
    } catch (WebApplicationException wrapped) {
      if (wrapped.getCause() instanceof JacksonException fault) {
        throw JsonProblems.problem(fault);
      }
      throw wrapped;
    }
  }
}
