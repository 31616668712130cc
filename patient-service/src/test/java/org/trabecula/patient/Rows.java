package org.trabecula.patient;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// What stands in a service's tables, whichever they are.
public record Rows(DataSource database) {
  private static final String TABLES =
      "select table_name from information_schema.tables where table_schema = 'public' order by 1";

  public List<String> tables() {
    return texts(TABLES);
  }

  /// Tables with a row that has the text in any of its columns.
  public List<String> tablesWith(String text) {
    var found = new ArrayList<String>();
    for (String table : tables()) {
      String rows = "select '" + table + "' from " + table + " one where one::text like '%%%s%%'";
      found.addAll(texts(rows.formatted(text.replace("'", "''"))));
    }
    return found;
  }

  public void write(String statements) {
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(statements);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public List<String> texts(String query) {
    var found = new ArrayList<String>();
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        found.add(row.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
