package org.trabecula.engine;

import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.ReadOut;

/// The three sites of a DXA scan that the model reads out.
enum Site {
  LUMBAR_SPINE(
      Analyte.BMD_LUMBAR_SPINE,
      Quantity.LUMBAR_SPINE_CHANGE,
      Quantity.LUMBAR_SPINE_BMD,
      Quantity.LUMBAR_SPINE_T_SCORE),
  FEMORAL_NECK(
      Analyte.BMD_FEMORAL_NECK,
      Quantity.FEMORAL_NECK_CHANGE,
      Quantity.FEMORAL_NECK_BMD,
      Quantity.FEMORAL_NECK_T_SCORE),
  TOTAL_HIP(
      Analyte.BMD_TOTAL_HIP,
      Quantity.TOTAL_HIP_CHANGE,
      Quantity.TOTAL_HIP_BMD,
      Quantity.TOTAL_HIP_T_SCORE);

  private final Analyte analyte;
  private final Quantity change;
  private final Quantity bmd;
  private final Quantity tScore;

  Site(Analyte analyte, Quantity change, Quantity bmd, Quantity tScore) {
    this.analyte = analyte;
    this.change = change;
    this.bmd = bmd;
    this.tScore = tScore;
  }

  Analyte analyte() {
    return analyte;
  }

  Quantity change() {
    return change;
  }

  Quantity bmd() {
    return bmd;
  }

  Quantity tScore() {
    return tScore;
  }

  /// Relative to the young adult peak.
  double of(ReadOut readOut) {
    return switch (this) {
      case LUMBAR_SPINE -> readOut.ls();
      case FEMORAL_NECK -> readOut.fn();
      case TOTAL_HIP -> readOut.th();
    };
  }

  double peakSd(Parameters.Uncertainty u) {
    return switch (this) {
      case LUMBAR_SPINE -> u.sdPeakLS();
      case FEMORAL_NECK -> u.sdPeakFN();
      case TOTAL_HIP -> u.sdPeakTH();
    };
  }

  double precision(Parameters.Uncertainty u) {
    return switch (this) {
      case LUMBAR_SPINE -> u.errLS();
      case FEMORAL_NECK -> u.errFN();
      case TOTAL_HIP -> u.errTH();
    };
  }
}
