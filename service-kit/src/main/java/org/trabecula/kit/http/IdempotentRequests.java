package org.trabecula.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.clinic.CurrentClinic;

/// Requests that carry an `Idempotency-Key` have their effect once in 24 hours; a re-send gets the
/// first answer again. Older answers go as new requests come.
@ApplicationScoped
public class IdempotentRequests {
  private static final String EXPIRE =
      "delete from idempotent_request where clinic = ? and key = ? and created_at < now() - interval '24 hours'";

  /// Whoever claims a key sweeps up a few that are over, of any clinic: more than one, so that they
  /// become fewer, and none that another request holds, so that nobody waits.
  private static final String SWEEP =
      """
      delete from idempotent_request where ctid = any (array(
        select ctid from idempotent_request where created_at < now() - interval '24 hours'
        order by created_at limit 10 for update skip locked))
      """;

  private static final String CLAIM =
      "insert into idempotent_request (clinic, key, operation, body_hash) values (?, ?, ?, ?) on conflict do nothing";
  private static final String ANSWERED =
      "select operation, body_hash, status, location, etag, answer from idempotent_request where clinic = ? and key = ?";
  private static final String ANSWER =
      "update idempotent_request set status = ?, location = ?, etag = ?, answer = ? where clinic = ? and key = ?";

  private final DataSource database;
  private final CurrentClinic clinic;
  private final ObjectMapper json;
  private final ObjectMapper canonical;

  IdempotentRequests(DataSource database, CurrentClinic clinic, ObjectMapper json) {
    this.database = database;
    this.clinic = clinic;
    this.json = json;
    this.canonical =
        JsonMapper.builder()
            .findAndAddModules()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
  }

  /// Has the effect, unless a request with this key had it before.
  ///
  /// The key is claimed in the transaction of the effect: of two re-sends at once, the second waits
  /// for the first.
  ///
  /// @param key the `Idempotency-Key` header; null when the caller sent none
  /// @param operation method and path, so that a key cannot answer another question
  @Transactional(Transactional.TxType.MANDATORY)
  public Response once(
      @Nullable String key, String operation, Object body, Supplier<Response> effect) {
    if (key == null) {
      return effect.get();
    }
    if (key.isBlank() || key.length() > 255) {
      throw Problems.unprocessable("Idempotency-Key", "The key has 1 to 255 characters.");
    }
    String hash = hash(body);
    try (Connection connection = database.getConnection()) {
      update(connection, EXPIRE, clinic.id(), key);
      if (update(connection, CLAIM, clinic.id(), key, operation, hash) == 0) {
        return answered(connection, key, operation, hash);
      }
      update(connection, SWEEP);
      Response response = effect.get();
      update(
          connection,
          ANSWER,
          response.getStatus(),
          response.getHeaderString(HttpHeaders.LOCATION),
          response.getHeaderString(HttpHeaders.ETAG),
          response.getEntity() == null ? null : json.writeValueAsString(response.getEntity()),
          clinic.id(),
          key);
      return response;
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException("The request could not be remembered", e);
    }
  }

  private Response answered(Connection connection, String key, String operation, String hash)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ANSWERED)) {
      statement.setString(1, clinic.id());
      statement.setString(2, key);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (!operation.equals(row.getString("operation"))
            || !hash.equals(row.getString("body_hash"))) {
          throw Problems.unprocessable(
              "Idempotency-Key", "This key was used before, for another request.");
        }
        var response =
            Response.status(row.getInt("status"))
                .header(HttpHeaders.LOCATION, row.getString("location"))
                .header(HttpHeaders.ETAG, row.getString("etag"))
                .header("Idempotent-Replay", "true");
        String answer = row.getString("answer");
        return answer == null
            ? response.build()
            : response.entity(answer).type(MediaType.APPLICATION_JSON_TYPE).build();
      }
    }
  }

  private static int update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private String hash(Object body) {
    try {
      byte[] bytes = canonical.writeValueAsString(body).getBytes(UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("A body that was read cannot be written", e);
    }
  }
}
