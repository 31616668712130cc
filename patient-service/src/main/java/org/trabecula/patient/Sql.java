package org.trabecula.patient;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The few statements that Hibernate has no words for: inserts that give way to what is there
/// already. They run in the present transaction and name the clinic themselves.
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

  private static void bind(PreparedStatement statement, @Nullable Object[] values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(
          i + 1, values[i] instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : values[i]);
    }
  }
}
