package org.trabecula.localstack.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trabecula.localstack.StackFailure;

class JournalTest {
  private static final Reject REJECT = Reject.unsent("b.json", "no");

  @TempDir Path folder;
  private Path file;
  private Path rejects;

  @BeforeEach
  void name() {
    file = folder.resolve("journal");
    rejects = folder.resolve("rejects");
  }

  private static Tally onePatient() {
    return new Tally(new TreeMap<>(Map.of("Patient", 1)), new TreeMap<>(), new TreeMap<>());
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    try (var journal = Journal.open(file, rejects)) {
      journal.taken("a", 10, onePatient());
      journal.rejected("b", 20, REJECT);
    }
    try (var journal = Journal.open(file, rejects)) {
      assertThat(journal.isDone("a")).isTrue();
      assertThat(journal.isDone("b")).isTrue();
      assertThat(journal.isDone("c")).isFalse();
      assertThat(journal.bytesDone()).isEqualTo(30);
      assertThat(journal.filesRejected()).isEqualTo(1);
      journal.taken("c", 1, onePatient());
      assertThat(journal.tally().created()).isEqualTo(Map.of("Patient", 2));
    }
  }

  @Test
  void dropsTheLineThatAKillCutShortAndItsReject() throws IOException {
    try (var journal = Journal.open(file, rejects)) {
      journal.taken("a", 10, onePatient());
      journal.rejected("b", 20, REJECT);
    }
    var whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() - 5));
    try (var journal = Journal.open(file, rejects)) {
      assertThat(journal.isDone("a")).isTrue();
      assertThat(journal.isDone("b")).isFalse();
      journal.rejected("b", 20, REJECT);
    }
    assertThat(Files.readString(file)).isEqualTo(whole);
    assertThat(Files.readAllLines(rejects))
        .isEqualTo(
            List.of(
                "{\"file\":\"b.json\",\"issues\":[{\"expression\":[],\"diagnostics\":\"no\"}]}"));
  }

  @Test
  void keepsALineThatLacksItsEndAlone() throws IOException {
    try (var journal = Journal.open(file, rejects)) {
      journal.taken("a", 10, onePatient());
    }
    Files.writeString(file, Files.readString(file).strip());
    try (var journal = Journal.open(file, rejects)) {
      journal.taken("b", 10, onePatient());
    }
    try (var journal = Journal.open(file, rejects)) {
      assertThat(journal.filesDone()).isEqualTo(2);
    }
  }

  @Test
  void startsTheFileOfRejectsAnewWithANewImport() throws IOException {
    Files.writeString(rejects, "of an earlier import\n");
    try (var journal = Journal.open(file, rejects)) {
      assertThat(journal.filesDone()).isZero();
    }
    assertThat(rejects).isEmptyFile();
  }

  @Test
  void startsFromTheBeginningAfterTheEnd() throws IOException {
    try (var journal = Journal.open(file, rejects)) {
      journal.taken("a", 10, onePatient());
      journal.finish();
    }
    try (var journal = Journal.open(file, rejects)) {
      assertThat(journal.isDone("a")).isFalse();
    }
  }

  @Test
  void isForOneImportAtATime() throws IOException {
    try (var journal = Journal.open(file, rejects)) {
      assertThat(journal.filesDone()).isZero();
      assertThatThrownBy(() -> Journal.open(file, rejects))
          .isInstanceOf(StackFailure.class)
          .hasMessageContaining("Another import");
    }
  }

  @Test
  void takesAChangedFileForAnotherOne() throws IOException {
    var bundle = Files.writeString(folder.resolve("x.json"), "{}");
    var before = key(bundle);
    Files.setLastModifiedTime(bundle, FileTime.fromMillis(1));
    var touched = key(bundle);
    Files.writeString(bundle, " ", StandardOpenOption.APPEND);
    assertThat(List.of(before, touched, key(bundle))).doesNotHaveDuplicates();
    assertThat(before).hasSize(22).doesNotContain("x.json");
  }

  private static String key(Path bundle) throws IOException {
    return Journal.key("x.json", Files.readAttributes(bundle, BasicFileAttributes.class));
  }
}
