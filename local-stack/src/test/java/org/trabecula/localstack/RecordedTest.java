package org.trabecula.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RecordedTest {
  private final Recorded self = Recorded.of("up", ProcessHandle.current());

  @Test
  void findsAProcessThatStillRuns() {
    assertThat(Recorded.parse(self.line()).alive()).contains(ProcessHandle.current());
  }

  @Test
  void isNotFooledByAnotherProcessUnderTheSameId() {
    assertThat(new Recorded("up", self.pid(), self.started() - 60_000).alive()).isEmpty();
  }

  @Test
  void refusesALineThatIsNone() {
    assertThatThrownBy(() -> Recorded.parse("up 12")).isInstanceOf(IllegalArgumentException.class);
  }
}
