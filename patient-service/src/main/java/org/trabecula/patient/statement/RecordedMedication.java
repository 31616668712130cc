package org.trabecula.patient.statement;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.Quantity;
import org.trabecula.patient.statement.Statement.Standing;

/// A medication as the JSON door shows it; see [StatedMedication].
record RecordedMedication(
    UUID id,
    UUID patientId,
    int version,
    Standing standing,
    @Nullable String agent,
    @Nullable Quantity dailyDose,
    @Nullable String since,
    @Nullable String until,
    boolean over,
    List<Coding> codings,
    @Nullable String text,
    Source source,
    Instant recordedAt) {

  /// @param statement of a medication
  static RecordedMedication of(Statement statement) {
    var stated = (StatedMedication) statement.content;
    return new RecordedMedication(
        statement.id,
        statement.patient,
        statement.version,
        statement.standing,
        stated.agent(),
        stated.dailyDose(),
        stated.since(),
        stated.until(),
        stated.over(),
        stated.codings(),
        stated.text(),
        statement.source(),
        statement.recordedAt);
  }
}
