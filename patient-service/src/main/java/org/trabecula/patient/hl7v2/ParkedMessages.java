package org.trabecula.patient.hl7v2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.patient.NaturalKey;
import org.trabecula.patient.Page;
import org.trabecula.patient.Sql;
import org.trabecula.patient.profile.Person.Identifier;

/// The present clinic's messages about patients whom it does not know.
///
/// They hold what a laboratory says of a person: name, birth, results.
@ApplicationScoped
class ParkedMessages implements PanacheRepositoryBase<ParkedMessage, UUID> {
  private static final String PARK =
      """
      insert into parked_message
        (clinic, id, sender, control_id, reason, identifiers, content, received_by, received_at)
      values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
      on conflict do nothing
      """;
  private static final String CLEAR =
      "delete from parked_message where clinic = ? and sender = ? and control_id = ?";
  private static final String DISCARD = "delete from parked_message where clinic = ? and id = ?";
  private final DataSource database;
  private final CurrentClinic clinic;
  private final JsonWebToken caller;
  private final ObjectMapper json;
  private final Clock clock = Clock.systemUTC();

  ParkedMessages(
      DataSource database, CurrentClinic clinic, JsonWebToken caller, ObjectMapper json) {
    this.database = database;
    this.clinic = clinic;
    this.caller = caller;
    this.json = json;
  }

  /// Oldest first.
  List<ParkedMessage> page(Page.Ask ask) {
    var after = ask.after();
    return find(
            "receivedAt > ?1 or receivedAt = ?1 and id > ?2 order by receivedAt, id",
            after.at(),
            after.id())
        .range(0, ask.size())
        .list();
  }

  /// The same message is parked once, however often it comes.
  UUID park(Er7 message, Header header, Subject subject, String reason) {
    UUID id =
        NaturalKey.of(
            clinic.id(),
            "parked-message",
            header.sender(),
            header.controlId(),
            message.fingerprint(header.offset()));
    Sql.update(
        database,
        PARK,
        clinic.id(),
        id,
        header.sender(),
        header.controlId(),
        reason,
        write(subject.identifiers()),
        message.text(),
        Objects.requireNonNullElse(caller.getName(), ""),
        clock.instant().truncatedTo(ChronoUnit.MICROS));
    return id;
  }

  /// The message has been taken.
  void clear(Header header) {
    Sql.update(database, CLEAR, clinic.id(), header.sender(), header.controlId());
  }

  boolean discard(UUID id) {
    return Sql.update(database, DISCARD, clinic.id(), id) == 1;
  }

  private String write(List<Identifier> identifiers) {
    try {
      return json.writeValueAsString(identifiers);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Identifiers cannot be written as JSON", e);
    }
  }
}
