package org.trabecula.patient.fhir;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.trabecula.patient.fhir.Searchable.Parameter;
import org.trabecula.patient.fhir.Searchable.Sort;
import org.trabecula.patient.provenance.Provenance.Activity;
import org.trabecula.patient.provenance.Provenance.Kind;

/// Shows who brought a version. Its id is the id of what was brought, and the version.
final class ProvenanceViews {
  private static final Pattern ID = Pattern.compile("([0-9a-f-]{36})-(\\d{1,9})");
  private static final Set<String> TARGETS =
      Set.of("Patient", "Observation", "Condition", "MedicationStatement");

  static final Searchable<
          org.trabecula.patient.provenance.Provenance, org.trabecula.patient.provenance.Provenance>
      SEARCHABLE =
          new Searchable<>(
              "Provenance",
              "provenance",
              Clause.ALWAYS,
              ProvenanceViews::identified,
              "target_id",
              org.trabecula.patient.provenance.Provenance.class,
              Function.identity(),
              org.trabecula.patient.provenance.Provenance::target,
              ProvenanceViews::of,
              List.of(
                  new Sort<>(
                      "_lastUpdated",
                      "recorded_at",
                      org.trabecula.patient.provenance.Provenance::recordedAt)),
              parameters());

  private ProvenanceViews() {}

  private static Map<String, Parameter> parameters() {
    var parameters = new LinkedHashMap<String, Parameter>();
    parameters.put(
        "_id",
        new Parameter(SearchParamType.TOKEN, "The resource's id.", ProvenanceViews::identified));
    parameters.put("_lastUpdated", SearchValues.lastUpdated("recorded_at"));
    parameters.put("patient", SearchValues.patient("patient_id"));
    parameters.put(
        "target",
        new Parameter(
            SearchParamType.REFERENCE,
            "What was brought, such as Observation/{id}; every version of it.",
            ProvenanceViews::target));
    return parameters;
  }

  private static Clause identified(String id) {
    var parts = ID.matcher(id);
    return parts.matches()
        ? SearchValues.uuid(parts.group(1))
            .map(
                target ->
                    Clause.of(
                        "target_id = ? and target_version = ?",
                        target,
                        Integer.parseInt(parts.group(2))))
            .orElse(Clause.NEVER)
        : Clause.NEVER;
  }

  private static Clause target(String value) {
    int slash = value.indexOf('/');
    if (slash >= 0 && !TARGETS.contains(value.substring(0, slash))) {
      return Clause.NEVER;
    }
    return SearchValues.uuid(value.substring(slash + 1))
        .map(id -> Clause.of("target_id = ?", id))
        .orElse(Clause.NEVER);
  }

  static Provenance of(org.trabecula.patient.provenance.Provenance stored) {
    var provenance = new Provenance();
    provenance.setId(stored.target() + "-" + stored.version());
    provenance
        .getMeta()
        .setVersionId("1")
        .setLastUpdatedElement(Times.instant(stored.recordedAt()));
    provenance
        .addTarget(
            new Reference(
                "%s/%s/_history/%d"
                    .formatted(type(stored.kind()), stored.target(), stored.version())))
        .setRecordedElement(Times.instant(stored.recordedAt()))
        .setActivity(
            new CodeableConcept(
                new Coding(
                    "http://terminology.hl7.org/CodeSystem/v3-DataOperation",
                    operation(stored.activity()),
                    null)));
    provenance
        .addAgent()
        .setType(
            new CodeableConcept(
                new Coding(
                    "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                    "author",
                    null)))
        .setWho(
            new Reference()
                .setIdentifier(
                    new Identifier().setSystem("urn:trabecula:client").setValue(stored.agent())));
    if (stored.message() != null || stored.messageSystem() != null) {
      provenance
          .addEntity()
          .setRole(ProvenanceEntityRole.SOURCE)
          .setWhat(
              new Reference()
                  .setIdentifier(
                      new Identifier()
                          .setSystem(stored.messageSystem())
                          .setValue(stored.message())));
    }
    return provenance;
  }

  private static String type(Kind kind) {
    return switch (kind) {
      case PATIENT -> "Patient";
      case MEASUREMENT, SMOKING_STATUS -> "Observation";
      case FACT -> "Condition";
      case MEDICATION -> "MedicationStatement";
    };
  }

  private static String operation(Activity activity) {
    return switch (activity) {
      case CREATE -> "CREATE";
      case UPDATE -> "UPDATE";
      case WITHDRAW -> "NULLIFY";
    };
  }
}
