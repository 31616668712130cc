package org.trabecula.localstack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// The demo's own token issuer: it publishes the public key that verifies a token, and hands out no
/// token over the network. Tokens are signed by whoever can read the key file.
///
/// It is for one machine only, so it refuses to listen on any address but loopback.
public final class Issuer implements Closeable {
  static final String JWKS_PATH = "/.well-known/jwks.json";
  private static final String CONFIGURATION_PATH = "/.well-known/openid-configuration";

  private final HttpServer server;
  private final SigningKey key;
  private final URI uri;

  private Issuer(HttpServer server, SigningKey key) {
    this.server = server;
    this.key = key;
    this.uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// The address asked for can be reached from other machines.
  public static final class NotLoopback extends StackFailure {
    NotLoopback(InetAddress address) {
      super(
          "The demo's token issuer runs on loopback only and refuses %s; use an OpenID provider of your own there."
              .formatted(address.getHostAddress()));
    }
  }

  /// @param port 0 takes any free one
  /// @param keyFile the private key, made if there is none yet
  /// @throws NotLoopback for any other address
  public static Issuer start(InetAddress address, int port, Path keyFile) throws IOException {
    if (!address.isLoopbackAddress()) {
      throw new NotLoopback(address);
    }
    var key = SigningKey.loadOrCreate(keyFile);
    var server = HttpServer.create(new InetSocketAddress(address, port), 0);
    var issuer = new Issuer(server, key);
    server.createContext(JWKS_PATH, exchange -> answer(exchange, key.publicKeys()));
    server.createContext(CONFIGURATION_PATH, exchange -> answer(exchange, issuer.configuration()));
    server.start();
    return issuer;
  }

  /// The issuer's name in every token, and where it listens.
  public URI uri() {
    return uri;
  }

  public URI jwks() {
    return uri.resolve(JWKS_PATH);
  }

  public String token(Role role, String clinic, Duration lifetime) {
    return key.token(uri.toString(), role, clinic, lifetime);
  }

  private String configuration() {
    return """
    {"issuer":"%s","jwks_uri":"%s","id_token_signing_alg_values_supported":["RS256"],\
    "response_types_supported":[],"subject_types_supported":["public"]}"""
        .formatted(uri, jwks());
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
