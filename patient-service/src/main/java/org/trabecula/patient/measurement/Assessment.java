package org.trabecula.patient.measurement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Finding;
import org.trabecula.contracts.MeasurementRecorded.Finding.Use;
import org.trabecula.contracts.MeasurementRecorded.Interpretation;
import org.trabecula.contracts.MeasurementRecorded.ReferenceInterval;

/// What our rules make of a measurement: it is stored beside it and travels in its event.
///
/// @param withoutInterval why there is no reference interval; null when there is one, or none is
/// known for anybody
@JsonInclude(JsonInclude.Include.NON_NULL)
record Assessment(
    List<Finding> findings,
    @Nullable ReferenceInterval referenceInterval,
    @Nullable Interpretation interpretation,
    @Nullable String withoutInterval) {
  static final Assessment NONE = new Assessment(List.of(), null, null, null);

  boolean excludes(Use use) {
    return findings.stream().anyMatch(finding -> finding.excludes().contains(use));
  }
}
