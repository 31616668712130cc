package org.trabecula.kit.events;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Takes what is in the outbox to Kafka, in order, and forgets it once the broker has it.
///
/// One relay of a service leads at a time: it holds an advisory lock on the connection that it
/// reads through, so a leader that dies hands over by dying. It asks for what is unpublished, never
/// for what follows a number, since a lower number may commit later. A batch that fails is sent
/// again from its start: records may come twice, which consumers bear, but none is lost or
/// overtaken for good.
///
/// A commit in this process wakes it at once; the work of other processes it finds within [#POLL].
/// PostgreSQL's NOTIFY would do without the poll, but makes commits wait for each other.
@ApplicationScoped
public class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration GATHER = Duration.ofMillis(10);
  private static final Duration STAND_BY = Duration.ofSeconds(1);
  private static final int BATCH = 500;

  private static final String LEAD = "select pg_try_advisory_lock(hashtextextended('outbox', 0))";
  private static final String RESIGN = "select pg_advisory_unlock(hashtextextended('outbox', 0))";
  private static final String UNPUBLISHED =
      """
      select sequence, id, aggregatetype, aggregateid, type, clinic, partitionkey, subject, payload, traceparent,
             occurred_at
      from outbox order by sequence limit\s"""
          + BATCH;
  private static final String FORGET = "delete from outbox where sequence = any(?)";

  private final DataSource database;
  private final Topics topics;
  private final Map<String, Object> kafka;
  private final String application;
  private final Semaphore work = new Semaphore(0);
  private volatile boolean running = true;
  private final Thread thread;

  OutboxRelay(
      DataSource database,
      Topics topics,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      @ConfigProperty(name = "quarkus.application.name") String application) {
    this.database = database;
    this.topics = topics;
    this.kafka = kafka;
    this.application = application;
    this.thread = Thread.ofPlatform().name("outbox-relay").unstarted(this::run);
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  /// Publishes what is left, as far as the broker answers in time, and hands over.
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    running = false;
    wake();
    thread.join(Duration.ofSeconds(3));
    thread.interrupt();
  }

  /// There is something new.
  void wake() {
    work.release();
  }

  private void run() {
    try (Producer<String, byte[]> producer = new KafkaProducer<>(CloudEvents.producer(kafka))) {
      while (running) {
        try (Connection connection = database.getConnection()) {
          lead(connection, producer);
        } catch (SQLException | KafkaException | ExecutionException e) {
          LOG.warnf("The outbox waits: %s", e.getMessage());
          pause(STAND_BY);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lead(Connection connection, Producer<String, byte[]> producer)
      throws SQLException, ExecutionException, InterruptedException {
    if (!ask(connection, LEAD)) {
      pause(STAND_BY);
      return;
    }
    try {
      topics.ensure();
      boolean more = true;
      while (running || more) {
        long began = System.nanoTime();
        more = publish(connection, producer);
        if (!more && running) {
          pause(POLL);
          gather(began);
        }
      }
    } finally {
      ask(connection, RESIGN);
    }
  }

  /// Publishes one batch; true when there may be another.
  private boolean publish(Connection connection, Producer<String, byte[]> producer)
      throws SQLException, ExecutionException, InterruptedException {
    var published = new ArrayList<Long>();
    var sent = new ArrayList<Future<RecordMetadata>>();
    try (PreparedStatement unpublished = connection.prepareStatement(UNPUBLISHED);
        ResultSet rows = unpublished.executeQuery()) {
      while (rows.next()) {
        published.add(rows.getLong("sequence"));
        sent.add(producer.send(CloudEvents.record(rows, application, producer)));
      }
    }
    for (Future<RecordMetadata> acknowledgement : sent) {
      acknowledgement.get();
    }
    forget(connection, published);
    return published.size() == BATCH;
  }

  private static void forget(Connection connection, List<Long> sequences) throws SQLException {
    if (sequences.isEmpty()) {
      return;
    }
    try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
      forget.setArray(1, connection.createArrayOf("bigint", sequences.toArray()));
      forget.executeUpdate();
    }
  }

  private static boolean ask(Connection connection, String question) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(question);
        ResultSet answer = statement.executeQuery()) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  /// Under load the next batch is given time to grow; after a quiet time nothing waits.
  private void gather(long previous) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(previous + GATHER.toNanos() - System.nanoTime());
  }

  private void pause(Duration longest) throws InterruptedException {
    if (work.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      work.drainPermits();
    }
  }
}
