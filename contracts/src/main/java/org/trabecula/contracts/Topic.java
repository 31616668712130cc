package org.trabecula.contracts;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The topics that the services own, how they are kept, and what the broker must be told about
/// them.
///
/// A compacted topic holds the latest record per key for ever, so the whole state can be replayed
/// from it; a tombstone erases a key. Whatever a consumer could not process goes to
/// [#deadLetters()], with cause and original position.
public enum Topic {
  PATIENT_PROFILE("trabecula.patient.profile.v1", null),
  PATIENT_MEASUREMENT("trabecula.patient.measurement.v1", null),
  PATIENT_CLINIC("trabecula.patient.clinic.v1", null),
  PROTOCOL_REGIMEN("trabecula.protocol.regimen.v1", null),
  PROTOCOL_REGULATORY_FLAG("trabecula.protocol.regulatory-flag.v1", null),
  PROJECTION_FORECAST("trabecula.projection.forecast.v1", null),
  PROJECTION_ALERT("trabecula.projection.alert.v1", Duration.ofDays(90));

  /// Partitions of a topic unless a site sets another number.
  public static final int PARTITIONS = 12;

  /// How long dead letters are kept.
  public static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

  /// A record that was superseded or erased is compacted away no later than this after it was
  /// written, as soon as its partition is written to again.
  private static final Duration COMPACTION_WITHIN = Duration.ofDays(1);

  /// How long a consumer may be away and still see every tombstone.
  private static final Duration TOMBSTONE_RETENTION = Duration.ofDays(7);

  /// Segments go as a whole: a day's records outlive their time by a day at most.
  private static final Duration SEGMENT = Duration.ofDays(1);

  private final String address;
  private final @Nullable Duration retention;

  Topic(String address, @Nullable Duration retention) {
    this.address = address;
    this.retention = retention;
  }

  /// The topic's name at the broker.
  public String address() {
    return address;
  }

  public String deadLetters() {
    return address + ".dlq";
  }

  /// The broker's configuration of this topic.
  public Map<String, String> configuration() {
    return retention == null
        ? Map.of(
            "cleanup.policy",
            "compact",
            "min.cleanable.dirty.ratio",
            "0.1",
            "max.compaction.lag.ms",
            millis(COMPACTION_WITHIN),
            "delete.retention.ms",
            millis(TOMBSTONE_RETENTION))
        : deleteAfter(retention);
  }

  /// The broker's configuration of a dead-letter topic.
  public static Map<String, String> deadLetterConfiguration() {
    return deleteAfter(DEAD_LETTER_RETENTION);
  }

  private static Map<String, String> deleteAfter(Duration retention) {
    return Map.of(
        "cleanup.policy",
        "delete",
        "retention.ms",
        millis(retention),
        "segment.ms",
        millis(SEGMENT));
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
