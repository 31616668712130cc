package org.trabecula.patient.erasure;

import static org.trabecula.kit.http.Roles.ADMINISTRATOR;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.trabecula.patient.Change;

/// Erasure over HTTP.
@Path("/v1/patients")
@RunOnVirtualThread
class ErasureResource {
  private final ErasePatient erasePatient;
  private final SecurityIdentity caller;
  private final Change change;

  ErasureResource(ErasePatient erasePatient, SecurityIdentity caller, Change change) {
    this.erasePatient = erasePatient;
    this.caller = caller;
    this.change = change;
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(ADMINISTRATOR)
  public Response erase(@RestPath UUID id) {
    return change.make(
        tell -> {
          erasePatient.erase(id, caller.getPrincipal().getName(), tell);
          return Response.noContent().build();
        });
  }
}
