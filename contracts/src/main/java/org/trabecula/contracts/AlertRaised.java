package org.trabecula.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something in a forecast that a clinician should look at.
///
/// @param rule the rule that raised it, such as `REF-11`
public record AlertRaised(
    UUID alertId,
    UUID patientId,
    String rule,
    Severity severity,
    String message,
    @Nullable UUID forecastId,
    Instant raisedAt)
    implements Event {

  public enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }
}
