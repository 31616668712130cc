package org.trabecula.patient.hl7v2;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.patient.Sql;
import org.trabecula.patient.hl7v2.Hl7Problem.Verdict;
import org.trabecula.patient.hl7v2.Remark.Condition;
import org.trabecula.patient.hl7v2.Remark.Location;

/// The messages that the present clinic has taken, by sender and control identifier.
@ApplicationScoped
class ReceivedMessages {
  /// Senders count their messages, and some begin anew after a restart.
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private static final String FORGET =
      """
      delete from hl7v2_message where ctid = any (array(
        select ctid from hl7v2_message where clinic = ? and received_at < ?
        limit 20 for update skip locked))
      """;
  private static final String CLAIM =
      """
      insert into hl7v2_message (clinic, sender, control_id, content_hash, received_at)
      values (?, ?, ?, ?, ?)
      on conflict do nothing
      """;
  private static final String CLAIMED =
      """
      select content_hash, acknowledgment from hl7v2_message
      where clinic = ?1 and sender = ?2 and control_id = ?3
      """;
  private static final String ACKNOWLEDGE =
      "update hl7v2_message set acknowledgment = ? where clinic = ? and sender = ? and control_id = ?";

  private final DataSource database;
  private final EntityManager entities;
  private final CurrentClinic clinic;
  private final Clock clock = Clock.systemUTC();

  ReceivedMessages(DataSource database, EntityManager entities, CurrentClinic clinic) {
    this.database = database;
    this.entities = entities;
    this.clinic = clinic;
  }

  /// Claims a message for the present transaction. Of two at once, the second waits for the first.
  ///
  /// @return the acknowledgment that it got before; empty when it is new
  /// @throws Hl7Problem when the sender has used the control identifier for another message
  Optional<String> claim(Er7 message, Header header) {
    Instant now = clock.instant();
    Sql.update(database, FORGET, clinic.id(), now.minus(REMEMBERED));
    String hash = message.fingerprint(header.offset());
    if (Sql.update(database, CLAIM, clinic.id(), header.sender(), header.controlId(), hash, now)
        == 1) {
      return Optional.empty();
    }
    Object[] row =
        (Object[])
            entities
                .createNativeQuery(CLAIMED)
                .setParameter(1, clinic.id())
                .setParameter(2, header.sender())
                .setParameter(3, header.controlId())
                .getSingleResult();
    if (!hash.equals(row[0])) {
      throw new Hl7Problem(
          Verdict.AE,
          409,
          List.of(
              Remark.error(
                  Location.of("MSH", 1, 10),
                  Condition.DUPLICATE_KEY,
                  "The sender has used this control id for another message.")));
    }
    return Optional.of((String) row[1]);
  }

  void acknowledge(Header header, String acknowledgment) {
    Sql.update(
        database, ACKNOWLEDGE, acknowledgment, clinic.id(), header.sender(), header.controlId());
  }
}
