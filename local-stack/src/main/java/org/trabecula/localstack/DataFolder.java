package org.trabecula.localstack;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The folder that holds all of one stack: data, keys, logs, and while it runs a lock and a list of
/// the processes started. The system drops the lock when its holder dies, however it dies; the list
/// then tells the next run what was left behind.
public final class DataFolder implements Closeable {
  /// Under this nothing starts: PostgreSQL and Kafka fail in ugly ways on a full disk.
  static final long LEAST_FREE_BYTES = 1L << 30;

  static final String LAUNCHER = "launcher";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /// @throws StackFailure when another process has it, naming that process
  static DataFolder lock(Path folder) throws IOException {
    var path = folder.toAbsolutePath().normalize();
    createPrivately(path);
    if (!Files.isWritable(path)) {
      throw new StackFailure(
          "%s belongs to %s and cannot be written; run as that user or set TRABECULA_DATA to another folder."
              .formatted(path, Files.getOwner(path)));
    }
    var channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    var lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      throw new StackFailure(
          "Another stack runs in %s%s; stop it with Ctrl-C there, or set TRABECULA_DATA to another folder."
              .formatted(path, launcherOf(path)));
    }
    return new DataFolder(path, channel, lock);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void createPrivately(Path path) throws IOException {
    try {
      Files.createDirectories(path.getParent());
      if (!Files.isDirectory(path)) {
        Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new StackFailure(
          "The data folder %s cannot be made (%s); set TRABECULA_DATA to another one."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private static String launcherOf(Path path) {
    return read(path.resolve("run")).stream()
        .filter(process -> process.name().equals(LAUNCHER))
        .findFirst()
        .map(process -> " (process " + process.pid() + ")")
        .orElse("");
  }

  /// @throws StackFailure when the disk is nearly full
  void requireSpace(long leastBytes) throws IOException {
    long free = Files.getFileStore(path).getUsableSpace();
    if (free < leastBytes) {
      throw new StackFailure(
          "%s has %d MB free and the stack needs %d MB; free some or set TRABECULA_DATA to another disk."
              .formatted(path, free >> 20, leastBytes >> 20));
    }
  }

  void record(Recorded process) throws IOException {
    Files.writeString(
        runFile(),
        process.line() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
  }

  /// What was started here and not said to be stopped, the launcher included.
  List<Recorded> recorded() {
    return read(runFile());
  }

  void forgetProcesses() throws IOException {
    Files.deleteIfExists(runFile());
  }

  private static List<Recorded> read(Path runFile) {
    try {
      return Files.readAllLines(runFile).stream()
          .filter(line -> !line.isBlank())
          .map(Recorded::parse)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Path runFile() {
    return path.resolve("run");
  }

  Path postgres() {
    return path.resolve("postgres");
  }

  Path kafka() {
    return path.resolve("kafka");
  }

  static Path signingKey(Path folder) {
    return folder.resolve("issuer/signing-key.json");
  }

  /// The issuer's name goes with its port, and `./trabecula token` must use the same one.
  static Path issuerName(Path folder) {
    return folder.resolve("issuer/name");
  }

  Path path() {
    return path;
  }

  Path logs() throws IOException {
    return Files.createDirectories(path.resolve("logs"));
  }

  /// Gives the folder to the next run.
  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
