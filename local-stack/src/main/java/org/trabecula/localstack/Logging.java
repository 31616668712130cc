package org.trabecula.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Kafka logs hundreds of lines at start; the terminal belongs to the person who waits.
public final class Logging {
  private Logging() {}

  /// Sends warnings to a file and everything else nowhere.
  static void warningsTo(Path file) throws IOException {
    var root = rootWithoutHandlers();
    var handler = new FileHandler(file.toString(), false);
    handler.setFormatter(new SimpleFormatter());
    root.addHandler(handler);
    root.setLevel(Level.WARNING);
  }

  /// Sends everything nowhere, for programs whose output is all that counts.
  public static void off() {
    rootWithoutHandlers().setLevel(Level.OFF);
  }

  private static Logger rootWithoutHandlers() {
    var root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    return root;
  }
}
