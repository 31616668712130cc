package org.trabecula.patient;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// Identifiers that are decided by what a thing is called where it comes from, so that it gets the
/// same one however often it is sent.
public final class NaturalKey {
  /// Drawn once for this service; it must never change.
  private static final UUID NAMESPACE = UUID.fromString("8d0f2c1e-5b7a-4c3d-9e64-2a7f51b0c9d8");

  /// Keeps "a" + "bc" and "ab" + "c" apart; no part holds it, since none holds control characters.
  private static final String SEPARATOR = "\u001f";

  private NaturalKey() {}

  /// The UUID of version 5 (RFC 9562 § 5.5) of the parts.
  public static UUID of(String... parts) {
    ByteBuffer hash = ByteBuffer.wrap(sha1(String.join(SEPARATOR, parts)));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static byte[] sha1(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(
          ByteBuffer.allocate(16)
              .putLong(NAMESPACE.getMostSignificantBits())
              .putLong(NAMESPACE.getLeastSignificantBits())
              .array());
      return digest.digest(name.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }
}
