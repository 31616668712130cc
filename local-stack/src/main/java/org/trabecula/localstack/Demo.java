package org.trabecula.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// `./trabecula demo`: the main job, step by step, on the running stack or on one that it starts
/// for the purpose and stops again.
public final class Demo {
  private Demo() {}

  /// Arguments: the project's root.
  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 1) {
      System.err.println("demo takes no arguments.");
      System.exit(2);
    }
    System.exit(run(Path.of(arguments[0]), System.getenv()));
  }

  private static int run(Path root, Map<String, String> environment) throws IOException {
    try (var stack = RunningStack.findOrStart(root, environment);
        var api = stack.api(DemoClinic.CLINIC);
        var forecasts = new ForecastListener(stack.bootstrapServers())) {
      new DemoStory(api, forecasts, System.out).tell(stack.bootstrapServers());
      return 0;
    } catch (StackFailure e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }
}
