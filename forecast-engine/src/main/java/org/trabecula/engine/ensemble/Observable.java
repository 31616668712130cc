package org.trabecula.engine.ensemble;

/// What is read out of every member. Ratios to a young adult unless a unit is given.
public enum Observable {
  LUMBAR_SPINE,
  FEMORAL_NECK,
  TOTAL_HIP,
  CTX,
  P1NP,
  /// pg/mL
  ESTRADIOL,
  /// ng/dL
  TESTOSTERONE,
  /// To the mean of age and sex.
  IGF1,
  RANKL_OPG,
  TRABECULAR_VOLUME,
  TRABECULAR_NUMBER,
  CORTICAL_VOLUME,
  TBS
}
