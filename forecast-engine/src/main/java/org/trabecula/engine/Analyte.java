package org.trabecula.engine;

import java.util.Arrays;
import java.util.Optional;

/// What the engine can read of a patient's results, each in one unit.
public enum Analyte {
  BMD_LUMBAR_SPINE("bmd-lumbar-spine", "g/cm2"),
  BMD_FEMORAL_NECK("bmd-femoral-neck", "g/cm2"),
  BMD_TOTAL_HIP("bmd-total-hip", "g/cm2"),
  CTX("ctx", "ng/L"),
  P1NP("p1np", "ug/L"),
  ESTRADIOL("estradiol", "pmol/L"),
  TESTOSTERONE("testosterone", "nmol/L"),
  LH("lh", "[IU]/L"),
  IGF1("igf-1", "ug/L"),
  VITAMIN_D("25-oh-vitamin-d", "nmol/L");

  private final String code;
  private final String unit;

  Analyte(String code, String unit) {
    this.code = code;
    this.unit = unit;
  }

  public String code() {
    return code;
  }

  /// UCUM.
  public String unit() {
    return unit;
  }

  /// Empty for an analyte that the model does not read, serum cortisol among them.
  public static Optional<Analyte> ofCode(String code) {
    return Arrays.stream(values()).filter(analyte -> analyte.code.equals(code)).findFirst();
  }
}
