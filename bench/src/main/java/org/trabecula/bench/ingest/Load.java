package org.trabecula.bench.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trabecula.bench.Percentiles;
import org.trabecula.bench.ingest.Wire.Answer;
import org.trabecula.bench.ingest.Wire.Request;
import org.trabecula.localstack.StackFailure;

/// Clients that each send a request as soon as the one before is answered.
final class Load implements Closeable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<Wire> wires = new ArrayList<>();
  private final ExecutorService clients;

  Load(URI service, String token, int clients) throws IOException {
    this.clients = Executors.newFixedThreadPool(clients);
    for (int i = 0; i < clients; i++) {
      wires.add(new Wire(service, token));
    }
  }

  /// @param latencies of each request, in milliseconds
  /// @param seconds from the first request to the last answer
  /// @param cpuSeconds that the clients' own threads took
  record Run(List<Double> latencies, double seconds, double cpuSeconds) {
    double rate() {
      return latencies.size() / seconds;
    }

    Percentiles percentiles() {
      return new Percentiles(latencies);
    }
  }

  /// Sends for so long.
  Run during(Duration time, Supplier<Request> requests, int expectedStatus) {
    long end = System.nanoTime() + time.toNanos();
    return run(() -> System.nanoTime() < end ? requests.get() : null, expectedStatus, answer -> {});
  }

  /// Sends each of them once.
  ///
  /// @param answers takes every answer, from several threads
  Run all(List<Request> requests, int expectedStatus, Consumer<Answer> answers) {
    var left = new ConcurrentLinkedQueue<>(requests);
    return run(left::poll, expectedStatus, answers);
  }

  private record Share(List<Double> latencies, long cpuNanos) {}

  private Run run(Supplier<@Nullable Request> requests, int expected, Consumer<Answer> answers) {
    long began = System.nanoTime();
    var shares = new ArrayList<Future<Share>>();
    for (Wire wire : wires) {
      Callable<Share> client = () -> send(wire, requests, expected, answers);
      shares.add(clients.submit(client));
    }
    var latencies = new ArrayList<Double>();
    long cpu = 0;
    for (Future<Share> share : shares) {
      Share done = result(share);
      latencies.addAll(done.latencies());
      cpu += done.cpuNanos();
    }
    return new Run(latencies, (System.nanoTime() - began) / 1e9, cpu / 1e9);
  }

  private static Share send(
      Wire wire, Supplier<@Nullable Request> requests, int expected, Consumer<Answer> answers)
      throws IOException {
    long cpu = THREADS.getCurrentThreadCpuTime();
    var latencies = new ArrayList<Double>();
    for (Request next = requests.get(); next != null; next = requests.get()) {
      long began = System.nanoTime();
      Answer answer = wire.send(next);
      latencies.add((System.nanoTime() - began) / 1e6);
      if (answer.status() != expected) {
        throw new StackFailure(
            "%s %s answered %d, not %d: %s"
                .formatted(next.method(), next.path(), answer.status(), expected, answer.text()));
      }
      answers.accept(answer);
    }
    return new Share(latencies, THREADS.getCurrentThreadCpuTime() - cpu);
  }

  private static Share result(Future<Share> share) {
    try {
      return share.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StackFailure failure
          ? failure
          : new StackFailure("A client stopped: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.", e);
    }
  }

  @Override
  public void close() throws IOException {
    clients.shutdownNow();
    for (Wire wire : wires) {
      wire.close();
    }
  }
}
