package org.trabecula.localstack;

import java.io.IOException;
import java.nio.file.Path;

/// `up` with fake services, in a process that a test can kill. Arguments: the data folder, then the
/// manners of the two services.
final class FakeUp {
  private FakeUp() {}

  public static void main(String[] arguments) throws IOException {
    var options =
        Fakes.options(
            Path.of(arguments[0]),
            Ports.random(),
            FakeService.Manner.valueOf(arguments[1]),
            FakeService.Manner.valueOf(arguments[2]),
            System.out::println);
    int exitCode = 1;
    try {
      exitCode = Up.run(options, true);
    } catch (StackFailure e) {
      System.out.println(e.getMessage());
    }
    System.exit(exitCode);
  }

  static Process launch(Path data, Path output, FakeService.Manner first, FakeService.Manner second)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-cp",
            System.getProperty("java.class.path"),
            FakeUp.class.getName(),
            data.toString(),
            first.name(),
            second.name())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
