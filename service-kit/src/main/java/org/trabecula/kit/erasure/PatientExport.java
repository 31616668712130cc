package org.trabecula.kit.erasure;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Roles;

/// Everything that a service holds of a patient, as one JSON document: for each table an array of
/// its rows, with the names of tables and columns in camel case. It is what an erasure would
/// remove.
@Path("/v1/patients/{patient}/export")
@RolesAllowed({Roles.CLINICIAN, Roles.ADMINISTRATOR})
@RunOnVirtualThread
class PatientExport {
  private static final int ROWS_AT_ONCE = 200;
  private static final int LONGEST_SECONDS = 300;
  private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");

  /// All of one moment, with times in UTC.
  private static final String SNAPSHOT =
      "set transaction isolation level repeatable read read only; set local time zone 'UTC'";

  private final DataSource database;
  private final PatientTables own;
  private final Erasure erasure;
  private final CurrentClinic currentClinic;
  private final ObjectMapper json;
  private final ObjectReader exact;

  /// Sends a buffer when it is full, not at every row.
  private final ObjectWriter unhurried;

  private final String service;
  private final Clock clock = Clock.systemUTC();

  PatientExport(
      DataSource database,
      PatientTables own,
      Erasure erasure,
      CurrentClinic currentClinic,
      ObjectMapper json,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.database = database;
    this.own = own;
    this.erasure = erasure;
    this.currentClinic = currentClinic;
    this.json = json;
    this.exact =
        json.reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    this.unhurried = json.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    this.service = service;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response export(@PathParam("patient") UUID patient) throws SQLException {
    String clinic = currentClinic.id();
    if (!isAnythingHeld(clinic, patient)) {
      throw Problems.notFound("patient", "Nothing is held of such a patient here.");
    }
    StreamingOutput document =
        out ->
            QuarkusTransaction.requiringNew()
                .timeout(LONGEST_SECONDS)
                .call(
                    () -> {
                      write(clinic, patient, out);
                      return true;
                    });
    return Response.ok(document).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private boolean isAnythingHeld(String clinic, UUID patient) throws SQLException {
    try (Connection connection = database.getConnection()) {
      for (PatientTable table : own.all()) {
        try (PreparedStatement any = rows(connection, "select 1", table, "limit 1");
            ResultSet row = bind(any, clinic, patient).executeQuery()) {
          if (row.next()) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private void write(String clinic, UUID patient, OutputStream out)
      throws SQLException, IOException {
    try (Connection connection = database.getConnection();
        Statement snapshot = connection.createStatement();
        JsonGenerator document = json.createGenerator(out)) {
      snapshot.execute(SNAPSHOT);
      // What breaks off looks broken off.
      document.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      document.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      document.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
      document.writeStartObject();
      document.writeStringField("service", service);
      document.writeStringField("clinic", clinic);
      document.writeStringField("patientId", patient.toString());
      document.writeStringField("exportedAt", clock.instant().toString());
      for (PatientTable table : erasure.tables()) {
        document.writeArrayFieldStart(camelCase(table.name()));
        try (PreparedStatement all =
            rows(connection, "select to_jsonb(one) - 'clinic'", table, "order by one")) {
          all.setFetchSize(ROWS_AT_ONCE);
          write(bind(all, clinic, patient), document);
        }
        document.writeEndArray();
      }
      document.writeEndObject();
    }
  }

  private void write(PreparedStatement rows, JsonGenerator document)
      throws SQLException, IOException {
    try (ResultSet row = rows.executeQuery()) {
      while (row.next()) {
        unhurried.writeValue(document, renamed(exact.readTree(row.getString(1))));
      }
    }
  }

  private static PreparedStatement rows(
      Connection connection, String what, PatientTable table, String how) throws SQLException {
    return connection.prepareStatement(
        what + " from " + table.name() + " one where " + table.rows() + " " + how);
  }

  private static PreparedStatement bind(PreparedStatement statement, String clinic, UUID patient)
      throws SQLException {
    statement.setString(1, clinic);
    statement.setObject(2, patient);
    return statement;
  }

  private JsonNode renamed(JsonNode value) {
    if (value instanceof ArrayNode array) {
      ArrayNode copy = json.createArrayNode();
      array.forEach(item -> copy.add(renamed(item)));
      return copy;
    }
    if (value instanceof ObjectNode object) {
      ObjectNode copy = json.createObjectNode();
      object
          .properties()
          .forEach(field -> copy.set(camelCase(field.getKey()), renamed(field.getValue())));
      return copy;
    }
    return value;
  }

  private static String camelCase(String name) {
    return UNDERSCORE.matcher(name).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
  }
}
