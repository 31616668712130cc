package org.trabecula.protocol.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Resource;
import org.jboss.logging.Logger;

/// FHIR R4 as JSON.
@Singleton
public class Fhir {
  static final String JSON = "application/fhir+json";
  static final String BASE = "/fhir";

  private static final Logger LOG = Logger.getLogger(Fhir.class);
  private static final String WARM_UP =
      """
      {"resourceType": "MedicationRequest", "status": "draft", "intent": "proposal",
       "medicationCodeableConcept": {"coding": [{"system": "urn:trabecula:agent", "code": "estradiol-patch"}]},
       "subject": {"reference": "Patient/1"},
       "dosageInstruction": [{"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}}]}
      """;

  private final FhirContext context = FhirContext.forR4Cached();

  /// What we write contains nothing that the parser would have to look for.
  Fhir() {
    context.getParserOptions().setAutoContainReferenceTargetsWithNoId(false);
  }

  /// The first of everything takes most of a second: let no client wait for it.
  void warmUp(@Observes StartupEvent event) {
    Thread.ofVirtual()
        .name("fhir-warm-up")
        .start(() -> LOG.debugf("FHIR is warm: %s", write(read(MedicationRequest.class, WARM_UP))));
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
        .setParserErrorHandler(new Unforgiving())
        .parseResource(type, json);
  }

  /// Passes over what is unknown, but not over what is known and of another type.
  private static final class Unforgiving extends LenientErrorHandler {
    private Unforgiving() {
      super(false);
    }

    @Override
    public void incorrectJsonType(
        IParseLocation location,
        String element,
        ValueType expected,
        ScalarType expectedScalar,
        ValueType found,
        ScalarType foundScalar) {
      throw new DataFormatException(element + " is of another type");
    }
  }
}
