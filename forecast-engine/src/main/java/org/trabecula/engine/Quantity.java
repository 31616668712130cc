package org.trabecula.engine;

/// What a forecast holds, each in one unit (UCUM).
public enum Quantity {
  LUMBAR_SPINE_CHANGE("bmd-lumbar-spine-change", "%"),
  FEMORAL_NECK_CHANGE("bmd-femoral-neck-change", "%"),
  TOTAL_HIP_CHANGE("bmd-total-hip-change", "%"),
  LUMBAR_SPINE_BMD("bmd-lumbar-spine", "g/cm2"),
  FEMORAL_NECK_BMD("bmd-femoral-neck", "g/cm2"),
  TOTAL_HIP_BMD("bmd-total-hip", "g/cm2"),
  LUMBAR_SPINE_T_SCORE("t-score-lumbar-spine", "1"),
  FEMORAL_NECK_T_SCORE("t-score-femoral-neck", "1"),
  TOTAL_HIP_T_SCORE("t-score-total-hip", "1"),
  LUMBAR_SPINE_Z_SCORE("z-score-lumbar-spine", "1"),
  FEMORAL_NECK_Z_SCORE("z-score-femoral-neck", "1"),
  TOTAL_HIP_Z_SCORE("z-score-total-hip", "1"),
  CTX("ctx", "ng/L"),
  P1NP("p1np", "ug/L"),
  CTX_CHANGE("ctx-change", "%"),
  P1NP_CHANGE("p1np-change", "%"),
  /// Relative to a young adult.
  RANKL_OPG_RATIO("rankl-opg-ratio", "1"),
  ESTRADIOL("estradiol", "pmol/L"),
  TESTOSTERONE("testosterone", "nmol/L"),
  /// To the mean of age and sex.
  IGF1_RATIO("igf-1-ratio", "1"),
  /// Trabecular bone volume relative to the young adult peak.
  BV_TV("bv-tv", "1"),
  TB_N("tb-n", "/mm"),
  TB_TH("tb-th", "mm"),
  CT_TH("ct-th", "mm"),
  CT_PO("ct-po", "1"),
  TBS("tbs", "1");

  private final String code;
  private final String unit;

  Quantity(String code, String unit) {
    this.code = code;
    this.unit = unit;
  }

  public String code() {
    return code;
  }

  public String unit() {
    return unit;
  }
}
