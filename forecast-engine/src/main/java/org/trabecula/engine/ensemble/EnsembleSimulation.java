package org.trabecula.engine.ensemble;

import java.util.List;
import org.trabecula.engine.model.BoneModel;
import org.trabecula.engine.model.Exposure;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;
import org.trabecula.engine.model.ReadOut;
import org.trabecula.engine.model.Simulation;
import org.trabecula.engine.model.SimulationFailure;

/// Runs every member of an ensemble from the young adult to the last day.
public final class EnsembleSimulation {

  private EnsembleSimulation() {}

  /// @param typical the parameters on which the traits are factors
  /// @param body what the members have in common
  /// @param days ascending, from `asOf`
  /// @param out receives the read-outs; NaN of a member whose states leave the positive numbers
  public static void run(
      Parameters typical,
      Physiology body,
      Exposure exposure,
      Members members,
      double[] days,
      EnsembleReadOuts out) {
    out.prepare(days, members.size());
    for (int i = 0; i < members.size(); i++) {
      BoneModel model =
          new BoneModel(parameters(typical, members, i), body(body, members, i), exposure);
      List<ReadOut> readOuts;
      try {
        readOuts = Simulation.run(model, days);
      } catch (SimulationFailure failure) {
        for (Observable observable : Observable.values()) {
          for (int d = 0; d < days.length; d++) {
            out.at(observable, d)[i] = Double.NaN;
          }
        }
        continue;
      }
      for (int d = 0; d < days.length; d++) {
        ReadOut r = readOuts.get(d);
        out.at(Observable.LUMBAR_SPINE, d)[i] = r.ls();
        out.at(Observable.FEMORAL_NECK, d)[i] = r.fn();
        out.at(Observable.TOTAL_HIP, d)[i] = r.th();
        out.at(Observable.CTX, d)[i] = r.ctx();
        out.at(Observable.P1NP, d)[i] = r.p1np();
        out.at(Observable.ESTRADIOL, d)[i] = r.e2();
        out.at(Observable.TESTOSTERONE, d)[i] = r.t();
        out.at(Observable.IGF1, d)[i] = r.igf();
        out.at(Observable.RANKL_OPG, d)[i] = r.rankl() / r.opg();
        out.at(Observable.TRABECULAR_VOLUME, d)[i] = r.bvTv();
        out.at(Observable.TRABECULAR_NUMBER, d)[i] = r.tbN();
        out.at(Observable.CORTICAL_VOLUME, d)[i] =
            1 - (1 - r.ctTh()) / (1 - typical.readOut().fPo());
        out.at(Observable.TBS, d)[i] = r.tbs();
      }
    }
  }

  private static Parameters parameters(Parameters typical, Members m, int i) {
    return typical
        .with("kE", typical.cell().kE() * m.of(Trait.K_E)[i])
        .with("aLE", typical.cell().aLE() * m.of(Trait.A_LE)[i])
        .with("aLA", typical.cell().aLA() * m.of(Trait.A_LA)[i])
        .with("aLI", typical.cell().aLI() * m.of(Trait.A_LI)[i])
        .with("cA", typical.cell().cA() * m.of(Trait.C_A)[i])
        .with("cI", typical.cell().cI() * m.of(Trait.C_I)[i])
        .with("fG", typical.tissue().fG() * m.of(Trait.F_G)[i])
        .with("rhoT", typical.tissue().rhoT() * m.of(Trait.RHO_T)[i])
        .with("rhoC", typical.tissue().rhoC() * m.of(Trait.RHO_C)[i])
        .with("gFT", typical.tissue().gFT() * m.of(Trait.G_FT)[i])
        .with("ageT", typical.tissue().ageT() * m.of(Trait.AGE_T)[i])
        .with("ageC", typical.tissue().ageC() * m.of(Trait.AGE_C)[i])
        .with("tauP", typical.cell().tauP() * m.of(Trait.TAU_P)[i])
        .with("tauB", typical.cell().tauB() * m.of(Trait.TAU_B)[i]);
  }

  private static Physiology body(Physiology body, Members m, int i) {
    return new Physiology(
        body.male(),
        body.ageAtZero(),
        m.of(Trait.FMP)[i],
        body.fmpLag(),
        body.fmpWidth(),
        m.of(Trait.HYPOGONADISM)[i],
        m.of(Trait.KAP_L)[i],
        m.of(Trait.KAP_H)[i],
        m.of(Trait.GHD)[i],
        body.kapGH(),
        body.pituitary(),
        m.of(Trait.CORTISOL_ONSET)[i],
        body.cortisol(),
        body.replacedCortisol(),
        body.vitaminD(),
        body.bmi(),
        body.weightRatio(),
        new Physiology.HormoneShift(
            m.of(Trait.FEMALE_TESTOSTERONE)[i],
            m.of(Trait.TESTOSTERONE_EXPOSURE)[i],
            m.of(Trait.ESTRADIOL)[i],
            m.of(Trait.ESTRADIOL_POST)[i],
            m.of(Trait.ESTRADIOL_EXPOSURE)[i],
            m.of(Trait.IGF)[i]));
  }
}
