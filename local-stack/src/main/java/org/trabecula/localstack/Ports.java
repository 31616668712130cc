package org.trabecula.localstack;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The loopback ports of one stack.
public record Ports(
    int postgres, int kafka, int issuer, int patient, int protocol, int projection) {

  /// A port and the environment variable that moves it.
  record Setting(String what, String variable, int port) {
    /// @throws StackFailure naming the port, its holder where that can be known, and the variable
    void requireFree() throws IOException {
      if (!isFree(port)) {
        throw new StackFailure(
            "Port %d, wanted for %s, is taken%s; free it or set %s to another port."
                .formatted(
                    port, what, PortHolder.of(port).map(h -> " by " + h).orElse(""), variable));
      }
    }
  }

  /// The product's ports, each of which a variable may move.
  public static Ports from(Map<String, String> environment) {
    return new Ports(
        read(environment, "TRABECULA_POSTGRES_PORT", 15432),
        read(environment, "TRABECULA_KAFKA_PORT", 19092),
        read(environment, "TRABECULA_ISSUER_PORT", 18080),
        read(environment, "TRABECULA_PATIENT_PORT", 8081),
        read(environment, "TRABECULA_PROTOCOL_PORT", 8082),
        read(environment, "TRABECULA_PROJECTION_PORT", 8083));
  }

  public static Ports random() throws IOException {
    return new Ports(free(), free(), free(), free(), free(), free());
  }

  List<Setting> settings() {
    return List.of(
        new Setting("PostgreSQL", "TRABECULA_POSTGRES_PORT", postgres),
        new Setting("Kafka", "TRABECULA_KAFKA_PORT", kafka),
        new Setting("the token issuer", "TRABECULA_ISSUER_PORT", issuer),
        new Setting("patient-service", "TRABECULA_PATIENT_PORT", patient),
        new Setting("protocol-service", "TRABECULA_PROTOCOL_PORT", protocol),
        new Setting("projection-service", "TRABECULA_PROJECTION_PORT", projection));
  }

  /// @throws StackFailure for the first port that cannot be had
  void requireFree() throws IOException {
    var seen = new ArrayList<Integer>();
    for (Setting setting : settings()) {
      if (seen.contains(setting.port())) {
        throw new StackFailure(
            "Port %d is wanted twice; set %s to another port."
                .formatted(setting.port(), setting.variable()));
      }
      seen.add(setting.port());
      setting.requireFree();
    }
  }

  static int free() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static boolean isFree(int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (BindException e) {
      return false;
    }
  }

  private static int read(Map<String, String> environment, String variable, int usual) {
    var text = environment.getOrDefault(variable, "");
    if (text.isBlank()) {
      return usual;
    }
    try {
      int port = Integer.parseInt(text.strip());
      if (port > 0 && port < 65_536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new StackFailure("%s is '%s', which is not a port number.".formatted(variable, text));
  }
}
