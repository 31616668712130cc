package org.trabecula.localstack;

import java.sql.Connection;
import java.sql.SQLException;

/// One database and one login role per service.
final class Databases {
  private Databases() {}

  /// Creates what is absent. The role's password is its name.
  static void create(Connection superuser, String database, String owner) throws SQLException {
    requireName(database);
    requireName(owner);
    if (!exists(superuser, "SELECT 1 FROM pg_roles WHERE rolname = ?", owner)) {
      execute(superuser, "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(owner, owner));
    }
    if (!exists(superuser, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
      execute(superuser, "CREATE DATABASE %s OWNER %s".formatted(database, owner));
    }
  }

  private static void requireName(String name) {
    if (!name.matches("[a-z][a-z0-9_]{0,50}")) {
      throw new IllegalArgumentException("Not a database name: " + name);
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
