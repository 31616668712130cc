package org.trabecula.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramsTest {
  @ParameterizedTest
  @CsvSource({"Linux,amd64", "Linux,aarch64", "Mac OS X,x86_64", "Mac OS X,aarch64"})
  void areInTheBuildForEveryKindOfMachine(String system, String processor) {
    assertThat(Programs.class.getResource("/" + Programs.archiveName(system, processor)))
        .isNotNull();
  }

  @Test
  void areNotThereForOtherProcessors() {
    assertThatThrownBy(() -> Programs.archiveName("Linux", "s390x"))
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("s390x");
  }
}
