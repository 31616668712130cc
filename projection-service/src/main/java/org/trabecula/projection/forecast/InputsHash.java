package org.trabecula.projection.forecast;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.trabecula.contracts.ForecastComputed.Statement;

/// What decides a forecast, in 64 hexadecimal digits.
///
/// @param hex SHA-256 of whom it is for, what the engine is given, what was left out, and the model
/// @param canonical what the engine is given, as JSON with its fields in one order
record InputsHash(String hex, String canonical) {
  private static final ObjectMapper CANONICAL =
      JsonMapper.builder()
          .findAndAddModules()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  /// Namespace of forecast identifiers: a random UUID of its own, never to change.
  private static final UUID NAMESPACE = UUID.fromString("6f0e4a0e-5a0c-4c43-9a63-5c1f6a0e7f51");

  static InputsHash of(
      String clinic, UUID patient, Given given, String modelVersion, String parameterHash) {
    try {
      String canonical = CANONICAL.writeValueAsString(given.request());
      String all =
          CANONICAL.writeValueAsString(
              new Hashed(
                  clinic,
                  patient,
                  canonical,
                  given.assumptions(),
                  given.warnings(),
                  modelVersion,
                  parameterHash));
      return new InputsHash(
          HexFormat.of().formatHex(digest("SHA-256", all.getBytes(UTF_8))), canonical);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The engine's inputs cannot be written as JSON", e);
    }
  }

  /// Identifier of the forecast: a version 5 UUID (RFC 9562) of the hash.
  UUID forecastId() {
    byte[] name = hex.getBytes(UTF_8);
    byte[] named =
        ByteBuffer.allocate(16 + name.length)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .put(name)
            .array();
    ByteBuffer digest = ByteBuffer.wrap(digest("SHA-1", named));
    long high = digest.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x5000L;
    long low = digest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Hashed(
      String clinic,
      UUID patient,
      String request,
      List<Statement> assumptions,
      List<Statement> warnings,
      String modelVersion,
      String parameterHash) {}
}
