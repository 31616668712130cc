package org.trabecula.kit.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkersTest {
  private static final String SALT = "5f1c7ab0e2d94c3f8b6a1d0e9c7b5a34";

  @Test
  void asksForASaltByNameWhereOthersCanReachTheService() {
    assertThatThrownBy(() -> Markers.check(Optional.empty(), "0.0.0.0"))
        .hasMessageContaining("trabecula.erasure.salt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "127.0.0.1"})
  void refusesASaltThatCouldBeGuessed(String host) {
    assertThatThrownBy(() -> Markers.check(Optional.of("secret"), host))
        .hasMessageContaining("trabecula.erasure.salt");
  }

  @Test
  void needsNoneOnThisMachineAndTakesOneAnywhere() throws UnknownHostException {
    assertThat(Markers.check(Optional.empty(), "127.0.0.1")).isNotBlank();
    assertThat(Markers.check(Optional.of(SALT), "0.0.0.0")).isEqualTo(SALT);
  }
}
