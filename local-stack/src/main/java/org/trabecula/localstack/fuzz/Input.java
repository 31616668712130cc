package org.trabecula.localstack.fuzz;

import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// What is sent to a door.
///
/// @param damage what was done to the right input
/// @param body the body, or the beginning of one that is filled up
/// @param filler repeated behind the beginning, as often as `fillers` says
/// @param end behind the fillers
/// @param chunked whether the length is kept from the receiver
record Input(
    String damage,
    byte[] body,
    byte[] filler,
    int fillers,
    byte[] end,
    Map<String, String> headers,
    boolean chunked) {
  private static final byte[] NOTHING = {};

  static Input of(String damage, byte[] body) {
    return new Input(damage, body, NOTHING, 0, NOTHING, Map.of(), false);
  }

  static Input filled(String damage, byte[] begin, byte[] filler, int bytes, byte[] end) {
    return new Input(damage, begin, filler, bytes / filler.length, end, Map.of(), false);
  }

  Input with(String header, String value) {
    return new Input(damage, body, filler, fillers, end, Map.of(header, value), chunked);
  }

  Input inChunks() {
    return new Input(damage + ", in chunks", body, filler, fillers, end, headers, true);
  }

  long length() {
    return body.length + (long) filler.length * fillers + end.length;
  }

  /// Long bodies are made while they are sent.
  InputStream stream() {
    var middle = new Repeated(filler, fillers);
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new java.io.ByteArrayInputStream(body),
                middle,
                new java.io.ByteArrayInputStream(end))));
  }

  BodyPublisher publisher() {
    if (length() == 0) {
      return BodyPublishers.noBody();
    }
    var streamed = BodyPublishers.ofInputStream(this::stream);
    return chunked ? streamed : BodyPublishers.fromPublisher(streamed, length());
  }

  private static final class Repeated extends InputStream {
    private final byte[] piece;
    private long left;
    private int at;

    private Repeated(byte[] piece, int times) {
      this.piece = piece;
      this.left = (long) piece.length * times;
    }

    @Override
    public int read() {
      if (left == 0) {
        return -1;
      }
      left--;
      int one = piece[at] & 0xff;
      at = (at + 1) % piece.length;
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (left == 0) {
        return length == 0 ? 0 : -1;
      }
      int count = (int) Math.min(left, length);
      for (int i = 0; i < count; i++) {
        bytes[offset + i] = piece[at];
        at = at + 1 == piece.length ? 0 : at + 1;
      }
      left -= count;
      return count;
    }
  }
}
