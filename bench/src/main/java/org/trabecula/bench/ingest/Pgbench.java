package org.trabecula.bench.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.trabecula.localstack.StackFailure;

/// PostgreSQL's own load generator, which says how fast the database is without any service before
/// it.
final class Pgbench {
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

  private final URI database;
  private final String user;
  private final int clients;
  private final Path folder;

  /// @param jdbcUrl of a database whose user and password are both `user`
  /// @param folder where scripts go
  Pgbench(String jdbcUrl, String user, int clients, Path folder) {
    this.database = URI.create(jdbcUrl.replaceFirst("^jdbc:", ""));
    this.user = user;
    this.clients = clients;
    this.folder = folder;
  }

  static boolean isInstalled() throws IOException {
    try {
      return new ProcessBuilder("pgbench", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Path script(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /// Transactions a second, connecting not counted.
  double rate(Path script, Duration time) throws IOException {
    var builder =
        new ProcessBuilder(
            "pgbench",
            "--no-vacuum",
            "--protocol=prepared",
            "--client=" + clients,
            "--jobs=2",
            "--time=" + time.toSeconds(),
            "--file=" + script,
            "--host=" + database.getHost(),
            "--port=" + database.getPort(),
            "--username=" + user,
            database.getPath().substring(1));
    builder.environment().put("PGPASSWORD", user);
    var process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    var rate = RATE.matcher(output);
    if (process.onExit().join().exitValue() != 0 || !rate.find()) {
      throw new StackFailure("pgbench failed: " + output.strip());
    }
    return Double.parseDouble(rate.group(1));
  }
}
