package org.trabecula.engine.model;

/// Equations 10 and 11: hormone levels as the differences from a young adult that bone cells feel.
///
/// @param dE estradiol
/// @param dA androgen receptor
/// @param lnI IGF-1, log ratio
/// @param lnG cortisol, log ratio
record Signals(double dE, double dA, double lnI, double lnG) {

  /// The dose-response curves of one sex.
  static final class Receptors {

    private final Parameters.Cell p;
    private final double gain;
    private final double halfE;
    private final double halfA;
    private final double referenceE;
    private final double referenceA;

    Receptors(Parameters parameters, boolean male) {
      this.p = parameters.cell();
      Parameters.Endocrine endocrine = parameters.endocrine();
      this.gain = male ? p.eM() : 1;
      this.halfE = Power.of(p.kE(), p.hE());
      this.halfA = Power.of(p.kA(), p.hA());
      this.referenceE = hill(male ? endocrine.e2RefM() : endocrine.e2RefF(), p.hE(), halfE);
      this.referenceA = hill(male ? endocrine.tRefM() : endocrine.tRefF(), p.hA(), halfA);
    }

    /// @param igf the state I
    Signals feel(Hormones hormones, double igf) {
      double sE = hill(hormones.e2(), p.hE(), halfE);
      double sA = hill(hormones.t(), p.hA(), halfA) * (1 - hormones.androgenBlock());
      return new Signals(
          gain * (sE - referenceE),
          sA - referenceA,
          StrictMath.log(igf),
          StrictMath.log(hormones.cortisol()));
    }

    private static double hill(double x, double exponent, double half) {
      double a = Power.of(x, exponent);
      return a / (a + half);
    }
  }
}
