package org.trabecula.protocol.regimen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Flag;
import org.trabecula.kit.clinic.CurrentClinic;

/// What rules and regulators have said of regimens, and why they were asked: nothing of it changes.
@ApplicationScoped
class EvaluationLog {
  private static final String ADD =
      """
      insert into regimen_evaluation
        (clinic, patient_id, regimen_id, version, cause, rule_set, findings, flags, evaluated_at)
      values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)
      """;
  private static final String OF_REGIMEN =
      """
      select version, cause, rule_set, findings, flags, evaluated_at from regimen_evaluation
      where clinic = ? and patient_id = ? and regimen_id = ? order by version desc
      """;

  /// Why rules were asked.
  enum Cause {
    ASSIGNED,
    STOPPED,
    /// Something that they go by was stated, measured or withdrawn, a day has passed, or rules or
    /// the regulators' table are others.
    REEVALUATED
  }

  public record Entry(
      int version,
      Cause cause,
      String ruleSet,
      List<Finding> findings,
      List<Flag> flags,
      Instant evaluatedAt) {}

  private final DataSource database;
  private final CurrentClinic clinic;
  private final ObjectMapper json;

  EvaluationLog(DataSource database, CurrentClinic clinic, ObjectMapper json) {
    this.database = database;
    this.clinic = clinic;
    this.json = json;
  }

  void add(Regimen regimen, Cause cause) {
    add(List.of(regimen), cause);
  }

  @Transactional(Transactional.TxType.MANDATORY)
  void add(List<Regimen> regimens, Cause cause) {
    if (regimens.isEmpty()) {
      return;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(ADD)) {
      for (Regimen regimen : regimens) {
        insert.setString(1, clinic.id());
        insert.setObject(2, regimen.patientId);
        insert.setObject(3, regimen.id);
        insert.setInt(4, regimen.version);
        insert.setString(5, cause.name());
        insert.setString(6, regimen.ruleSet);
        insert.setString(7, written(regimen.findings));
        insert.setString(8, written(regimen.flags));
        insert.setObject(9, regimen.evaluatedAt.atOffset(ZoneOffset.UTC));
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException("An evaluation could not be kept", e);
    }
  }

  /// Newest first.
  @Transactional
  List<Entry> of(UUID patient, UUID regimen) {
    var entries = new ArrayList<Entry>();
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(OF_REGIMEN)) {
      query.setString(1, clinic.id());
      query.setObject(2, patient);
      query.setObject(3, regimen);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          entries.add(
              new Entry(
                  row.getInt("version"),
                  Cause.valueOf(row.getString("cause")),
                  row.getString("rule_set"),
                  json.readValue(row.getString("findings"), new TypeReference<List<Finding>>() {}),
                  json.readValue(row.getString("flags"), new TypeReference<List<Flag>>() {}),
                  row.getObject("evaluated_at", OffsetDateTime.class).toInstant()));
        }
      }
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException("Evaluations cannot be read", e);
    }
    return entries;
  }

  private String written(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An evaluation cannot be written as JSON", e);
    }
  }
}
