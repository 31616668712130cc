package org.trabecula.protocol.regimen;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.trabecula.kit.http.Roles;
import org.trabecula.protocol.regimen.Clearance.Orderer;

/// Who makes the present request.
@ApplicationScoped
class PresentOrderer {
  private final JsonWebToken token;

  PresentOrderer(JsonWebToken token) {
    this.token = token;
  }

  Orderer get() {
    return new Orderer(token.getSubject(), token.getGroups().contains(Roles.PRESCRIBER));
  }
}
