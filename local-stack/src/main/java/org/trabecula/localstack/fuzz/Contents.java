package org.trabecula.localstack.fuzz;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a clinic has in every table that has clinics: rows and a checksum of their content.
final class Contents implements AutoCloseable {
  private static final String TABLES =
      """
      select table_name from information_schema.columns
      where table_schema = 'public' and column_name = 'clinic' order by table_name""";
  private static final String OF_A_TABLE =
      """
      select '%1$s', count(*) || ' rows, checksum ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)
      from "%1$s" t where clinic = ?""";

  private final Connection connection;
  private final String sql;
  private final int tables;

  Contents(String jdbcUrl, String user) throws SQLException {
    connection = DriverManager.getConnection(jdbcUrl, user, user);
    var names = new ArrayList<String>();
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    tables = names.size();
    sql = names.stream().map(OF_A_TABLE::formatted).collect(Collectors.joining(" union all "));
  }

  Map<String, String> of(String clinic) throws SQLException {
    var contents = new TreeMap<String, String>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 1; i <= tables; i++) {
        statement.setString(i, clinic);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          contents.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return contents;
  }

  /// Whether everything that happened in the clinic is on Kafka.
  boolean isPublished(String clinic) throws SQLException {
    return of(clinic).getOrDefault("outbox", "0 rows").startsWith("0 rows");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
