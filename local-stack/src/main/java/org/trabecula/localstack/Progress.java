package org.trabecula.localstack;

import java.io.PrintStream;
import java.time.Duration;

/// One line that says how far something is. On a terminal it is rewritten in place; elsewhere only
/// the end is written, and of long work now and then a line.
public final class Progress {
  private static final Duration ON_A_TERMINAL = Duration.ofMillis(250);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);

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

  /// For what is no terminal.
  public static Progress inLines(PrintStream out) {
    return new Progress(out, false);
  }

  public void step(String line) {
    if (terminal) {
      out.print("\r\033[K" + line);
      out.flush();
    }
  }

  /// How often long work says how far it is, with [#report].
  public Duration interval() {
    return terminal ? ON_A_TERMINAL : ELSEWHERE;
  }

  public void report(String line) {
    if (terminal) {
      step(line);
    } else {
      out.println(line);
    }
  }

  public void done(String line) {
    out.println((terminal ? "\r\033[K" : "") + line);
  }
}
