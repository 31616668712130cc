package org.trabecula.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PortsTest {
  @Test
  void areTheProductsUnlessTheEnvironmentMovesThem() {
    assertThat(Ports.from(Map.of("TRABECULA_KAFKA_PORT", " 9999 ", "TRABECULA_PATIENT_PORT", "")))
        .isEqualTo(new Ports(15432, 9999, 18080, 8081, 8082, 8083));
  }

  @Test
  void refusesWhatIsNotAPortAndNamesTheVariable() {
    for (var text : new String[] {"x", "0", "65536", "-1"}) {
      assertThatThrownBy(() -> Ports.from(Map.of("TRABECULA_ISSUER_PORT", text)))
          .isInstanceOf(StackFailure.class)
          .hasMessage("TRABECULA_ISSUER_PORT is '%s', which is not a port number.", text);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void namesATakenPortItsHolderAndTheVariableThatMovesIt() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      var free = Ports.random();
      var ports =
          new Ports(
              free.postgres(),
              port,
              free.issuer(),
              free.patient(),
              free.protocol(),
              free.projection());
      assertThatThrownBy(ports::requireFree)
          .isInstanceOf(StackFailure.class)
          .hasMessageContaining("Port %d, wanted for Kafka, is taken by java", port)
          .hasMessageContaining("(process %d)", ProcessHandle.current().pid())
          .hasMessageContaining("TRABECULA_KAFKA_PORT");
    }
  }

  @Test
  void refusesOnePortForTwoThings() throws Exception {
    int port = Ports.free();
    assertThatThrownBy(() -> new Ports(port, port, 3, 4, 5, 6).requireFree())
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("Port %d is wanted twice", port);
  }
}
