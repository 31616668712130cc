package org.trabecula.localstack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One process of ours: how Java starts it, where it listens and whose database it has.
///
/// @param java Java's arguments, from options to the main class or jar
public record ServiceSpec(String name, String database, int port, List<String> java) {
  public ServiceSpec {
    java = List.copyOf(java);
  }

  /// A service as the build packages it.
  ///
  /// @param heapMegabytes the most heap it may take
  /// @param options of Java that this service needs beside the common ones
  static ServiceSpec packaged(
      Path root, String name, int port, int heapMegabytes, String... options) {
    var jar = root.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
    var java =
        new ArrayList<>(
            List.of(
                "-Xmx%dm".formatted(heapMegabytes),
                // What is allocated for a request is garbage soon; more room for it is only memory.
                "-Xms96m",
                "-Xmn48m",
                "-XX:+UseSerialGC",
                // What lives long is little: Java collects it sooner rather than take more memory.
                "-XX:MinHeapFreeRatio=15",
                "-XX:MaxHeapFreeRatio=30",
                // What the compiler no longer needs goes back to the system.
                "-XX:TrimNativeHeapInterval=10000",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    java.addAll(List.of(options));
    java.addAll(List.of("-jar", jar.toString()));
    return new ServiceSpec(name, name.replace("-service", ""), port, java);
  }
}
