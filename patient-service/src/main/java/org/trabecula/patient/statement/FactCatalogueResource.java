package org.trabecula.patient.statement;

import static org.trabecula.kit.http.Roles.ADMINISTRATOR;
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
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.patient.Page;

/// What can be known of a patient, over HTTP.
@Path("/v1/facts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class FactCatalogueResource {
  private final FactCatalogue catalogue;

  FactCatalogueResource(FactCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @GET
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER, ADMINISTRATOR})
  public Page<ClinicalFact> list() {
    return new Page<>(List.copyOf(catalogue.all()), null);
  }
}
