package org.trabecula.protocol.cds;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/// Names of cards (UUID version 8). The first half tells the topic, so that feedback can be counted
/// by rule although no card is kept; the second half tells the request and the card. What is asked
/// again is named as before.
final class CardId {
  private static final long VERSION_BITS = 0xF000L;
  private static final long VERSION_8 = 0x8000L;

  private CardId() {}

  /// @param topic rule or status
  /// @param subject tells apart cards of one topic
  static UUID of(String hookInstance, String topic, String subject) {
    String card = String.join("\n", hookInstance, topic, subject);
    return new UUID(half(topic), hash(card).getLeastSignificantBits());
  }

  static boolean isOf(UUID card, String topic) {
    return card.getMostSignificantBits() == half(topic);
  }

  private static long half(String topic) {
    return hash(topic).getMostSignificantBits() & ~VERSION_BITS | VERSION_8;
  }

  private static UUID hash(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(UTF_8));
  }
}
