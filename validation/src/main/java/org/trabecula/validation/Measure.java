package org.trabecula.validation;

import java.util.Locale;
import java.util.Optional;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.ReadOut;

/// An outcome of a trial and what the model has for it.
enum Measure {
  LUMBAR_SPINE(true),
  FEMORAL_NECK(true),
  TOTAL_HIP(true),
  /// Trabecular density of the spine by QCT: the mineral of the trabecular compartment.
  TRABECULAR(false),
  CTX(false),
  P1NP(false),
  /// Another marker of resorption: direction and size only.
  RESORPTION(false),
  /// Another marker of formation: direction and size only.
  FORMATION(false),
  ESTRADIOL(false),
  TESTOSTERONE(false),
  IGF1(false);

  private final boolean density;

  Measure(boolean density) {
    this.density = density;
  }

  /// Areal bone mineral density at one of the three sites.
  boolean isDensity() {
    return density;
  }

  static Optional<Measure> of(String outcome) {
    return Optional.ofNullable(
        switch (outcome.toUpperCase(Locale.ROOT)) {
          case "LS_BMD" -> LUMBAR_SPINE;
          case "FN_BMD" -> FEMORAL_NECK;
          case "TH_BMD" -> TOTAL_HIP;
          case "VBMD_LS_TRAB" -> TRABECULAR;
          case "CTX" -> CTX;
          case "P1NP" -> P1NP;
          case "NTX", "ICTP", "DPD", "RESORPTION_MARKERS" -> RESORPTION;
          case "PICP", "BSAP", "OSTEOCALCIN", "FORMATION_MARKERS" -> FORMATION;
          case "E2" -> ESTRADIOL;
          case "T" -> TESTOSTERONE;
          case "IGF1" -> IGF1;
          default -> null;
        });
  }

  double of(ReadOut r, Parameters.ReadOut p) {
    return switch (this) {
      case LUMBAR_SPINE -> r.ls();
      case FEMORAL_NECK -> r.fn();
      case TOTAL_HIP -> r.th();
      case TRABECULAR -> ((1 - p.wTH()) * r.fn() - (1 - p.wFN()) * r.th()) / (p.wFN() - p.wTH());
      case CTX, RESORPTION -> r.ctx();
      case P1NP, FORMATION -> r.p1np();
      case ESTRADIOL -> r.e2();
      case TESTOSTERONE -> r.t();
      case IGF1 -> r.igf();
    };
  }
}
