package org.trabecula.kit.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoIssuerGuardTest {
  private static final String DEMO = "http://127.0.0.1:18080";

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.2.7"})
  void refusesDemoTokensWhereOthersCanReachTheService(String host) {
    assertThatThrownBy(() -> DemoIssuerGuard.check(DEMO, host))
        .hasMessageContaining("quarkus.http.host")
        .hasMessageContaining(host);
  }

  @Test
  void takesDemoTokensOnThisMachine() {
    assertThatCode(() -> DemoIssuerGuard.check(DEMO, "127.0.0.1")).doesNotThrowAnyException();
  }

  @Test
  void takesTheTokensOfARealIssuerAnywhere() {
    assertThatCode(() -> DemoIssuerGuard.check("https://192.0.2.8/realms/clinic", "0.0.0.0"))
        .doesNotThrowAnyException();
  }

  @Test
  void takesTheTokensOfAnIssuerThatNoNameServerKnows() {
    assertThatCode(() -> DemoIssuerGuard.check("https://clinic.invalid/realms/clinic", "0.0.0.0"))
        .doesNotThrowAnyException();
  }
}
