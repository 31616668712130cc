package org.trabecula.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/// Stacks whose services are [FakeService]s, on random ports.
final class Fakes {
  private Fakes() {}

  static StackOptions options(Path data, FakeService.Manner first, FakeService.Manner second)
      throws IOException {
    return options(data, Ports.random(), first, second, line -> {});
  }

  static StackOptions options(
      Path data,
      Ports ports,
      FakeService.Manner first,
      FakeService.Manner second,
      Consumer<String> progress) {
    return new StackOptions(
        data,
        ports,
        List.of(
            service("patient-service", "patient", ports.patient(), first),
            service("protocol-service", "protocol", ports.protocol(), second)),
        Topics.ofTheProduct(),
        ZoneId.of("UTC"),
        Duration.ofSeconds(6),
        progress);
  }

  private static ServiceSpec service(
      String name, String database, int port, FakeService.Manner manner) {
    return new ServiceSpec(
        name,
        database,
        port,
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx32m",
            "-cp",
            System.getProperty("java.class.path"),
            FakeService.class.getName(),
            manner.name()));
  }
}
