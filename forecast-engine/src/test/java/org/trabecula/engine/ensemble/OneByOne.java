package org.trabecula.engine.ensemble;

import java.util.List;
import org.trabecula.engine.model.Exposure;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;
import org.trabecula.engine.model.ReadOut;
import org.trabecula.engine.model.Reference;

/// One member after another at equal short steps: the truth for [EnsembleSimulation].
final class OneByOne {

  private OneByOne() {}

  /// @param start when the young adult is left, in days from `asOf`
  static void run(
      Parameters typical,
      Physiology body,
      Exposure exposure,
      Members members,
      double start,
      double[] days,
      double stepsPerYear,
      EnsembleReadOuts out) {
    out.prepare(days, members.size());
    for (int i = 0; i < members.size(); i++) {
      List<ReadOut> readOuts =
          Reference.run(
              members.parameters(typical, i),
              members.body(body, i),
              exposure,
              start,
              days,
              stepsPerYear);
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
}
