package org.trabecula.engine.model;

import static org.trabecula.engine.model.State.B;
import static org.trabecula.engine.model.State.C;
import static org.trabecula.engine.model.State.N;
import static org.trabecula.engine.model.State.VOC;
import static org.trabecula.engine.model.State.VOT;
import static org.trabecula.engine.model.State.VYC;
import static org.trabecula.engine.model.State.VYT;

/// Equations 19 to 24: osteoclasts resorb, osteoblasts form, the mechanostat holds thickness, lost
/// trabeculae stay lost.
final class TissueLayer {

  /// Rates of a compartment, 1/y.
  record Flow(double resorption, double formation) {}

  private final Parameters.Tissue p;

  TissueLayer(Parameters.Tissue p) {
    this.p = p;
  }

  Flow trabecular(double age, double lnG, double[] y) {
    double lnThickness = StrictMath.log((y[VYT] + y[VOT]) / y[N]);
    double resorption = y[C] * StrictMath.exp(p.gRT() * lnThickness);
    double formation = y[B] * made(age, p.ageT(), lnG, -p.gFT() * lnThickness);
    return new Flow(p.rhoT() * resorption * y[N], p.rhoT() * formation * y[N]);
  }

  Flow cortical(double age, double lnG, double[] y) {
    double lnVolume = StrictMath.log(y[VYC] + y[VOC]);
    double resorption = y[C] * StrictMath.exp(p.gRC() * lnVolume);
    double formation = y[B] * made(age, p.ageC(), lnG, -p.gFC() * lnVolume);
    return new Flow(p.rhoC() * resorption, p.rhoC() * formation);
  }

  void derivatives(double age, double lnG, double[] y, double[] dy) {
    mineralise(trabecular(age, lnG, y), VYT, VOT, y, dy);
    mineralise(cortical(age, lnG, y), VYC, VOC, y, dy);
    double excess = Math.max(0, y[C] - 1);
    dy[N] = -p.kN() * excess * excess / (excess + p.uN()) * y[N] / Physiology.YEAR;
  }

  private void mineralise(Flow flow, int young, int old, double[] y, double[] dy) {
    double volume = y[young] + y[old];
    double matured = y[young] / p.tauM();
    dy[young] =
        (flow.formation() - matured - flow.resorption() * y[young] / volume) / Physiology.YEAR;
    dy[old] = (matured - flow.resorption() * y[old] / volume) / Physiology.YEAR;
  }

  /// Bone made per osteoblast. Cortisol blocks matrix synthesis at once, without waiting for cells
  /// to die.
  private double made(double age, double perDecade, double lnG, double lnMechanostat) {
    double decades = Math.max(0, age - p.ageOnset()) / 10;
    return StrictMath.exp(-p.fG() * lnG - perDecade * decades + lnMechanostat);
  }
}
