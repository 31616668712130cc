package org.trabecula.localstack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's own programs for this kind of machine, unpacked once from the archive that the
// build
/// brings.
final class Programs {
  private Programs() {}

  /// The folder that holds `bin`, `lib` and `share`.
  static Path unpacked(Path home) throws IOException {
    var archive = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
    var resource = Programs.class.getResource("/" + archive);
    if (resource == null) {
      throw new StackFailure(
          "PostgreSQL's programs for this machine (%s) are not in the build.".formatted(archive));
    }
    var connection = resource.openConnection();
    // The archive's size tells one release of PostgreSQL from the next.
    var folder = home.resolve(archive.replace(".txz", "-" + connection.getContentLengthLong()));
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Files.createDirectories(home);
    var half = Files.createTempDirectory(home, "unpacking");
    try (var stream = connection.getInputStream()) {
      unpack(stream, half);
    }
    return Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  static String archiveName(String system, String processor) {
    var kind = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    var processorName =
        switch (processor) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm_64";
          default ->
              throw new StackFailure(
                  "The embedded PostgreSQL runs on x86-64 and 64-bit ARM, not on %s; use docker-compose.yml."
                      .formatted(processor));
        };
    return "postgres-%s-%s.txz".formatted(kind, processorName);
  }

  private static void unpack(InputStream archive, Path folder) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, folder);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    var target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("The archive reaches outside its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createLink(target, folder.resolve(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      if ((entry.getMode() & 0100) != 0) {
        makeExecutable(target);
      }
    }
  }

  private static void makeExecutable(Path file) throws IOException {
    var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    permissions.add(PosixFilePermission.OWNER_EXECUTE);
    Files.setPosixFilePermissions(file, permissions);
  }
}
