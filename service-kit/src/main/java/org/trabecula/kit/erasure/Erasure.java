package org.trabecula.kit.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Removes all that a service holds of a patient, and leaves a marker by which a late record is
/// recognised: what was erased does not come back.
@ApplicationScoped
public class Erasure {
  private static final Logger LOG = Logger.getLogger(Erasure.class);

  /// What is still to be published of the patient is not: the tombstones are.
  private static final List<PatientTable> KIT =
      List.of(
          new PatientTable("outbox", "partitionkey = ? || '/' || ?::text and payload is not null"),
          new PatientTable("inbox", "partitionkey = ? || '/' || ?::text"),
          new PatientTable(
              "idempotent_request",
              "clinic = ? and strpos(concat_ws(' ', operation, location, answer), ?::text) > 0"));

  private static final String MARK =
      "insert into erased (clinic, marker, erased_by) values (?, ?, ?) on conflict do nothing";
  private static final String MARKED = "select 1 from erased where clinic = ? and marker = ?";

  private final DataSource database;
  private final Markers markers;
  private final List<PatientTable> tables;

  Erasure(DataSource database, Markers markers, PatientTables own) {
    this.database = database;
    this.markers = markers;
    this.tables = new ArrayList<>(own.all());
    this.tables.addAll(KIT);
  }

  /// The caller holds the patient, so that nobody adds anything until the transaction ends.
  ///
  /// @param by who does it; null where the erasure arrived as an event
  @Transactional(Transactional.TxType.MANDATORY)
  public void erase(String clinic, UUID patient, @Nullable String by) {
    String marker = markers.of(clinic, patient);
    try (Connection connection = database.getConnection()) {
      for (PatientTable table : tables) {
        remove(connection, table, clinic, patient);
      }
      try (PreparedStatement mark = connection.prepareStatement(MARK)) {
        mark.setString(1, clinic);
        mark.setString(2, marker);
        mark.setString(3, by);
        mark.executeUpdate();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("A patient could not be erased", e);
    }
    LOG.infof(
        "A patient of %s is erased%s: marker %s", clinic, by == null ? "" : " by " + by, marker);
  }

  @Transactional
  public boolean isErased(String clinic, UUID patient) {
    try (Connection connection = database.getConnection();
        PreparedStatement marked = connection.prepareStatement(MARKED)) {
      marked.setString(1, clinic);
      marked.setString(2, markers.of(clinic, patient));
      try (ResultSet row = marked.executeQuery()) {
        return row.next();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Erased patients cannot be looked up", e);
    }
  }

  /// What stands for the patient once erased.
  public String marker(String clinic, UUID patient) {
    return markers.of(clinic, patient);
  }

  /// All tables that hold anything of a patient, the kit's included.
  List<PatientTable> tables() {
    return tables;
  }

  private static void remove(Connection connection, PatientTable table, String clinic, UUID patient)
      throws SQLException {
    try (PreparedStatement remove =
        connection.prepareStatement("delete from " + table.name() + " where " + table.rows())) {
      remove.setString(1, clinic);
      remove.setObject(2, patient);
      remove.executeUpdate();
    }
  }
}
