package org.trabecula.kit.http;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Tokens of the demo's issuer, which lives on this machine alone, are worth nothing to a service
/// that others can reach.
@ApplicationScoped
class DemoIssuerGuard {
  private final Optional<String> issuer;
  private final String host;

  DemoIssuerGuard(
      @ConfigProperty(name = "mp.jwt.verify.issuer") Optional<String> issuer,
      @ConfigProperty(name = "quarkus.http.host") String host) {
    this.issuer = issuer;
    this.host = host;
  }

  void start(@Observes StartupEvent event) throws UnknownHostException {
    check(
        issuer.orElseThrow(
            () -> new IllegalStateException("mp.jwt.verify.issuer is not set: whose tokens?")),
        host);
  }

  static void check(String issuer, String host) throws UnknownHostException {
    if (isOfThisMachine(issuer) && !InetAddress.getByName(host).isLoopbackAddress()) {
      throw new IllegalStateException(
          "mp.jwt.verify.issuer is the demo's issuer on this machine ("
              + issuer
              + "), but quarkus.http.host is "
              + host
              + ": with demo tokens a service listens on 127.0.0.1 only");
    }
  }

  /// The issuer is a name, not an address to call: one that no name server knows here is another's.
  private static boolean isOfThisMachine(String issuer) {
    String issuerHost = URI.create(issuer).getHost();
    try {
      return issuerHost != null && InetAddress.getByName(issuerHost).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
