package org.trabecula.localstack;

import java.io.PrintStream;

/// One line that says how far something is. On a terminal it is rewritten in place; elsewhere only
/// the end is written.
final class Progress {
  private final PrintStream out;
  private final boolean terminal;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  static Progress onStandardOutput() {
    var console = System.console();
    return new Progress(System.out, console != null && console.isTerminal());
  }

  void step(String line) {
    if (terminal) {
      out.print("\r\033[K" + line);
      out.flush();
    }
  }

  void done(String line) {
    out.println((terminal ? "\r\033[K" : "") + line);
  }
}
