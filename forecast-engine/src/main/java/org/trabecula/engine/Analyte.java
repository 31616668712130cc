package org.trabecula.engine;

import java.util.Arrays;
import java.util.Optional;

/// What the engine can read of a patient's results, each in one unit and within the bounds of the
/// catalogue of analytes: what lies outside is in another unit.
public enum Analyte {
  BMD_LUMBAR_SPINE("bmd-lumbar-spine", "g/cm2", 0.2, 3),
  BMD_FEMORAL_NECK("bmd-femoral-neck", "g/cm2", 0.15, 2.5),
  BMD_TOTAL_HIP("bmd-total-hip", "g/cm2", 0.15, 2.5),
  CTX("ctx", "ng/L", 5, 5000),
  P1NP("p1np", "ug/L", 2, 1500),
  ESTRADIOL("estradiol", "pmol/L", 0.3, 100000),
  TESTOSTERONE("testosterone", "nmol/L", 0.01, 200),
  LH("lh", "[IU]/L", 0.001, 500),
  IGF1("igf-1", "ug/L", 3, 3000),
  VITAMIN_D("25-oh-vitamin-d", "nmol/L", 1, 2000);

  private final String code;
  private final String unit;
  private final double lowest;
  private final double highest;

  Analyte(String code, String unit, double lowest, double highest) {
    this.code = code;
    this.unit = unit;
    this.lowest = lowest;
    this.highest = highest;
  }

  public String code() {
    return code;
  }

  /// UCUM.
  public String unit() {
    return unit;
  }

  public double lowest() {
    return lowest;
  }

  public double highest() {
    return highest;
  }

  /// Empty for an analyte that the model does not read, serum cortisol among them.
  public static Optional<Analyte> ofCode(String code) {
    return Arrays.stream(values()).filter(analyte -> analyte.code.equals(code)).findFirst();
  }
}
