package org.trabecula.protocol.cds;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.safety.Rule;
import org.trabecula.clinicalrules.safety.RuleSet;
import org.trabecula.contracts.RegulatoryStatus;
import org.trabecula.kit.clinic.CurrentClinic;

/// What was done with cards. What is sent again is there already.
@Singleton
class FeedbackLog {
  private static final String ADD =
      """
      insert into cds_feedback
        (clinic, card, service, topic, accepted, suggestions, reason_system, reason, outcome_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict do nothing
      """;

  private final DataSource database;
  private final CurrentClinic clinic;
  private final List<String> topics;

  FeedbackLog(DataSource database, CurrentClinic clinic, RuleSet rules) {
    this.database = database;
    this.clinic = clinic;
    this.topics =
        Stream.of(
                rules.rules().stream().map(Rule::id),
                Stream.of(RuleSet.MISSING),
                Stream.of(RegulatoryStatus.values()).map(Enum::name))
            .flatMap(all -> all)
            .toList();
  }

  @Transactional(Transactional.TxType.MANDATORY)
  void add(Service service, List<Feedback> feedback) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(ADD)) {
      for (Feedback one : feedback) {
        insert.setString(1, clinic.id());
        insert.setObject(2, one.card());
        insert.setString(3, service.id());
        insert.setString(4, topic(one.card()));
        insert.setBoolean(5, one.accepted());
        insert.setArray(
            6, connection.createArrayOf("uuid", one.suggestions().toArray(new UUID[0])));
        insert.setString(7, one.reasonSystem());
        insert.setString(8, one.reason());
        insert.setObject(9, one.at().atOffset(ZoneOffset.UTC));
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException("Feedback could not be kept", e);
    }
  }

  /// Null when the card is of no rule or status of today.
  private @Nullable String topic(UUID card) {
    return topics.stream().filter(topic -> CardId.isOf(card, topic)).findFirst().orElse(null);
  }
}
