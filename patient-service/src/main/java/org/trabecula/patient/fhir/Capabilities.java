package org.trabecula.patient.fhir;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Date;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ReferenceHandlingPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;

/// What the FHIR door can do, and nothing else.
@Singleton
class Capabilities {
  private static final Date WRITTEN = Date.from(Instant.parse("2026-11-23T00:00:00Z"));

  private static final String SMOKING =
      " The tobacco smoking status (LOINC 72166-2) is kept as a clinical fact: it is read by its id, and found by"
          + " code=72166-2 alone, then by the parameters of Condition.";

  private static final String ORDERS =
      "An order is kept as medication history: it is answered with, read as and found as a MedicationStatement.";

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
    statement.getSoftware().setName("Trabecula patient-service");
    statement
        .getImplementation()
        .setDescription("Patients and measurements for forecasts of bone mineral density");
    var rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
    rest.getSecurity().setDescription("A bearer token (JWT) that names the clinic and the role.");
    reads.kinds().forEach(kind -> resource(rest, kind));
    orders(rest);
    String entries =
        "Entries may be every create, update, read and search that works as a request by itself. What is not kept here is answered as not stored, or"
            + " refused under Prefer: handling=strict.";
    rest.addInteraction()
        .setCode(SystemRestfulInteraction.TRANSACTION)
        .setDocumentation("All or nothing. " + entries);
    rest.addInteraction()
        .setCode(SystemRestfulInteraction.BATCH)
        .setDocumentation("Each entry by itself. " + entries);
    return statement;
  }

  private static void resource(CapabilityStatementRestComponent rest, Searchable<?, ?> kind) {
    var resource =
        rest.addResource()
            .setType(kind.type())
            .setVersioning(ResourceVersionPolicy.VERSIONED)
            .setReadHistory(false)
            .addReferencePolicy(ReferenceHandlingPolicy.LITERAL)
            .setDocumentation(
                "_count up to %d; _sort by %s, descending with a minus sign; _summary=count; paging by the link next."
                        .formatted(
                            Search.LARGEST,
                            String.join(
                                " or ", kind.sorts().stream().map(Searchable.Sort::name).toList()))
                    + (kind.type().equals("Observation") ? SMOKING : ""));
    interaction(resource, TypeRestfulInteraction.READ);
    interaction(resource, TypeRestfulInteraction.SEARCHTYPE);
    if (!kind.type().equals("Provenance")) {
      writes(resource, kind.type().equals("Patient"));
    }
    if (kind.type().equals("Patient")) {
      resource
          .addOperation()
          .setName("everything")
          .setDefinition(Everything.DEFINITION)
          .setDocumentation(
              "GET of one patient: the Patient and every Observation, Condition,"
                  + " MedicationStatement and Provenance of theirs, paged by _count and the link"
                  + " next; _since (an instant) and _type narrow it.");
    }
    kind.parameters()
        .forEach(
            (name, parameter) ->
                resource
                    .addSearchParam()
                    .setName(name)
                    .setType(parameter.type())
                    .setDocumentation(parameter.documentation()));
  }

  /// What is taken and shown as another type.
  private static void orders(CapabilityStatementRestComponent rest) {
    var resource =
        rest.addResource()
            .setType("MedicationRequest")
            .setReadHistory(false)
            .addReferencePolicy(ReferenceHandlingPolicy.LITERAL)
            .setDocumentation(ORDERS);
    writes(resource, false);
  }

  /// @param isPatient patients are updated under the version that was seen; what a source states,
  // by
  /// what the source calls it
  private static void writes(CapabilityStatementRestResourceComponent resource, boolean isPatient) {
    resource
        .setVersioning(
            isPatient ? ResourceVersionPolicy.VERSIONEDUPDATE : ResourceVersionPolicy.VERSIONED)
        .setConditionalCreate(true)
        .setConditionalUpdate(isPatient)
        .setUpdateCreate(!isPatient);
    interaction(resource, TypeRestfulInteraction.CREATE);
    interaction(resource, TypeRestfulInteraction.UPDATE);
  }

  private static void interaction(
      CapabilityStatementRestResourceComponent resource, TypeRestfulInteraction code) {
    resource.addInteraction().setCode(code);
  }
}
