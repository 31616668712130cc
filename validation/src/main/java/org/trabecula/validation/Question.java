package org.trabecula.validation;

import java.util.List;
import org.trabecula.engine.Cohort;

/// What a row asks of the model: the change of a measure between two days in an arm, less that in
/// a control arm where the row is a difference. An arm of both sexes is the mean of its cohorts.
///
/// @param observed per cent
/// @param control empty when the row is no difference
/// @param years by which the change is divided; 1 unless the row is a rate
/// @param remarks what the row leaves open and how it was read
record Question(
    TrialRow row,
    Measure measure,
    double observed,
    DrugClass drugClass,
    List<Cohort> arm,
    List<Cohort> control,
    double from,
    double to,
    double years,
    List<String> remarks) {

  /// Whether the row counts in the errors that are reported: areal density on treatment, one to
  /// three years from baseline.
  boolean isJudged() {
    return isOnTreatment() && row.months() >= 12 && row.months() <= 36;
  }

  /// In the mean error of its class: an arm that was read with a caveat counts less.
  double weight() {
    return row.usable().equals("check") ? 0.7 : 1;
  }

  /// Areal density at one of the three sites, on treatment.
  boolean isOnTreatment() {
    return measure.isDensity() && row.phase().equals("on_treatment");
  }
}
