package org.trabecula.protocol.fhir;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Date;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ReferenceHandlingPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;

/// What the FHIR door can do, and nothing else.
@Singleton
class Capabilities {
  private static final Date WRITTEN = Date.from(Instant.parse("2026-11-24T00:00:00Z"));

  private final Reads reads;

  Capabilities(Reads reads) {
    this.reads = reads;
  }

  CapabilityStatement statement() {
    var statement = new CapabilityStatement();
    statement
        .setStatus(PublicationStatus.ACTIVE)
        .setKind(CapabilityStatementKind.INSTANCE)
        .setFhirVersion(FHIRVersion._4_0_1)
        .addFormat(Fhir.JSON)
        .setDate(WRITTEN);
    statement.getSoftware().setName("Trabecula protocol-service");
    statement
        .getImplementation()
        .setDescription("Regimens, proposals, and what safety rules find in them");
    var rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
    rest.getSecurity().setDescription("A bearer token (JWT) that names the clinic and the role.");
    reads.kinds().forEach(kind -> resource(rest, kind));
    return statement;
  }

  private static void resource(CapabilityStatementRestComponent rest, Kept kind) {
    var resource =
        rest.addResource()
            .setType(kind.type())
            .setVersioning(ResourceVersionPolicy.NOVERSION)
            .setReadHistory(false)
            .addReferencePolicy(ReferenceHandlingPolicy.LITERAL)
            .setDocumentation(
                "A search names patient or _id. _count up to %d, 0 for the number alone; paging by the link next."
                    .formatted(Search.LARGEST));
    resource.addInteraction().setCode(TypeRestfulInteraction.READ);
    resource.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
    kind.parameters()
        .forEach(
            (name, parameter) ->
                resource
                    .addSearchParam()
                    .setName(name)
                    .setType(parameter.type())
                    .setDocumentation(parameter.documentation()));
  }
}
