package org.trabecula.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path home;

  @Test
  void isForItsOwnerOnly() throws Exception {
    try (var folder = DataFolder.lock(home.resolve("data"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void isHeldByOneStackAtATime() throws Exception {
    try (var folder = DataFolder.lock(home)) {
      folder.record(Recorded.of(DataFolder.LAUNCHER, ProcessHandle.current()));
      assertThatThrownBy(() -> DataFolder.lock(home))
          .isInstanceOf(StackFailure.class)
          .hasMessageContaining("(process %d)", ProcessHandle.current().pid());
    }
    DataFolder.lock(home).close();
  }

  @Test
  void remembersWhatWasStarted() throws Exception {
    var self = Recorded.of("patient-service", ProcessHandle.current());
    try (var folder = DataFolder.lock(home)) {
      folder.record(self);
      assertThat(folder.recorded()).containsExactly(self);
      folder.forgetProcesses();
      assertThat(folder.recorded()).isEmpty();
    }
  }

  @Test
  void refusesAFullDisk() throws Exception {
    try (var folder = DataFolder.lock(home)) {
      assertThatThrownBy(() -> folder.requireSpace(Long.MAX_VALUE))
          .isInstanceOf(StackFailure.class)
          .hasMessageContaining("MB free")
          .hasMessageContaining("TRABECULA_DATA");
    }
  }

  @Test
  void saysWhenItCannotBeMade() throws Exception {
    var file = Files.createFile(home.resolve("file"));
    assertThatThrownBy(() -> DataFolder.lock(file.resolve("data")))
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("cannot be made");
  }
}
