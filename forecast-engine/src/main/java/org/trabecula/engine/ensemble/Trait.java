package org.trabecula.engine.ensemble;

/// One thing in which the members of an ensemble differ.
public enum Trait {
  /// Factors on parameters of bone.
  K_E,
  A_LE,
  A_LA,
  A_LI,
  C_A,
  C_I,
  F_G,
  RHO_T,
  RHO_C,
  G_FT,
  AGE_T,
  AGE_C,
  TAU_P,
  TAU_B,

  /// Factors on terms of the hormone layer, those of `HormoneShift`.
  FEMALE_TESTOSTERONE,
  TESTOSTERONE_EXPOSURE,
  ESTRADIOL,
  ESTRADIOL_POST,
  ESTRADIOL_EXPOSURE,
  IGF,

  /// Capacities of a man's axis, 1 = healthy.
  KAP_L,
  KAP_H,

  /// Ages in years; positive infinity is "does not happen".
  FMP,
  HYPOGONADISM,
  GHD,
  CORTISOL_ONSET
}
