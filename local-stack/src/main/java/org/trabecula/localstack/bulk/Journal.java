package org.trabecula.localstack.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trabecula.localstack.StackFailure;

/// What an import has done so far: one line per file, appended when its answer is there, so that
/// the same command goes on after Ctrl-C, kill -9 or a lost connection. A file between its answer
/// and its line is sent once more, which has no second effect.
///
/// It holds no file's name, since corpora are named after patients: a file is known by a hash of
/// path, size and time of change, 22 characters in memory for each file done.
final class Journal implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper REJECTS =
      new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL);

  private final Path file;
  private final FileChannel lines;
  private final FileChannel rejects;
  private final Set<String> done = new HashSet<>();
  private final Tally tally = Tally.none();
  private long bytes;
  private int rejected;

  /// @param rejects how long the file of rejects was with this line: what lies beyond was written
  /// for a file that has no line, and will be written again
  private record Line(String file, long bytes, boolean rejected, long rejects, Tally tally) {}

  private Journal(Path file, FileChannel lines, FileChannel rejects) {
    this.file = file;
    this.lines = lines;
    this.rejects = rejects;
  }

  /// @param file of the journal, which may be there from a run that was cut short
  /// @throws StackFailure when another import uses it
  static Journal open(Path file, Path rejects) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.createDirectories(rejects.toAbsolutePath().getParent());
    var lines = open(file);
    requireLock(lines, file);
    var journal = new Journal(file, lines, open(rejects));
    journal.goOn();
    return journal;
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static void requireLock(FileChannel lines, Path file) throws IOException {
    try {
      if (lines.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Said below, as for the lock of another process.
    }
    lines.close();
    throw new StackFailure(
        "Another import of this folder is running (%s); let it end or stop it.".formatted(file));
  }

  /// A line that a kill cut short is dropped, and so is what it had added to the rejects.
  private void goOn() throws IOException {
    long whole = 0;
    long rejectsLength = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String text;
      while ((text = reader.readLine()) != null) {
        Line line = parse(text);
        if (line == null) {
          break;
        }
        whole += text.getBytes(UTF_8).length + 1L;
        rejectsLength = line.rejects();
        count(line);
      }
    }
    // The last line may lack its end alone.
    lines.truncate(Math.min(whole, lines.size()));
    lines.position(lines.size());
    if (whole > lines.size()) {
      write(lines, "\n");
    }
    rejects.truncate(rejectsLength);
    rejects.position(rejects.size());
  }

  private static @Nullable Line parse(String text) {
    try {
      return JSON.readValue(text, Line.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private void count(Line line) {
    done.add(line.file());
    bytes += line.bytes();
    rejected += line.rejected() ? 1 : 0;
    tally.add(line.tally());
  }

  /// What a file is known by: it counts as another one when it has changed.
  static String key(String relative, BasicFileAttributes attributes) {
    var name =
        "%s|%d|%d".formatted(relative, attributes.size(), attributes.lastModifiedTime().toMillis());
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  synchronized boolean isDone(String key) {
    return done.contains(key);
  }

  synchronized void taken(String key, long size, Tally entries) throws IOException {
    append(new Line(key, size, false, rejects.size(), entries));
  }

  synchronized void rejected(String key, long size, Reject reject) throws IOException {
    write(rejects, REJECTS.writeValueAsString(reject) + "\n");
    append(new Line(key, size, true, rejects.size(), Tally.none()));
  }

  private void append(Line line) throws IOException {
    write(lines, JSON.writeValueAsString(line) + "\n");
    count(line);
  }

  private static void write(FileChannel file, String text) throws IOException {
    var buffer = ByteBuffer.wrap(text.getBytes(UTF_8));
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }

  synchronized int filesDone() {
    return done.size();
  }

  synchronized long bytesDone() {
    return bytes;
  }

  synchronized int filesRejected() {
    return rejected;
  }

  /// Of all runs that this journal has seen.
  synchronized Tally tally() {
    var copy = Tally.none();
    copy.add(tally);
    return copy;
  }

  /// The import is over: the next one of this folder starts from its beginning.
  synchronized void finish() throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public synchronized void close() throws IOException {
    rejects.close();
    lines.close();
  }
}
