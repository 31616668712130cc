package org.trabecula.protocol.regulatory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.regulatory.PublishedTable;
import org.trabecula.clinicalrules.regulatory.TableDiff;

/// Every table that was ever loaded: who brought it, when, and what it changed. It only grows.
@ApplicationScoped
class TableVersions {
  private static final String COLUMNS =
      "number, version, label, origin, as_of, row_count, loaded_by, loaded_from, loaded_at,"
          + " active_regimens, diff, number = (select max(number) from regulatory_table_version) in_force";
  private static final String PAGE =
      "select "
          + COLUMNS
          + " from regulatory_table_version where number < ? order by number desc limit ?";
  private static final String BY_HASH =
      "select "
          + COLUMNS
          + " from regulatory_table_version where version = ? order by number desc limit 1";
  private static final String LAST =
      "select " + COLUMNS + " from regulatory_table_version order by number desc limit 1";
  private static final String FILE =
      "select file from regulatory_table_version where version = ? order by number desc limit 1";
  private static final String ADD =
      """
      insert into regulatory_table_version
        (version, label, origin, as_of, row_count, file, loaded_by, loaded_from, active_regimens, diff)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
      """;

  private final DataSource database;
  private final ObjectMapper json;

  TableVersions(DataSource database, ObjectMapper json) {
    this.database = database;
    this.json = json;
  }

  public enum Origin {
    SHIPPED,
    IMPORTED
  }

  /// Who brought a table, and how they call it.
  ///
  /// @param by null when a release brought it
  /// @param from their clinic
  record Bringer(Origin origin, String label, @Nullable String by, @Nullable String from) {}

  /// @param number of loadings up to this one
  /// @param asOf month in which the newest row was checked
  /// @param activeRegimens that it touched, over all clinics
  record Loading(
      long number,
      String version,
      String label,
      Origin origin,
      YearMonth asOf,
      int rows,
      @Nullable String loadedBy,
      @Nullable String loadedFrom,
      Instant loadedAt,
      int activeRegimens,
      boolean inForce,
      TableDiff diff) {}

  /// Newest first.
  List<Loading> page(long before, int limit) {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(PAGE)) {
      query.setLong(1, before);
      query.setInt(2, limit);
      return loadings(query);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /// The last loading of a table; one that is loaded again comes back into force.
  Optional<Loading> find(String version) {
    try (Connection connection = database.getConnection()) {
      return find(connection, version);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  Optional<Loading> find(Connection connection, String version) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BY_HASH)) {
      query.setString(1, version);
      return loadings(query).stream().findFirst();
    }
  }

  Optional<Loading> last(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LAST)) {
      return loadings(query).stream().findFirst();
    }
  }

  Optional<String> file(String version) {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(FILE)) {
      query.setString(1, version);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getString("file")) : Optional.empty();
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  void add(
      Connection connection,
      PublishedTable table,
      Bringer bringer,
      int activeRegimens,
      TableDiff diff)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setString(1, table.version());
      insert.setString(2, bringer.label());
      insert.setString(3, bringer.origin().name());
      insert.setObject(4, table.asOf().atDay(1));
      insert.setInt(5, table.table().rows().size());
      insert.setString(6, table.file());
      insert.setString(7, bringer.by());
      insert.setString(8, bringer.from());
      insert.setInt(9, activeRegimens);
      insert.setString(10, json.writeValueAsString(diff));
      insert.executeUpdate();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A diff cannot be written as JSON", e);
    }
  }

  private List<Loading> loadings(PreparedStatement query) throws SQLException {
    var found = new ArrayList<Loading>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(
            new Loading(
                row.getLong("number"),
                row.getString("version"),
                row.getString("label"),
                Origin.valueOf(row.getString("origin")),
                YearMonth.from(row.getObject("as_of", LocalDate.class)),
                row.getInt("row_count"),
                row.getString("loaded_by"),
                row.getString("loaded_from"),
                row.getObject("loaded_at", OffsetDateTime.class).toInstant(),
                row.getInt("active_regimens"),
                row.getBoolean("in_force"),
                json.readValue(row.getString("diff"), TableDiff.class)));
      }
      return found;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A diff cannot be read", e);
    }
  }

  private static IllegalStateException unreadable(SQLException e) {
    return new IllegalStateException("The versions of the regulatory table cannot be read", e);
  }
}
