package org.trabecula.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.trabecula.localstack.Stack;
import org.trabecula.localstack.StackOptions;

/// One stack for all test classes of the JVM: it takes many seconds to start. Each test has a
/// clinic of its own.
final class SharedStack {
  static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
  static final Path DATA = folder();
  static final Stack STACK = start();
  static final ForecastTopic FORECASTS = new ForecastTopic(STACK.bootstrapServers());

  private SharedStack() {}

  private static Path folder() {
    try {
      return Files.createTempDirectory("trabecula-end-to-end");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stack start() {
    try {
      var stack = Stack.start(StackOptions.forTests(ROOT, DATA.resolve("data")));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack)));
      return stack;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(Stack stack) {
    FORECASTS.close();
    stack.close();
    try (Stream<Path> files = Files.walk(DATA)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
