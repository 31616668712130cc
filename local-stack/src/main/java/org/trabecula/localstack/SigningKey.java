package org.trabecula.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/// The key pair that signs the demo's tokens. It is made at the first start and stays in the data
/// folder, readable by its owner only; whoever can read it can be any clinician of the demo.
final class SigningKey {
  static final String AUDIENCE = "trabecula";
  private static final int RSA_BITS = 2048;

  private final RsaJsonWebKey key;

  private SigningKey(RsaJsonWebKey key) {
    this.key = key;
  }

  static SigningKey loadOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) {
      create(file);
    }
    return load(file);
  }

  static SigningKey load(Path file) throws IOException {
    try {
      return new SigningKey((RsaJsonWebKey) JsonWebKey.Factory.newJwk(Files.readString(file)));
    } catch (JoseException | ClassCastException e) {
      throw new StackFailure(
          "%s is not a signing key; remove it and run ./trabecula up.".formatted(file), e);
    }
  }

  private static void create(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var fresh =
        Files.createTempFile(file.toAbsolutePath().getParent(), "signing-key", null, ownerOnly);
    Files.writeString(
        fresh,
        generate().toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE),
        StandardCharsets.UTF_8);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static RsaJsonWebKey generate() {
    try {
      var key = RsaJwkGenerator.generateJwk(RSA_BITS);
      key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
      key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
      key.setUse("sig");
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException("This JVM cannot make an RSA key", e);
    }
  }

  /// The public half, as a JSON Web Key Set.
  String publicKeys() {
    return new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  /// A signed bearer token. Role and clinic travel here and nowhere else.
  String token(String issuer, Role role, String clinic, Duration lifetime) {
    var claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setSubject("demo-" + role.word());
    claims.setAudience(AUDIENCE);
    claims.setStringListClaim("groups", role.groups());
    claims.setStringClaim("clinic", clinic);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(lifetime.toSeconds() / 60f);
    claims.setGeneratedJwtId();
    var signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setHeader("typ", "JWT");
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("This JVM cannot sign with RS256", e);
    }
  }
}
