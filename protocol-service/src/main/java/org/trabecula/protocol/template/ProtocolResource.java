package org.trabecula.protocol.template;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.kit.http.Roles;

@Path("/v1/protocols")
@RunOnVirtualThread
@RolesAllowed({Roles.CLINICIAN, Roles.INTEGRATION, Roles.VIEWER})
public class ProtocolResource {
  private final Protocols protocols;

  ProtocolResource(Protocols protocols) {
    this.protocols = protocols;
  }

  public record ProtocolList(List<Protocol> items) {}

  @GET
  public ProtocolList latest() {
    return new ProtocolList(protocols.latest());
  }

  @GET
  @Path("/{code}")
  public Protocol one(
      @PathParam("code") String code, @QueryParam("version") @Nullable String version) {
    known(code);
    return protocols
        .find(code, number(version))
        .orElseThrow(
            () -> Problems.notFound("version", "This protocol has no such published version."));
  }

  /// Every version that was ever published, the oldest first.
  @GET
  @Path("/{code}/versions")
  public ProtocolList versions(@PathParam("code") String code) {
    return new ProtocolList(known(code));
  }

  private List<Protocol> known(String code) {
    List<Protocol> versions = protocols.versions(code);
    if (versions.isEmpty()) {
      throw Problems.notFound("code", "There is no such protocol; GET /v1/protocols lists them.");
    }
    return versions;
  }

  private static @Nullable Integer number(@Nullable String version) {
    if (version == null) {
      return null;
    }
    if (!version.matches("[1-9][0-9]{0,5}")) {
      throw Problems.invalid(List.of(new Violation("version", "query", "must be a number from 1")));
    }
    return Integer.valueOf(version);
  }
}
