package org.trabecula.patient;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The few statements that Hibernate has no words for: inserts that give way to what is there
/// already, and what is kept of former versions. They run in the present transaction and name the
/// clinic themselves.
public final class Sql {
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private Sql() {}

  public static int update(DataSource database, String sql, @Nullable Object... values) {
    return batch(database, sql, List.<@Nullable Object[]>of(values))[0];
  }

  /// Runs one statement for many rows in one go.
  ///
  /// @return for each row how many were written: 0 where the statement gave way
  public static int[] batch(
      DataSource database, String sql, List<? extends @Nullable Object[]> rows) {
    if (rows.isEmpty()) {
      return new int[0];
    }
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (@Nullable Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      return statement.executeBatch();
    } catch (SQLException e) {
      // A row refers to its patient: between looking the patient up and this, they were erased.
      if (FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
        throw Refused.erasedMeanwhile();
      }
      throw new IllegalStateException("PostgreSQL refused a statement", e);
    }
  }

  /// Reads one row of what was found.
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  public static <T> List<T> query(
      DataSource database, String sql, Row<T> row, @Nullable Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet found = statement.executeQuery()) {
        var rows = new ArrayList<T>();
        while (found.next()) {
          rows.add(row.read(found));
        }
        return rows;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL refused a query", e);
    }
  }

  /// A PostgreSQL array. No element has a comma, a brace, a quote or a backslash.
  public static String array(Collection<?> elements) {
    return elements.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
  }

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /// PostgreSQL knows what each parameter is from where it stands. Told a type where there is a
  /// value and none where there is none, the driver would have the statement parsed anew for every
  /// other pattern of values.
  private static void bind(PreparedStatement statement, @Nullable Object[] values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      statement.setObject(i + 1, value == null ? null : value.toString(), Types.OTHER);
    }
  }
}
