package org.trabecula.engine.model;

import java.util.List;

/// The integrated states, all ratios to a young adult. The testosterone depot, linear and fed
/// stepwise, is solved in closed form by the exposure.
final class State {

  /// LH drive; stays 1 in women.
  static final int G = 0;

  /// IGF-1.
  static final int I = 1;

  /// Active osteoclasts.
  static final int C = 2;

  /// Osteoblast precursors after the reversal.
  static final int P = 3;

  /// Active osteoblasts.
  static final int B = 4;

  /// Sclerostin-like signal of the osteocytes.
  static final int S = 5;

  /// Young trabecular bone, not yet fully mineralised, of the peak trabecular volume.
  static final int VYT = 6;

  /// Mature trabecular bone.
  static final int VOT = 7;

  /// Trabecular number.
  static final int N = 8;

  /// Young cortical bone.
  static final int VYC = 9;

  /// Mature cortical bone.
  static final int VOC = 10;

  static final List<String> NAMES =
      List.of("G", "I", "C", "P", "B", "S", "VyT", "VoT", "N", "VyC", "VoC");

  static final int SIZE = NAMES.size();

  private State() {}

  /// A man of at most 30 years rests here exactly.
  static double[] reference(Parameters.Tissue p) {
    double[] y = new double[SIZE];
    y[G] = y[I] = y[C] = y[P] = y[B] = y[S] = y[N] = 1;
    y[VYT] = youngShare(p.rhoT(), p.tauM());
    y[VOT] = 1 - y[VYT];
    y[VYC] = youngShare(p.rhoC(), p.tauM());
    y[VOC] = 1 - y[VYC];
    return y;
  }

  /// Share of bone that is young at steady turnover.
  static double youngShare(double turnoverPerYear, double tauMYears) {
    return turnoverPerYear / (1 / tauMYears + turnoverPerYear);
  }
}
