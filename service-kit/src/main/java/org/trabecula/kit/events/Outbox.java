package org.trabecula.kit.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Events, written in the transaction of the change that they tell of, so that none is told of that
/// did not happen and none happens untold.
///
/// Whoever appends for a partition key holds it until the transaction ends: sequence numbers of one
/// key are therefore in the order of the commits, which sequence numbers alone are not.
@ApplicationScoped
public class Outbox {
  /// Holds the partition key, and only then draws the sequence number.
  private static final String INSERT =
      """
      with held as (select pg_advisory_xact_lock(hashtextextended('outbox:' || ?, 0)))
      insert into outbox (id, aggregatetype, aggregateid, type, clinic, partitionkey, subject, payload, traceparent,
                          occurred_at)
      select ?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz from held
      """;

  private final DataSource database;
  private final ObjectMapper json;
  private final OpenTelemetry telemetry;
  private final TransactionSynchronizationRegistry transactions;
  private final OutboxRelay relay;
  private final Clock clock = Clock.systemUTC();

  Outbox(
      DataSource database,
      ObjectMapper json,
      OpenTelemetry telemetry,
      TransactionSynchronizationRegistry transactions,
      OutboxRelay relay) {
    this.database = database;
    this.json = json;
    this.telemetry = telemetry;
    this.transactions = transactions;
    this.relay = relay;
  }

  public void append(OutgoingEvent event) {
    append(List.of(event));
  }

  /// Appends all events of a change at once, by partition key and otherwise in the order given:
  /// keys are held in one order by everyone, so that no two changes can wait for each other.
  @Transactional(Transactional.TxType.MANDATORY)
  public void append(List<OutgoingEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    try (Connection connection = database.getConnection()) {
      insert(events, connection);
    } catch (SQLException e) {
      throw new IllegalStateException("Events could not be written to the outbox", e);
    }
    transactions.registerInterposedSynchronization(new WakeRelay());
  }

  private void insert(List<OutgoingEvent> events, Connection connection) throws SQLException {
    String traceparent = traceparent();
    Timestamp now = Timestamp.from(clock.instant());
    var ordered = new ArrayList<>(events);
    ordered.sort(Comparator.comparing(OutgoingEvent::partitionKey));
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (OutgoingEvent event : ordered) {
        var values = new ArrayList<@Nullable Object>();
        values.add(event.partitionKey());
        values.add(event.id());
        values.add(event.type().topic().address());
        values.add(event.key());
        values.add(event.type().type());
        values.add(event.clinic());
        values.add(event.partitionKey());
        values.add(event.subject());
        values.add(body(event));
        values.add(traceparent);
        values.add(now);
        for (int i = 0; i < values.size(); i++) {
          insert.setObject(i + 1, values.get(i));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private @Nullable String body(OutgoingEvent event) {
    try {
      return event.body() == null ? null : json.writeValueAsString(event.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An event cannot be written as JSON: " + event.type(), e);
    }
  }

  private @Nullable String traceparent() {
    Map<String, String> carrier = new HashMap<>();
    telemetry
        .getPropagators()
        .getTextMapPropagator()
        .inject(
            Context.current(),
            carrier,
            (headers, name, value) -> {
              if (headers != null) {
                headers.put(name, value);
              }
            });
    return carrier.get("traceparent");
  }

  private final class WakeRelay implements Synchronization {
    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        relay.wake();
      }
    }
  }
}
