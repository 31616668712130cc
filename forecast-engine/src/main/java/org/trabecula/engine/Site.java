package org.trabecula.engine;

import org.trabecula.engine.ensemble.Observable;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.ReadOut;

/// The three sites of a DXA scan that the model reads out.
enum Site {
  LUMBAR_SPINE(
      Analyte.BMD_LUMBAR_SPINE,
      Quantity.LUMBAR_SPINE_CHANGE,
      Quantity.LUMBAR_SPINE_BMD,
      Quantity.LUMBAR_SPINE_T_SCORE,
      Quantity.LUMBAR_SPINE_Z_SCORE),
  FEMORAL_NECK(
      Analyte.BMD_FEMORAL_NECK,
      Quantity.FEMORAL_NECK_CHANGE,
      Quantity.FEMORAL_NECK_BMD,
      Quantity.FEMORAL_NECK_T_SCORE,
      Quantity.FEMORAL_NECK_Z_SCORE),
  TOTAL_HIP(
      Analyte.BMD_TOTAL_HIP,
      Quantity.TOTAL_HIP_CHANGE,
      Quantity.TOTAL_HIP_BMD,
      Quantity.TOTAL_HIP_T_SCORE,
      Quantity.TOTAL_HIP_Z_SCORE);

  private final Analyte analyte;
  private final Quantity change;
  private final Quantity bmd;
  private final Quantity tScore;
  private final Quantity zScore;

  Site(Analyte analyte, Quantity change, Quantity bmd, Quantity tScore, Quantity zScore) {
    this.analyte = analyte;
    this.change = change;
    this.bmd = bmd;
    this.tScore = tScore;
    this.zScore = zScore;
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

  Quantity zScore() {
    return zScore;
  }

  Observable observable() {
    return switch (this) {
      case LUMBAR_SPINE -> Observable.LUMBAR_SPINE;
      case FEMORAL_NECK -> Observable.FEMORAL_NECK;
      case TOTAL_HIP -> Observable.TOTAL_HIP;
    };
  }

  /// Per cent.
  double leastSignificantChange(Parameters.Uncertainty u) {
    return switch (this) {
      case LUMBAR_SPINE -> u.lscLS();
      case FEMORAL_NECK -> u.lscFN();
      case TOTAL_HIP -> u.lscTH();
    };
  }

  /// As a person calls it.
  String text() {
    return switch (this) {
      case LUMBAR_SPINE -> "lumbar spine";
      case FEMORAL_NECK -> "femoral neck";
      case TOTAL_HIP -> "total hip";
    };
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
