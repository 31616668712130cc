package org.trabecula.patient.fhir;

import java.util.Date;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;

/// What the FHIR door can do, and nothing else.
final class Capabilities {
  private Capabilities() {}

  static CapabilityStatement statement() {
    var statement = new CapabilityStatement();
    statement
        .setStatus(PublicationStatus.ACTIVE)
        .setKind(CapabilityStatementKind.INSTANCE)
        .setFhirVersion(FHIRVersion._4_0_1)
        .addFormat(Fhir.JSON)
        .setDate(Date.from(java.time.Instant.parse("2026-11-23T00:00:00Z")));
    statement.getSoftware().setName("Trabecula patient-service");
    statement
        .getImplementation()
        .setDescription("Patients and measurements for forecasts of bone mineral density");
    var rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
    rest.getSecurity().setDescription("A bearer token (JWT) that names the clinic and the role.");
    rest.addInteraction()
        .setCode(SystemRestfulInteraction.TRANSACTION)
        .setDocumentation(
            "POST of Patient, with conditional create by identifier, and of Observation whose LOINC code is in the"
                + " catalogue of analytes. Anything else is answered as not stored, or refuses the Bundle under"
                + " Prefer: handling=strict.");
    return statement;
  }
}
