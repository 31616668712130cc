package org.trabecula.engine.model;

import static org.trabecula.engine.model.State.B;
import static org.trabecula.engine.model.State.C;
import static org.trabecula.engine.model.State.G;
import static org.trabecula.engine.model.State.I;
import static org.trabecula.engine.model.State.N;
import static org.trabecula.engine.model.State.P;
import static org.trabecula.engine.model.State.S;
import static org.trabecula.engine.model.State.VOC;
import static org.trabecula.engine.model.State.VOT;
import static org.trabecula.engine.model.State.VYC;
import static org.trabecula.engine.model.State.VYT;

/// Equations 25 to 31: what can be seen of the states at one moment. Ratios to a young adult unless
/// a unit is given.
///
/// @param ls lumbar spine BMD
/// @param fn femoral neck BMD
/// @param th total hip BMD
/// @param e2 pg/mL
/// @param t ng/dL
/// @param igf to the mean of age and sex
/// @param ctPo cortical porosity, a fraction
public record ReadOut(
    double day,
    double ls,
    double fn,
    double th,
    double ctx,
    double p1np,
    double rankl,
    double opg,
    double e2,
    double t,
    double igf,
    double lh,
    double osteoclasts,
    double precursors,
    double osteoblasts,
    double sclerostin,
    double bvTv,
    double tbN,
    double tbTh,
    double tbs,
    double ctTh,
    double ctPo,
    Hormones hormones) {

  /// The left limit: at a switch of treatment, what was just before it.
  static ReadOut of(BoneModel model, double day, double[] y) {
    double before = day - RungeKutta.INSIDE;
    Hormones levels = model.hormones.at(before, y[G], model.exposure.at(before));
    Signals signals = model.receptors.feel(levels, y[I]);
    double age = model.body.age(before);
    TissueLayer.Flow trabecular = model.tissue.trabecular(age, signals.lnG(), y);
    TissueLayer.Flow cortical = model.tissue.cortical(age, signals.lnG(), y);

    Parameters.ReadOut p = model.parameters.readOut();
    Parameters.Tissue tissue = model.parameters.tissue();
    double turnover = p.mT() * tissue.rhoT() + (1 - p.mT()) * tissue.rhoC();
    double resorbed =
        (p.mT() * trabecular.resorption() + (1 - p.mT()) * cortical.resorption()) / turnover;
    double formed =
        (p.mT() * trabecular.formation() + (1 - p.mT()) * cortical.formation()) / turnover;

    double mineralT = mineral(y[VYT], y[VOT], tissue.rhoT(), tissue.tauM(), p.mp());
    double mineralC = mineral(y[VYC], y[VOC], tissue.rhoC(), tissue.tauM(), p.mp());
    double volume = y[VYT] + y[VOT];
    double thickness = volume / y[N];
    double corticalLoss = 1 - (y[VYC] + y[VOC]);
    return new ReadOut(
        day,
        (p.wLS() * mineralT + (1 - p.wLS()) * mineralC) * spine(p, model.body.male(), age),
        p.wFN() * mineralT + (1 - p.wFN()) * mineralC,
        p.wTH() * mineralT + (1 - p.wTH()) * mineralC,
        Power.of(resorbed, p.qC()),
        Power.of(formed, p.qP()),
        StrictMath.exp(model.cells.lnRankl(signals, StrictMath.log(y[S]))),
        StrictMath.exp(model.cells.lnOpg(signals)),
        levels.e2(),
        levels.t(),
        y[I],
        y[G],
        y[C],
        y[P],
        y[B],
        y[S],
        volume,
        y[N],
        thickness,
        Power.of(y[N], p.tbsN()) * Power.of(thickness, p.tbsTh()),
        1 - (1 - p.fPo()) * corticalLoss,
        p.po0() + p.fPo() * corticalLoss * (1 - p.po0()),
        levels);
  }

  /// What spondylosis and calcified vessels add to a spine scan with age. It is no bone.
  public static double spine(Parameters.ReadOut p, boolean male, double age) {
    double rate = male ? p.spineM() : p.spineF();
    return StrictMath.exp(rate * Math.max(0, age - p.spineOnset()));
  }

  private static double mineral(double young, double old, double rho, double tauM, double mp) {
    double share = State.youngShare(rho, tauM);
    return (old + mp * young) / (1 - share + mp * share);
  }
}
