package org.trabecula.localstack;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// PostgreSQL, Kafka and the token issuer in this JVM, and the services as processes beside it.
///
/// Whatever goes wrong on the way up, everything already started is stopped again. [#close] takes
/// at most ten seconds: five for the services, then Kafka and PostgreSQL side by side.
public final class Stack implements Closeable {
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(60);
  private static final Duration PARTS_STOP_WITHIN = Duration.ofSeconds(3);

  private final StackOptions options;
  private final long began = System.nanoTime();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
  private volatile @Nullable DataFolder folder;
  private volatile @Nullable CompletableFuture<Postgres> postgres;
  private volatile @Nullable CompletableFuture<Kafka> kafka;
  private volatile @Nullable Issuer issuer;

  Stack(StackOptions options) {
    this.options = options;
  }

  /// @throws StackFailure with one sentence for the person who waits; nothing is left running
  public static Stack start(StackOptions options) {
    var stack = new Stack(options);
    stack.open();
    stack.start();
    return stack;
  }

  /// Takes the data folder and makes sure that the stack can start; starts nothing yet.
  void open() {
    orClose(
        () -> {
          var opened = DataFolder.lock(options.data());
          folder = opened;
          Leftovers.stop(opened);
          opened.requireSpace(DataFolder.LEAST_FREE_BYTES);
          options.ports().requireFree();
          opened.record(Recorded.of(DataFolder.LAUNCHER, ProcessHandle.current()));
          return opened;
        });
  }

  /// After [#open].
  void start() {
    orClose(
        () -> {
          startParts();
          startServices();
          return this;
        });
  }

  private void orClose(Callable<?> work) {
    try {
      work.call();
    } catch (RuntimeException e) {
      close();
      throw e;
    } catch (Exception e) {
      close();
      throw new StackFailure("The stack did not start: " + e.getMessage(), e);
    }
  }

  private void startParts() throws IOException, SQLException {
    var opened = part(folder);
    var ports = options.ports();
    var database =
        Background.run(
            () -> Postgres.start(opened.postgres(), ports.postgres(), options.sessionZone()));
    var broker = Background.run(() -> Kafka.start(opened.kafka(), ports.kafka()));
    postgres = database;
    kafka = broker;
    issuer = startIssuer(opened.path());
    var ready = Background.result(database);
    for (ServiceSpec service : options.services()) {
      ready.createDatabase(service.database());
    }
    report("PostgreSQL is up");
    Background.result(broker).createTopics(options.topics());
    report("Kafka is up");
  }

  private Issuer startIssuer(Path home) throws IOException {
    var started =
        Issuer.start(
            InetAddress.getLoopbackAddress(),
            options.ports().issuer(),
            DataFolder.signingKey(home));
    Files.writeString(DataFolder.issuerName(home), started.uri().toString());
    return started;
  }

  private void startServices() throws IOException {
    for (ServiceSpec spec : options.services()) {
      requireOpen();
      services.add(ServiceProcess.start(spec, environment(spec), part(folder)));
    }
    var waits =
        services.stream()
            .map(
                service ->
                    Background.run(
                        () -> {
                          service.awaitReady(options.readyWithin());
                          report(service.name() + " is up");
                          return service;
                        }))
            .toList();
    Background.result(Background.firstFailureOrAll(waits));
  }

  private Map<String, String> environment(ServiceSpec spec) {
    var token = part(issuer);
    var environment = new HashMap<String, String>();
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(spec.port()));
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl(spec.database()));
    environment.put("QUARKUS_DATASOURCE_USERNAME", spec.database());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", spec.database());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
    environment.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", token.jwks().toString());
    environment.put("MP_JWT_VERIFY_ISSUER", token.uri().toString());
    environment.put("MP_JWT_VERIFY_AUDIENCES", SigningKey.AUDIENCE);
    return environment;
  }

  /// Where a service listens.
  public URI service(String name) {
    return process(name).uri();
  }

  public ServiceProcess process(String name) {
    return services.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No service named " + name));
  }

  List<ServiceProcess> processes() {
    return services;
  }

  public String bootstrapServers() {
    return Background.result(part(kafka)).bootstrapServers();
  }

  /// @param database `patient`, `protocol` or `projection`; user and password are the same word
  public String jdbcUrl(String database) {
    return Background.result(part(postgres)).jdbcUrl(database);
  }

  public URI issuer() {
    return part(issuer).uri();
  }

  /// A bearer token that is good for an hour.
  public String token(String role, String clinic) {
    return part(issuer).token(Role.of(role), clinic, TOKEN_LIFETIME);
  }

  /// The services for someone of a clinic.
  ClinicApi api(Role role, String clinic) {
    return new ClinicApi(this::service, () -> token(role.word(), clinic));
  }

  public Path logs() {
    try {
      return part(folder).logs();
    } catch (IOException e) {
      throw new StackFailure("The folder of logs cannot be made: " + e.getMessage(), e);
    }
  }

  /// Memory of this JVM, the services and PostgreSQL, in kibibytes.
  long kibibytes() {
    var running =
        Stream.concat(services.stream().map(ServiceProcess::handle), Stream.of(postmaster()));
    return Memory.own(ProcessHandle.current()) + running.mapToLong(Memory::kibibytes).sum();
  }

  /// PostgreSQL's first process; all others descend from it.
  public ProcessHandle postmaster() {
    return Background.result(part(postgres)).postmaster().orElseThrow();
  }

  double secondsSinceStart() {
    return (System.nanoTime() - began) / 1e9;
  }

  /// Completes with the first service that ends by itself.
  CompletableFuture<ServiceProcess> firstExit() {
    return CompletableFuture.anyOf(
            services.stream().map(ServiceProcess::onExit).toArray(CompletableFuture[]::new))
        .thenApply(ServiceProcess.class::cast);
  }

  boolean isClosing() {
    return closing.get();
  }

  private void requireOpen() {
    if (closing.get()) {
      throw new StackFailure("Stopped while starting.");
    }
  }

  private void report(String what) {
    requireOpen();
    options.progress().accept("%6.1f s  %s".formatted(secondsSinceStart(), what));
  }

  /// Stops everything. A second caller waits for the first.
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      closed.join();
      return;
    }
    try {
      Leftovers.end(services.stream().map(ServiceProcess::handle).toList());
      Optional.ofNullable(issuer).ifPresent(Issuer::close);
      CompletableFuture.allOf(stop(kafka), stop(postgres))
          .completeOnTimeout(null, PARTS_STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
          .join();
      release();
    } finally {
      closed.complete(null);
    }
  }

  private void release() {
    var opened = folder;
    if (opened == null) {
      return;
    }
    try (opened) {
      if (Postgres.runningOn(opened.postgres()).isEmpty()) {
        opened.forgetProcesses();
      }
    } catch (IOException e) {
      throw new StackFailure("The data folder was not given back: " + e.getMessage(), e);
    }
  }

  private static <T extends Closeable> CompletableFuture<Void> stop(
      @Nullable CompletableFuture<T> part) {
    if (part == null) {
      return CompletableFuture.completedFuture(null);
    }
    return part.handleAsync((running, failure) -> running, Thread::startVirtualThread)
        .thenAccept(Stack::closeQuietly);
  }

  private static void closeQuietly(@Nullable Closeable part) {
    try {
      if (part != null) {
        part.close();
      }
    } catch (IOException e) {
      throw new StackFailure("A part did not stop: " + e.getMessage(), e);
    }
  }

  private static <T> T part(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("The stack has not come that far");
    }
    return part;
  }
}
