package org.trabecula.protocol.regulatory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.regulatory.RegulatoryRow;
import org.trabecula.clinicalrules.regulatory.RegulatoryTable;

/// The regulators' table by which everybody goes now. The database says which it is, so that all
/// instances agree: each asks for the number of the last version, and reads the rows when it
/// changed.
@ApplicationScoped
public class TableInForce {
  private static final String NUMBER = "select max(number) from regulatory_table_version";

  /// In one statement, so that number and rows belong together. Rows may be older than the first
  /// version: releases before this one kept no versions.
  private static final String ROWS =
      """
      select last.number, last.version, flag.statement
      from regulatory_flag flag
      left join (select number, version from regulatory_table_version order by number desc limit 1) last on true
      order by flag.key collate "C"
      """;

  private final DataSource database;
  private final ObjectReader rows;
  private volatile @Nullable Version held;

  TableInForce(DataSource database, ObjectMapper json) {
    this.database = database;
    this.rows =
        json.readerFor(RegulatoryRow.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /// @param number grows with every loading; 0 before the first
  /// @param version hash of the file and its aliases; `none` before the first
  /// @param table its rows in the order of their keys
  public record Version(long number, String version, RegulatoryTable table) {}

  public Version current() {
    try (Connection connection = database.getConnection()) {
      Version known = held;
      if (known != null && known.number() == number(connection)) {
        return known;
      }
      Version present = read(connection);
      held = present;
      return present;
    } catch (SQLException e) {
      throw new IllegalStateException("The regulatory table in force cannot be read", e);
    }
  }

  /// The rows in force; none before the first table.
  List<RegulatoryRow> rows(Connection connection) throws SQLException {
    return read(connection).table().rows();
  }

  private Version read(Connection connection) throws SQLException {
    long number = 0;
    String version = "none";
    var found = new ArrayList<RegulatoryRow>();
    try (PreparedStatement query = connection.prepareStatement(ROWS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        number = row.getLong("number");
        version = Objects.requireNonNullElse(row.getString("version"), version);
        found.add(row(row.getString("statement")));
      }
    }
    return new Version(number, version, new RegulatoryTable(found));
  }

  private static long number(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NUMBER);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private RegulatoryRow row(String statement) {
    try {
      return rows.readValue(statement);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A row of the regulatory table cannot be read", e);
    }
  }
}
