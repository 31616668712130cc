package org.trabecula.patient.hl7v2;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.patient.clinic.ClinicSettings;
import org.trabecula.patient.hl7v2.Remark.Location;
import org.trabecula.patient.measurement.Catalogue;
import org.trabecula.patient.measurement.SubmittedMeasurement;

/// A message in the words of our commands.
///
/// @param subject null when there is none, which is a fault
/// @param faults why nothing of it is done; none when it can be
/// @param notes what is said besides
record ResultPlan(
    @Nullable Subject subject,
    List<Stated> stated,
    List<TakenBack> takenBack,
    List<Remark> faults,
    List<Remark> notes) {

  ResultPlan {
    stated = List.copyOf(stated);
    takenBack = List.copyOf(takenBack);
    faults = List.copyOf(faults);
    notes = List.copyOf(notes);
  }

  /// @param obx which of the OBX segments says it, from 1
  /// @param time where it says when
  record Stated(int obx, Location time, SubmittedMeasurement measurement) {}

  /// @param reason the result status: D (deleted) or W (wrong)
  record TakenBack(int obx, Source source, String reason) {}

  /// @param settings for what the message leaves open: the zone, and what local codes mean
  /// @throws Hl7Problem when it is no message that is read here
  static ResultPlan of(
      Er7 message, Header header, Segments segments, Catalogue catalogue, ClinicSettings settings) {
    header.check();
    return new ResultReader(header, segments, catalogue, settings).read(message);
  }

  /// There is something to do.
  boolean hasEffect() {
    return !stated.isEmpty() || !takenBack.isEmpty();
  }
}
