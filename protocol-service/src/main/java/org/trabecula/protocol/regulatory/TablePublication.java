package org.trabecula.protocol.regulatory;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.regulatory.PublishedTable;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.RegulatoryFlagStated;
import org.trabecula.kit.events.Outbox;
import org.trabecula.kit.events.OutgoingEvent;

/// Brings the table in the database to the one that ships, and tells of every row that differs.
///
/// The table belongs to no clinic, so it is read and written with plain SQL.
@ApplicationScoped
public class TablePublication {
  private static final Logger LOG = Logger.getLogger(TablePublication.class);

  private static final String HOLD =
      "select pg_advisory_xact_lock(hashtextextended('regulatory-table', 0))";
  private static final String PRESENT = "select key, statement from regulatory_flag";
  private static final String LOADED = "select version from regulatory_table";
  private static final String LOAD =
      """
      insert into regulatory_table (one, version) values (true, ?)
      on conflict (one) do update set version = excluded.version, loaded_at = now()
      """;
  private static final String STATE =
      """
      insert into regulatory_flag (key, region, agent, statement, table_version) values (?, ?, ?, ?, ?)
      on conflict (key) do update set statement = excluded.statement, table_version = excluded.table_version
      """;
  private static final String DROP = "delete from regulatory_flag where key = ?";

  private final PublishedTable published;
  private final DataSource database;
  private final ObjectMapper json;
  private final Outbox outbox;

  TablePublication(
      PublishedTable published, DataSource database, ObjectMapper json, Outbox outbox) {
    this.published = published;
    this.database = database;
    this.json = json;
    this.outbox = outbox;
  }

  @Produces
  @Singleton
  static PublishedTable shipped() {
    return PublishedTable.shipped();
  }

  @Transactional
  void start(@Observes StartupEvent event) throws SQLException {
    int changes = publish(published);
    LOG.infof("Regulatory table %s: %d rows changed", published.version(), changes);
  }

  /// The number of rows that are new, changed or gone: none when this table was loaded before.
  @Transactional
  public int publish(PublishedTable release) throws SQLException {
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement hold = connection.prepareStatement(HOLD)) {
        hold.execute();
      }
      if (release.version().equals(loaded(connection))) {
        return 0;
      }
      Map<String, String> present = present(connection);
      Map<String, RegulatoryRow> stated =
          release.table().rows().stream().collect(toMap(RegulatoryRow::key, row -> row));
      var events = new ArrayList<OutgoingEvent>();
      for (RegulatoryRow row : stated.values()) {
        String statement = statement(row);
        if (!statement.equals(present.remove(row.key()))) {
          state(connection, row, statement, release.version());
          events.add(event(row.key(), body(row, release.version())));
        }
      }
      for (String gone : present.keySet()) {
        update(connection, DROP, gone);
        events.add(event(gone, null));
      }
      update(connection, LOAD, release.version());
      outbox.append(events);
      return events.size();
    }
  }

  private static @Nullable String loaded(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LOADED);
        ResultSet row = query.executeQuery()) {
      return row.next() ? row.getString("version") : null;
    }
  }

  private static Map<String, String> present(Connection connection) throws SQLException {
    var present = new HashMap<String, String>();
    try (PreparedStatement query = connection.prepareStatement(PRESENT);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        present.put(rows.getString("key"), rows.getString("statement"));
      }
    }
    return present;
  }

  private static void state(
      Connection connection, RegulatoryRow row, String statement, String version)
      throws SQLException {
    update(connection, STATE, row.key(), row.region().name(), row.agent(), statement, version);
  }

  private static void update(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  /// What is compared: the whole row, whichever table it came with.
  private String statement(RegulatoryRow row) {
    try {
      return json.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A row cannot be written as JSON: " + row.key(), e);
    }
  }

  private static RegulatoryFlagStated body(RegulatoryRow row, String version) {
    return new RegulatoryFlagStated(
        row.region(),
        row.agent(),
        row.form(),
        row.populationWording(),
        row.indicationWording(),
        row.status(),
        row.controlledSubstance(),
        row.notes(),
        row.source(),
        row.provenance(),
        row.confidence(),
        row.asOf().toString(),
        version);
  }

  private static OutgoingEvent event(String key, @Nullable RegulatoryFlagStated body) {
    return new OutgoingEvent(
        UUID.randomUUID(),
        EventType.REGULATORY_FLAG_STATED,
        null,
        key,
        key,
        "regulatory-flag/" + key,
        body);
  }
}
