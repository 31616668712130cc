package org.trabecula.patient.fhir;

import static org.trabecula.kit.http.Roles.CLINICIAN;
import static org.trabecula.kit.http.Roles.INTEGRATION;
import static org.trabecula.kit.http.Roles.VIEWER;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// FHIR R4 over HTTP.
@Path(Fhir.BASE)
@Produces({Fhir.JSON, MediaType.APPLICATION_JSON})
@RunOnVirtualThread
class FhirResource {
  private final Fhir fhir;
  private final TransactionBundles bundles;
  private final Transactions transactions;

  FhirResource(Fhir fhir, TransactionBundles bundles, Transactions transactions) {
    this.fhir = fhir;
    this.bundles = bundles;
    this.transactions = transactions;
  }

  @POST
  @Consumes({Fhir.JSON, MediaType.APPLICATION_JSON})
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public String transaction(
      @HeaderParam("Prefer") @Nullable String prefer, byte @Nullable [] body) {
    TransactionBundle bundle = bundles.parse(body == null ? new byte[0] : body);
    return fhir.write(transactions.carryOut(bundle, isStrict(prefer)));
  }

  @GET
  @Path("/metadata")
  @RolesAllowed({CLINICIAN, INTEGRATION, VIEWER})
  public String metadata() {
    return fhir.write(Capabilities.statement());
  }

  @ServerExceptionMapper
  public Response refused(FhirProblem problem) {
    return Response.status(problem.status())
        .type(Fhir.JSON)
        .entity(fhir.write(Outcomes.refusal(problem.issues())))
        .build();
  }

  private static boolean isStrict(@Nullable String prefer) {
    return prefer != null
        && Arrays.stream(prefer.split("[,;]"))
            .anyMatch(preference -> preference.strip().equalsIgnoreCase("handling=strict"));
  }
}
