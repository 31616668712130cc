package org.trabecula.engine.model;

/// The endocrine layer at one moment, by origin, so that a measured level can be traced to the
/// terms behind it.
///
/// @param e2Cycle pg/mL from the cycling ovary; 0 in men
/// @param e2Basal pg/mL from neither cycle nor testosterone: the postmenopausal level of a woman,
/// the intercept of a man
/// @param e2FromOwnT pg/mL aromatised from a man's own testosterone
/// @param e2FromGivenT pg/mL aromatised from testosterone given
/// @param e2Given pg/mL from estrogens given
/// @param tOwn ng/dL
/// @param tGiven ng/dL
/// @param lhTarget where the LH drive tends to
/// @param lhRate 1/d
/// @param igfTarget where the IGF-1 ratio tends to
/// @param cortisol exposure ratio
/// @param androgenBlock share of androgen receptors blocked
public record Hormones(
    double e2Cycle,
    double e2Basal,
    double e2FromOwnT,
    double e2FromGivenT,
    double e2Given,
    double tOwn,
    double tGiven,
    double lhTarget,
    double lhRate,
    double igfTarget,
    double cortisol,
    double androgenBlock) {

  /// pg/mL
  public double e2() {
    return e2Cycle + e2Basal + e2FromOwnT + e2FromGivenT + e2Given;
  }

  /// ng/dL
  public double t() {
    return tOwn + tGiven;
  }
}
