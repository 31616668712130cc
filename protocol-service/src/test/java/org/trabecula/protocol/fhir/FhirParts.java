package org.trabecula.protocol.fhir;

import org.trabecula.protocol.Shipped;

/// What reads and writes FHIR, without a container.
public final class FhirParts {
  private FhirParts() {}

  public static Fhir fhir() {
    return new Fhir();
  }

  public static Prescriptions prescriptions() {
    return new Prescriptions(Shipped.AGENTS);
  }
}
