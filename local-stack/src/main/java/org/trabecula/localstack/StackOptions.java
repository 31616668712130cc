package org.trabecula.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewTopic;

/// What to start and where.
///
/// @param data the data folder; see [DataFolder]
/// @param sessionZone PostgreSQL's zone for sessions that set none
/// @param readyWithin how long a service may take to be ready
/// @param progress receives one line per thing that happens
public record StackOptions(
    Path data,
    Ports ports,
    List<ServiceSpec> services,
    Collection<NewTopic> topics,
    ZoneId sessionZone,
    Duration readyWithin,
    Consumer<String> progress) {
  private static final int HEAP_MEGABYTES = 320;
  private static final Duration READY_WITHIN = Duration.ofSeconds(120);

  /// The product: the usual ports unless the environment moves them.
  public static StackOptions forUp(Path root, Map<String, String> environment) {
    return packaged(
        root,
        dataFolder(root, environment),
        Ports.from(environment),
        ZoneId.of("UTC"),
        System.out::println);
  }

  /// The packaged services on random ports, PostgreSQL in a zone that is not UTC, and no output.
  public static StackOptions forTests(Path root, Path data) throws IOException {
    return packaged(root, data, Ports.random(), ZoneId.of("America/St_Johns"), line -> {});
  }

  /// One packaged service on random ports with a PostgreSQL and a Kafka of its own, and no output.
  public static StackOptions forService(Path root, Path data, String name) throws IOException {
    var all = packaged(root, data, Ports.random(), ZoneId.of("UTC"), line -> {});
    return new StackOptions(
        data,
        all.ports,
        all.services.stream().filter(service -> service.name().equals(name)).toList(),
        all.topics,
        all.sessionZone,
        all.readyWithin,
        all.progress);
  }

  static Path dataFolder(Path root, Map<String, String> environment) {
    var chosen = environment.getOrDefault("TRABECULA_DATA", "");
    return chosen.isBlank() ? root.resolve(".trabecula") : Path.of(chosen);
  }

  private static StackOptions packaged(
      Path root, Path data, Ports ports, ZoneId sessionZone, Consumer<String> progress) {
    return new StackOptions(
        data,
        ports,
        List.of(
            ServiceSpec.packaged(root, "patient-service", ports.patient(), HEAP_MEGABYTES),
            ServiceSpec.packaged(root, "protocol-service", ports.protocol(), HEAP_MEGABYTES),
            ServiceSpec.packaged(
                root,
                "projection-service",
                ports.projection(),
                HEAP_MEGABYTES,
                // The forecast engine computes on vectors where this module is.
                "--add-modules",
                "jdk.incubator.vector")),
        Topics.ofTheProduct(),
        sessionZone,
        READY_WITHIN,
        progress);
  }
}
