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
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.EventType;
import org.trabecula.kit.clinic.CurrentClinic;

/// Takes each event in once: its identity is stored in the transaction of its effect.
@ApplicationScoped
public class Inbox {
  private static final String REMEMBER =
      "insert into inbox (source, id) values (?, ?) on conflict do nothing";

  private final DataSource database;
  private final ObjectReader json;

  Inbox(DataSource database, ObjectMapper json) {
    this.database = database;
    this.json = json.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /// Has the effect in one transaction, on behalf of the event's clinic, unless the event was taken
  /// in before.
  ///
  /// What goes wrong on our side is tried again for about five minutes, with growing pauses, and
  /// holds up what comes behind it: order matters more than haste. What is wrong with the record
  /// itself fails at once.
  @Retry(maxRetries = 12, delay = 200, maxDuration = 0, jitter = 100, abortOn = InvalidEvent.class)
  @ExponentialBackoff(maxDelay = 60_000)
  public void receive(ConsumerRecord<String, byte[]> record, Consumer<IncomingEvent> effect)
      throws Exception {
    IncomingEvent event = read(record);
    String source = required(record.headers(), CloudEvents.SOURCE);
    String id = required(record.headers(), CloudEvents.ID);
    CurrentClinic.call(
        event.clinic() == null ? "" : event.clinic(),
        () ->
            QuarkusTransaction.requiringNew()
                .call(
                    () -> {
                      if (remember(source, id)) {
                        effect.accept(event);
                      }
                      return true;
                    }));
  }

  private IncomingEvent read(ConsumerRecord<String, byte[]> record) {
    Headers headers = record.headers();
    String type = required(headers, CloudEvents.TYPE);
    EventType known =
        EventType.ofType(type)
            .orElseThrow(() -> new InvalidEvent("The event's type is unknown: " + type));
    if (!record.topic().equals(known.topic().address())) {
      throw new InvalidEvent(type + " does not belong on " + record.topic());
    }
    return new IncomingEvent(
        known,
        CloudEvents.header(headers, CloudEvents.CLINIC),
        record.key(),
        body(known, record.value()));
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

  private boolean remember(String source, String id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement remember = connection.prepareStatement(REMEMBER)) {
      remember.setString(1, source);
      remember.setString(2, id);
      return remember.executeUpdate() == 1;
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
