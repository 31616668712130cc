package org.trabecula.protocol.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.LenientErrorHandler;
import jakarta.inject.Singleton;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;

/// FHIR R4 as JSON.
@Singleton
public class Fhir {
  static final String JSON = "application/fhir+json";
  static final String BASE = "/fhir";

  private final FhirContext context = FhirContext.forR4Cached();

  /// What we write contains nothing that the parser would have to look for.
  Fhir() {
    context.getParserOptions().setAutoContainReferenceTargetsWithNoId(false);
  }

  public String write(IBaseResource resource) {
    return context.newJsonParser().encodeResourceToString(resource);
  }

  /// Reads what another system wrote: elements that are unknown here are passed over, values that
  /// cannot be are not.
  ///
  /// @throws DataFormatException when it is no such resource
  public <R extends Resource> R read(Class<R> type, String json) {
    return context
        .newJsonParser()
        .setParserErrorHandler(new LenientErrorHandler(false))
        .parseResource(type, json);
  }
}
