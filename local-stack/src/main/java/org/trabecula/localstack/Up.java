package org.trabecula.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.Exit;

/// `./trabecula up`: starts everything, says where it is, and stops everything on Ctrl-C.
public final class Up {
  private Up() {}

  /// Arguments: the project's root, then `--empty` to start without the demo clinic.
  public static void main(String[] arguments) throws IOException {
    var unknown = List.of(arguments).stream().skip(1).filter(word -> !word.equals("--empty"));
    unknown
        .findFirst()
        .ifPresent(
            word -> {
              System.err.println("up does not know '" + word + "'; it takes --empty.");
              System.exit(2);
            });
    boolean empty = List.of(arguments).contains("--empty");
    System.exit(run(Path.of(arguments[0]), empty));
  }

  private static int run(Path root, boolean empty) throws IOException {
    try {
      return run(StackOptions.forUp(root, System.getenv()), empty);
    } catch (StackFailure e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  /// Returns the exit code when the stack has ended by itself; Ctrl-C ends the JVM before that.
  ///
  /// @param empty whether to start without the demo clinic
  static int run(StackOptions options, boolean empty) throws IOException {
    var stack = new Stack(options);
    var stopped = new Thread(() -> stop(stack), "stop");
    Runtime.getRuntime().addShutdownHook(stopped);
    // A broker whose disk fails halts its JVM; this way the services are stopped too.
    Exit.setHaltProcedure((status, message) -> System.exit(status));
    System.out.printf("Starting Trabecula in %s%n", options.data());
    stack.open();
    Logging.warningsTo(stack.logs().resolve("launcher.log"));
    stack.start();
    System.out.println(Whereabouts.of(stack, options));
    if (!empty) {
      loadDemoClinic(stack, options);
    }
    var ended = stack.firstExit().join();
    if (!stack.isClosing()) {
      System.err.printf(
          "%s has ended; its log is %s. Stopping the rest.%n", ended.name(), ended.log());
    }
    stack.close();
    return 1;
  }

  private static void loadDemoClinic(Stack stack, StackOptions options) throws IOException {
    var diary = options.data().resolve("demo-clinic");
    try (var clinician = stack.api(Role.PRESCRIBER, DemoClinic.CLINIC);
        var administrator = stack.api(Role.ADMINISTRATOR, DemoClinic.CLINIC)) {
      new DemoClinic(clinician, administrator, diary, Progress.onStandardOutput()).load();
    }
  }

  private static void stop(Stack stack) {
    if (!stack.isClosing()) {
      System.out.println("Stopping ...");
    }
    stack.close();
  }
}
