package org.trabecula.localstack;

import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/// Reads a token as a service would: by the issuer's published keys.
final class Tokens {
  private Tokens() {}

  static JwtClaims verified(String token, String publicKeys, String issuer) throws Exception {
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(
            new JwksVerificationKeyResolver(new JsonWebKeySet(publicKeys).getJsonWebKeys()))
        .setExpectedIssuer(issuer)
        .setExpectedAudience("trabecula")
        .setRequireExpirationTime()
        .setRequireIssuedAt()
        .setRequireJwtId()
        .setRequireSubject()
        .build()
        .processToClaims(token);
  }
}
