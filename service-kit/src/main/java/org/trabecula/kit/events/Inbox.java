package org.trabecula.kit.events;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.EventType;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.erasure.Erasure;

/// Takes each event in once: its identity is stored in the transaction of its effect.
///
/// Nothing of an erased patient is taken in: a late record, a redelivery or the replay of a dead
/// letter has no effect. The tombstone of a profile is the erasure itself; it waits for what is
/// being taken in of the patient, and what comes behind waits for it.
@ApplicationScoped
public class Inbox {
  private static final String REMEMBER =
      "insert into inbox (source, id) values (?, ?) on conflict do nothing";

  /// Two statements, so that the second sees what the first waited for; one journey to the
  /// database.
  private static final String REMEMBER_OF_PATIENT =
      """
      select pg_advisory_xact_lock_shared(hashtextextended('patient:' || ?, 0));
      insert into inbox (source, id, partitionkey)
      select ?, ?, ? where not exists (select from erased where clinic = ? and marker = ?)
      on conflict do nothing
      """;

  private static final String HOLD_PATIENT =
      "select pg_advisory_xact_lock(hashtextextended('patient:' || ?, 0))";

  private final DataSource database;
  private final Erasure erasure;
  private final ObjectReader json;

  Inbox(DataSource database, Erasure erasure, ObjectMapper json) {
    this.database = database;
    this.erasure = erasure;
    this.json = json.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /// Has the effect in one transaction, on behalf of the event's clinic, unless the event was taken
  /// in before or its patient is erased.
  ///
  /// The effect of a profile's tombstone is what only this service can do about it, such as taking
  /// its own records off their topics; the tables are emptied here, as [PatientTables] lists them.
  ///
  /// What goes wrong on our side is tried again for about five minutes, with growing pauses, and
  /// holds up what comes behind it: order matters more than haste. What is wrong with the record
  /// itself fails at once.
  @Retry(maxRetries = 12, delay = 200, maxDuration = 0, jitter = 100, abortOn = InvalidEvent.class)
  @ExponentialBackoff(maxDelay = 60_000)
  public void receive(ConsumerRecord<String, byte[]> record, Consumer<IncomingEvent> effect)
      throws Exception {
    Received received;
    try {
      received = read(record);
    } catch (InvalidEvent e) {
      if (isOfErased(record)) {
        return;
      }
      throw e;
    }
    CurrentClinic.call(
        received.clinic(),
        () ->
            QuarkusTransaction.requiringNew()
                .call(
                    () -> {
                      take(received, effect);
                      return true;
                    }));
  }

  private record Received(IncomingEvent event, String source, String id) {
    /// Outside of any clinic, no row of one is visible.
    String clinic() {
      return event.clinic() == null ? "" : event.clinic();
    }
  }

  private void take(Received received, Consumer<IncomingEvent> effect) throws SQLException {
    IncomingEvent event = received.event();
    if (event.patient() == null) {
      if (remember(received)) {
        effect.accept(event);
      }
    } else if (event.erasesPatient()) {
      hold(received.clinic(), event.patient());
      effect.accept(event);
      erasure.erase(received.clinic(), event.patient(), null);
    } else if (remember(received, event.patient())) {
      effect.accept(event);
    }
  }

  private Received read(ConsumerRecord<String, byte[]> record) {
    Headers headers = record.headers();
    String type = required(headers, CloudEvents.TYPE);
    EventType known =
        EventType.ofType(type)
            .orElseThrow(() -> new InvalidEvent("The event's type is unknown: " + type));
    if (!record.topic().equals(known.topic().address())) {
      throw new InvalidEvent(type + " does not belong on " + record.topic());
    }
    String clinic = CloudEvents.header(headers, CloudEvents.CLINIC);
    return new Received(
        new IncomingEvent(
            known,
            clinic,
            record.key(),
            clinic == null ? null : patient(record.key()),
            body(known, record.value())),
        required(headers, CloudEvents.SOURCE),
        required(headers, CloudEvents.ID));
  }

  /// What is no event of ours is no dead letter either when it is about someone erased.
  private boolean isOfErased(ConsumerRecord<String, byte[]> record) {
    String clinic = CloudEvents.header(record.headers(), CloudEvents.CLINIC);
    UUID patient = patient(record.key());
    return clinic != null && patient != null && erasure.isErased(clinic, patient);
  }

  /// The second part of `<clinic>/<patient>` or `<clinic>/<patient>/<item>`; null when the key is
  /// another.
  private static @Nullable UUID patient(@Nullable String key) {
    String[] parts = key == null ? new String[0] : key.split("/", -1);
    try {
      return parts.length == 2 || parts.length == 3 ? UUID.fromString(parts[1]) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Says where the body is wrong, never what it says there: reasons are logged.
  private @Nullable Event body(EventType type, byte @Nullable [] value) {
    try {
      return value == null ? null : json.forType(type.body()).readValue(value);
    } catch (JsonMappingException e) {
      throw new InvalidEvent("The body is no " + type.schemaId() + ": " + e.getPathReference());
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidEvent("The body is no " + type.schemaId());
    }
  }

  private boolean remember(Received received) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement remember = connection.prepareStatement(REMEMBER)) {
      remember.setString(1, received.source());
      remember.setString(2, received.id());
      return remember.executeUpdate() == 1;
    }
  }

  private boolean remember(Received received, UUID patient) throws SQLException {
    String key = OutgoingEvent.patientKey(received.clinic(), patient);
    try (Connection connection = database.getConnection();
        PreparedStatement remember = connection.prepareStatement(REMEMBER_OF_PATIENT)) {
      remember.setString(1, key);
      remember.setString(2, received.source());
      remember.setString(3, received.id());
      remember.setString(4, key);
      remember.setString(5, received.clinic());
      remember.setString(6, erasure.marker(received.clinic(), patient));
      remember.execute();
      remember.getMoreResults();
      return remember.getUpdateCount() == 1;
    }
  }

  private void hold(String clinic, UUID patient) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement hold = connection.prepareStatement(HOLD_PATIENT)) {
      hold.setString(1, OutgoingEvent.patientKey(clinic, patient));
      hold.execute();
    }
  }

  private static String required(Headers headers, String name) {
    String value = CloudEvents.header(headers, name);
    if (value == null || value.isBlank()) {
      throw new InvalidEvent("The header " + name + " is missing");
    }
    return value;
  }
}
