package org.trabecula.localstack;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Behaves towards the stack as a service may: well, or in one of the ways that go wrong.
final class FakeService {
  private FakeService() {}

  enum Manner {
    READY,
    DIES,
    NEVER_READY,
    /// Takes no notice of SIGTERM.
    STUBBORN
  }

  public static void main(String[] arguments) throws Exception {
    var manner = Manner.valueOf(arguments[0]);
    if (manner == Manner.DIES) {
      System.out.println("The migration of table bone failed");
      System.exit(3);
    }
    if (manner == Manner.STUBBORN) {
      Runtime.getRuntime().addShutdownHook(new Thread(FakeService::hang));
    }
    int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
    var server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByName(System.getenv("QUARKUS_HTTP_HOST")), port),
            0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(manner == Manner.NEVER_READY ? 503 : 200, -1);
          exchange.close();
        });
    server.start();
  }

  private static void hang() {
    try {
      Thread.sleep(600_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
