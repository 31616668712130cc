package org.trabecula.protocol.regulatory;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.regulatory.AgentInRegion;
import org.trabecula.clinicalrules.regulatory.PublishedTable;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.clinicalrules.regulatory.TableDiff;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.RegulatoryFlagStated;
import org.trabecula.kit.events.Outbox;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.protocol.regulatory.TableVersions.Bringer;
import org.trabecula.protocol.regulatory.TableVersions.Loading;
import org.trabecula.protocol.regulatory.TableVersions.Origin;

/// Puts a table in force: its rows, its version, and an event for every row that differs, in one
/// transaction. The table belongs to no clinic, so it is read and written with plain SQL.
///
/// Whoever loads a table waits for whoever else does; nobody waits who only asks it.
@ApplicationScoped
public class TablePublication {
  private static final Logger LOG = Logger.getLogger(TablePublication.class);

  private static final String HOLD =
      "select pg_advisory_xact_lock(hashtextextended('regulatory-table', 0))";
  private static final String STATE =
      """
      insert into regulatory_flag (key, region, agent, statement, table_version) values (?, ?, ?, ?, ?)
      on conflict (key) do update set statement = excluded.statement, table_version = excluded.table_version
      """;
  private static final String DROP = "delete from regulatory_flag where key = ?";
  private static final String TOUCHED =
      """
      select count(*) from regimen
      where ended_on is null
        and exists (select 1 from jsonb_array_elements(flags) flag
                    where flag ->> 'region' || '/' || (flag ->> 'agent') = any (?))
      """;

  private final DataSource database;
  private final ObjectMapper json;
  private final Outbox outbox;
  private final TableInForce inForce;
  private final TableVersions versions;
  private final Event<FlagsChanged> changed;

  TablePublication(
      DataSource database,
      ObjectMapper json,
      Outbox outbox,
      TableInForce inForce,
      TableVersions versions,
      Event<FlagsChanged> changed) {
    this.database = database;
    this.json = json;
    this.outbox = outbox;
    this.inForce = inForce;
    this.versions = versions;
    this.changed = changed;
  }

  /// What loading a table does, or would do.
  ///
  /// @param loaded whether it is a version of its own now
  /// @param activeRegimens that are touched, over all clinics
  record Effect(boolean loaded, int activeRegimens, TableDiff diff) {
    private static final Effect NONE =
        new Effect(false, 0, new TableDiff(List.of(), List.of(), List.of()));
  }

  @Transactional
  void start(@Observes StartupEvent event) throws SQLException {
    ship(PublishedTable.shipped());
  }

  /// Puts a release's table in force, unless it was once before, or something newer is.
  @Transactional
  Effect ship(PublishedTable release) throws SQLException {
    try (Connection connection = database.getConnection()) {
      hold(connection);
      Loading last = versions.last(connection).orElse(null);
      if (versions.find(connection, release.version()).isPresent()) {
        LOG.infof(
            "Regulatory table %s of this release was loaded before; in force is %s",
            release.version(), last == null ? "none" : last.version());
        return Effect.NONE;
      }
      if (last != null && supersedes(last, release)) {
        LOG.warnf(
            "Regulatory table %s of this release (as of %s) is left: %s (as of %s) was %s and is in force",
            release.version(), release.asOf(), last.version(), last.asOf(), last.origin());
        return Effect.NONE;
      }
      String label = "shipped, as of " + release.asOf();
      return load(connection, release, new Bringer(Origin.SHIPPED, label, null, null));
    }
  }

  /// Puts an imported table in force, unless it is already.
  @Transactional
  Effect load(PublishedTable table, Bringer bringer) throws SQLException {
    try (Connection connection = database.getConnection()) {
      hold(connection);
      boolean present =
          versions
              .last(connection)
              .filter(last -> last.version().equals(table.version()))
              .isPresent();
      return present ? Effect.NONE : load(connection, table, bringer);
    }
  }

  /// What loading the table would do. Holds nothing.
  Effect preview(PublishedTable table) throws SQLException {
    try (Connection connection = database.getConnection()) {
      TableDiff diff = diff(connection, table);
      return new Effect(false, touched(connection, diff.agents()), diff);
    }
  }

  /// A site's own import gives way to newer knowledge only; a release's table to any later
  /// release's.
  private static boolean supersedes(Loading last, PublishedTable release) {
    return last.origin() == Origin.IMPORTED
        ? !release.asOf().isAfter(last.asOf())
        : release.asOf().isBefore(last.asOf());
  }

  private Effect load(Connection connection, PublishedTable table, Bringer bringer)
      throws SQLException {
    TableDiff diff = diff(connection, table);
    int activeRegimens = touched(connection, diff.agents());
    List<OutgoingEvent> events = state(connection, table, diff);
    versions.add(connection, table, bringer, activeRegimens, diff);
    outbox.append(events);
    if (!diff.agents().isEmpty()) {
      changed.fire(new FlagsChanged(diff.agents()));
    }
    LOG.infof(
        "Regulatory table %s (%s, as of %s) is in force: %d rows differ, %d active regimens",
        table.version(), bringer.origin(), table.asOf(), diff.size(), activeRegimens);
    return new Effect(true, activeRegimens, diff);
  }

  private TableDiff diff(Connection connection, PublishedTable table) throws SQLException {
    return TableDiff.between(inForce.rows(connection), table.table().rows());
  }

  private List<OutgoingEvent> state(Connection connection, PublishedTable table, TableDiff diff)
      throws SQLException {
    Set<String> stated = stated(diff);
    var events = new ArrayList<OutgoingEvent>();
    try (PreparedStatement state = connection.prepareStatement(STATE);
        PreparedStatement drop = connection.prepareStatement(DROP)) {
      for (RegulatoryRow row : table.table().rows()) {
        String key = row.key();
        if (!stated.contains(key)) {
          continue;
        }
        String[] values = {key, row.region().name(), row.agent(), statement(row), table.version()};
        for (int i = 0; i < values.length; i++) {
          state.setString(i + 1, values[i]);
        }
        state.addBatch();
        events.add(event(key, body(row, table.version())));
      }
      for (TableDiff.Stated gone : diff.removed()) {
        drop.setString(1, gone.key());
        drop.addBatch();
        events.add(event(gone.key(), null));
      }
      state.executeBatch();
      drop.executeBatch();
    }
    return events;
  }

  private static Set<String> stated(TableDiff diff) {
    return Stream.concat(
            diff.added().stream().map(TableDiff.Stated::key),
            diff.changed().stream().map(TableDiff.Changed::key))
        .collect(toSet());
  }

  private static int touched(Connection connection, Set<AgentInRegion> agents) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(TOUCHED)) {
      String[] pairs =
          agents.stream().map(it -> it.region() + "/" + it.agent()).toArray(String[]::new);
      query.setArray(1, connection.createArrayOf("text", pairs));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static void hold(Connection connection) throws SQLException {
    try (PreparedStatement hold = connection.prepareStatement(HOLD)) {
      hold.execute();
    }
  }

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
