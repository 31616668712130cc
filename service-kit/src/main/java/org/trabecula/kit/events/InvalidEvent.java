package org.trabecula.kit.events;

/// A record that is no event of ours and will not become one: it goes to the dead letters.
public class InvalidEvent extends RuntimeException {
  public InvalidEvent(String reason) {
    super(reason);
  }

  public InvalidEvent(String reason, Throwable cause) {
    super(reason, cause);
  }
}
