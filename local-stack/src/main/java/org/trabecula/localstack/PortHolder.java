package org.trabecula.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which process listens on a port. Linux tells for the processes of the same user, and root for
// all;
/// elsewhere the answer is empty.
final class PortHolder {
  private static final String LISTENING = "0A";

  private PortHolder() {}

  /// For instance `postgres (process 4711)`.
  static Optional<String> of(int port) {
    for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      var holder = socket(Path.of(table), port).flatMap(PortHolder::process);
      if (holder.isPresent()) {
        return holder.map(pid -> "%s (process %d)".formatted(nameOf(pid), pid));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> socket(Path table, int port) {
    var suffix = String.format(Locale.ROOT, ":%04X", port);
    try (var lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(columns -> columns.length > 9)
          .filter(columns -> columns[1].endsWith(suffix) && columns[3].equals(LISTENING))
          .map(columns -> "socket:[" + columns[9] + "]")
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> process(String socket) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> holds(pid, socket))
        .findFirst();
  }

  private static boolean holds(long pid, String socket) {
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path descriptor : descriptors) {
        if (isLinkTo(descriptor, socket)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /// Another process closes its files while we look.
  private static boolean isLinkTo(Path descriptor, String socket) {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals(socket);
    } catch (IOException e) {
      return false;
    }
  }

  private static String nameOf(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
    } catch (IOException e) {
      return "another program";
    }
  }
}
