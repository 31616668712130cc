package org.trabecula.engine.model;

import static org.trabecula.engine.model.State.B;
import static org.trabecula.engine.model.State.C;
import static org.trabecula.engine.model.State.I;
import static org.trabecula.engine.model.State.P;
import static org.trabecula.engine.model.State.S;

/// Equations 12 to 18: signals set RANKL and OPG, and with them the four cell states.
final class CellLayer {

  private final Parameters.Cell p;
  private final double lnPth;
  private final double lnWeight;

  CellLayer(Parameters parameters, Physiology body) {
    this.p = parameters.cell();
    Parameters.Endocrine endocrine = parameters.endocrine();
    double lack =
        Math.clamp((endocrine.vitDRef() - body.vitaminD()) / endocrine.vitDRef(), 0.0, 1.0);
    this.lnPth = StrictMath.log(1 + endocrine.pthGain() * lack);
    this.lnWeight = StrictMath.log(body.weightRatio());
  }

  double lnRankl(Signals s, double lnSclerostin) {
    return -p.aLE() * s.dE()
        - p.aLA() * s.dA()
        + p.aLG() * s.lnG()
        + p.aLI() * s.lnI()
        + p.aLP() * lnPth
        + p.aLS() * lnSclerostin;
  }

  double lnOpg(Signals s) {
    return p.aOE() * s.dE() - p.aOG() * s.lnG();
  }

  void derivatives(Signals s, double[] y, double[] dy) {
    double lnSclerostin = StrictMath.log(y[S]);
    double q = StrictMath.exp(lnRankl(s, lnSclerostin) - lnOpg(s));
    double formed = (1 + p.kQ()) * q / (p.kQ() + q);
    dy[C] = (formed - (1 + p.dEap() * s.dE()) * y[C]) / p.tauC();

    // Saturates above normal: IGF-1 beyond the mean of age and sex hardly adds formation.
    double igfDrive = p.cI() * (1 - 1 / (y[I] * y[I])) / 2;
    double drive = StrictMath.exp(p.cE() * s.dE() + p.cA() * s.dA() + igfDrive - p.cG() * s.lnG());
    dy[P] = (Power.of(y[C], p.gC()) * drive - y[P]) / p.tauP();

    double death = StrictMath.exp(-p.oE() * s.dE() + p.oG() * s.lnG());
    dy[B] = (y[P] * StrictMath.exp(-p.gS() * lnSclerostin) - death * y[B]) / p.tauB();

    double sclerostin = StrictMath.exp(-p.sEs() * s.dE() - p.sW() * lnWeight + p.sG() * s.lnG());
    dy[S] = (sclerostin - y[S]) / p.tauS();
  }
}
