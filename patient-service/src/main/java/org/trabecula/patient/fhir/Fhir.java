package org.trabecula.patient.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.IParserErrorHandler;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jboss.logging.Logger;

/// FHIR R4 as JSON.
@Singleton
class Fhir {
  static final String JSON = "application/fhir+json";
  static final String BASE = "/fhir";

  private static final Logger LOG = Logger.getLogger(Fhir.class);

  private final FhirContext context = FhirContext.forR4Cached();

  /// What we contain, we contain ourselves: the parser need not look through everything that it
  /// writes for more.
  Fhir() {
    context.getParserOptions().setAutoContainReferenceTargetsWithNoId(false);
  }

  /// The first parse takes most of a second: let no caller wait for it.
  void warmUp(@Observes StartupEvent event, SubmittedBundles bundles, Capabilities capabilities) {
    Thread.ofVirtual()
        .name("fhir-warm-up")
        .start(
            () -> {
              bundles.bundle(WARM_UP.getBytes(StandardCharsets.UTF_8));
              write(capabilities.statement());
              LOG.debug("FHIR is warm");
            });
  }

  IParser parser(IParserErrorHandler errors) {
    return context.newJsonParser().setParserErrorHandler(errors);
  }

  String write(IBaseResource resource) {
    return context
        .newJsonParser()
        .setStripVersionsFromReferences(false)
        .encodeResourceToString(resource);
  }

  private static final String WARM_UP =
      """
      {"resourceType": "Bundle", "type": "transaction", "entry": [
        {"fullUrl": "urn:uuid:00000000-0000-0000-0000-000000000001",
         "resource": {"resourceType": "Patient", "birthDate": "1970-01-01"},
         "request": {"method": "POST", "url": "Patient"}},
        {"resource": {"resourceType": "Observation", "status": "final",
         "code": {"coding": [{"system": "http://loinc.org", "code": "41171-0"}]},
         "effectiveDateTime": "2020-01-01T08:00:00Z", "valueQuantity": {"value": 400, "code": "ng/L"}},
         "request": {"method": "POST", "url": "Observation"}}]}
      """;
}
