package org.trabecula.engine.ensemble;

import java.util.List;

/// How far a posterior can be trusted, and how well the results agree with the model.
///
/// @param members size of the ensemble
/// @param stages 1 when reweighting the first draw was enough, one more for every adaptation
/// @param effectiveSize `1 / sum of squared weights`
/// @param largestWeight of one member
/// @param paretoK shape of the tail of the weights: from 0.7 on, the weights are not to be trusted
/// @param verdict over all results
/// @param checks one per result that was used, in the order of time
/// @param conflicting ids of the results that do not fit
public record Diagnostics(
    int members,
    int stages,
    double effectiveSize,
    double largestWeight,
    double paretoK,
    Verdict verdict,
    List<Check> checks,
    List<String> conflicting) {

  public enum Verdict {
    FITS,
    /// Some result is improbable even after it was learnt from, or the weights are poor.
    STRAINED,
    /// Outside the model's support: the members carry their prior weights, so that the forecast is
    /// as wide as for a patient without these results.
    DOES_NOT_FIT
  }

  /// Where one result lies among what was expected of it, given earlier results of its own kind.
  ///
  /// @param id of the result
  /// @param priorZ normal score under the prior ensemble
  /// @param posteriorZ under the posterior ensemble, which has seen the result
  /// @param tail two-sided probability that goes with `posteriorZ`
  public record Check(String id, double priorZ, double posteriorZ, double tail) {}

  public Diagnostics {
    checks = List.copyOf(checks);
    conflicting = List.copyOf(conflicting);
  }
}
