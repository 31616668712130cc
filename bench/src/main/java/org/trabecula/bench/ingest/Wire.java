package org.trabecula.bench.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/// One HTTP/1.1 connection that is kept open. It does as little as it can, since what it uses of
/// the machine is missing from the service that is measured.
final class Wire implements Closeable {
  private final Socket socket;
  private final InputStream in;
  private final String headers;

  /// @param token the bearer token of every request
  Wire(URI service, String token) throws IOException {
    socket = new Socket(service.getHost(), service.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    in = new BufferedInputStream(socket.getInputStream(), 16_384);
    headers =
        " HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nAccept: application/fhir+json, application/json\r\n"
            .formatted(service.getAuthority(), token);
  }

  record Request(String method, String path, byte[] body) {
    static Request get(String path) {
      return new Request("GET", path, new byte[0]);
    }

    static Request post(String path, String body) {
      return new Request("POST", path, body.getBytes(UTF_8));
    }
  }

  record Answer(int status, byte[] body) {
    String text() {
      return new String(body, UTF_8);
    }
  }

  Answer send(Request request) throws IOException {
    String head = request.method() + " " + request.path() + headers;
    if (request.body().length > 0) {
      head +=
          "Content-Type: application/fhir+json\r\nContent-Length: %d\r\n"
              .formatted(request.body().length);
    }
    byte[] start = (head + "\r\n").getBytes(ISO_8859_1);
    byte[] message = new byte[start.length + request.body().length];
    System.arraycopy(start, 0, message, 0, start.length);
    System.arraycopy(request.body(), 0, message, start.length, request.body().length);
    socket.getOutputStream().write(message);
    return answer();
  }

  private Answer answer() throws IOException {
    int status = Integer.parseInt(line().substring(9, 12));
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.endsWith("chunked");
      }
    }
    return new Answer(status, chunked ? chunks() : in.readNBytes(length));
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    int length = Integer.parseInt(line(), 16);
    while (length > 0) {
      body.writeBytes(in.readNBytes(length));
      line();
      length = Integer.parseInt(line(), 16);
    }
    line();
    return body.toByteArray();
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    int next = in.read();
    while (next != '\n') {
      if (next < 0) {
        throw new EOFException("The service closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
      next = in.read();
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
