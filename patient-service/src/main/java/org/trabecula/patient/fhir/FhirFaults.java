package org.trabecula.patient.fhir;

import jakarta.ws.rs.ext.Provider;
import org.trabecula.kit.fhir.FhirErrors;

@Provider
class FhirFaults extends FhirErrors {
  FhirFaults(Fhir fhir) {
    super(fhir::write);
  }
}
