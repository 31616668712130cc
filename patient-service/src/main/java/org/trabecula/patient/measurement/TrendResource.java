package org.trabecula.patient.measurement;

import static org.trabecula.kit.http.Roles.CLINICIAN;
import static org.trabecula.kit.http.Roles.INTEGRATION;
import static org.trabecula.kit.http.Roles.VIEWER;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Analyte;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.patient.Refused;
import org.trabecula.patient.profile.Patient;
import org.trabecula.patient.profile.Patients;

/// Trends of a patient's results over HTTP.
@Path("/v1/patients/{patient}/trends")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class TrendResource {
  private static final String EXAMPLE =
      """
      {"patientId": "7f0a3c52-5d0e-4a5e-9b53-0d6a1f3c2e11", "analyte": "p1np", "unit": "ug/L",
       "definition": "A change is significant when |% change| is above the least significant change (LSC) …",
       "series": [{"laboratory": "North", "assay": "Elecsys total P1NP", "points": [
         {"measurementId": "c2b7d6de-1c57-4c0b-8f59-6f1f0f5f7a02", "version": 1, "effectiveAt": "2025-11-03T08:00:00Z",
          "effectivePrecision": "INSTANT", "value": 40, "status": "FINAL", "findings": [],
          "withoutReferenceInterval": "The sex for clinical use is not known.",
          "sinceBaseline": {"verdict": "NOT_COMPARABLE",
            "reason": "It is the first of its series, and what later results are compared with."},
          "sincePrevious": {"verdict": "NOT_COMPARABLE",
            "reason": "It is the first of its series, and what later results are compared with."}},
         {"measurementId": "0f7b1fb5-6a5d-4c0b-8f59-6f1f0f5f7a03", "version": 1, "effectiveAt": "2026-02-02T08:00:00Z",
          "effectivePrecision": "INSTANT", "value": 56, "status": "FINAL", "findings": [],
          "withoutReferenceInterval": "The sex for clinical use is not known.",
          "sinceBaseline": {"fromMeasurementId": "c2b7d6de-1c57-4c0b-8f59-6f1f0f5f7a02", "absolute": 16, "percent": 40.0,
            "leastSignificantChange": {"percent": 25, "basis": "DEFAULT", "source": "Default: variation within a person and of the assay"},
            "verdict": "INCREASED", "reason": "40.0 % is more than the least significant change of 25 %."},
          "sincePrevious": {"fromMeasurementId": "c2b7d6de-1c57-4c0b-8f59-6f1f0f5f7a02", "absolute": 16, "percent": 40.0,
            "leastSignificantChange": {"percent": 25, "basis": "DEFAULT", "source": "Default: variation within a person and of the assay"},
            "verdict": "INCREASED", "reason": "40.0 % is more than the least significant change of 25 %."}}]}]}
      """;

  private final Measurements measurements;
  private final Patients patients;
  private final Catalogue catalogue;
  private final AssessMeasurements assess;
  private final Trends trends;

  TrendResource(
      Measurements measurements,
      Patients patients,
      Catalogue catalogue,
      AssessMeasurements assess,
      Trends trends) {
    this.measurements = measurements;
    this.patients = patients;
    this.catalogue = catalogue;
    this.assess = assess;
    this.trends = trends;
  }

  @GET
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  @Operation(
      summary = "How one analyte has gone",
      description =
          "Changes since the first and since the previous result of each series, with a verdict against the least"
              + " significant change. A series holds results of one assay of one laboratory, or scans of one scanner."
              + " Where there is no verdict, the reason is said in words.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = Trend.class),
              examples = @ExampleObject(name = "P1NP that rose", value = EXAMPLE)))
  public Trend trend(
      @RestPath UUID patient,
      @Parameter(description = "Code in the catalogue of analytes.", example = "p1np") @RestQuery
          @Nullable String analyte) {
    Analyte followed =
        Optional.ofNullable(analyte)
            .flatMap(catalogue::byCode)
            .orElseThrow(
                () ->
                    Problems.invalid(
                        List.of(
                            new Violation(
                                "analyte", "query", "Is required, a code of the catalogue."))));
    Patient known =
        patients
            .findByIdOptional(patient)
            .orElseThrow(
                () ->
                    new Refused(
                        Refused.Kind.UNKNOWN, "patientId", "The clinic has no such patient."));
    Chart chart = Chart.of(measurements.ofPatients(Set.of(patient), Set.of(followed.code())));
    return new Trend(
        patient,
        followed.code(),
        followed.unit(),
        Trend.DEFINITION,
        trends.of(chart, assess.circumstances(known)));
  }
}
