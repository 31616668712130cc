package org.trabecula.patient.statement;

import java.time.Instant;
import java.util.UUID;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.patient.statement.Statement.Standing;

/// Statements that nobody has stored.
public final class Said {
  private Said() {}

  public static Statement statement(String id, Stated content, Standing standing) {
    return new Statement(
        "clinic",
        UUID.fromString("7d1f4a52-0000-4000-8000-000000000001"),
        2,
        content,
        standing,
        new Source("urn:ehr", id),
        Instant.parse("2026-01-06T07:10:00.123Z"));
  }
}
