package org.trabecula.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trabecula.engine.ensemble.Diagnostics;
import org.trabecula.engine.ensemble.Diagnostics.Verdict;
import org.trabecula.engine.ensemble.EnsembleReadOuts;
import org.trabecula.engine.ensemble.Level;
import org.trabecula.engine.ensemble.Members;
import org.trabecula.engine.ensemble.Observable;
import org.trabecula.engine.ensemble.Posterior;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;
import org.trabecula.engine.model.ReadOut;

/// A posterior whose members are all alike: the typical body's course with the patient's levels.
final class TypicalEnsemble {

  private static final int SIZE = 255;

  private TypicalEnsemble() {}

  static Posterior of(
      Parameters p,
      Physiology body,
      List<ReadOut> months,
      Map<Observable, PatientLevels.Scale> scales) {
    double[] weights = new double[SIZE];
    Arrays.fill(weights, 1.0 / SIZE);
    EnsembleReadOuts readOuts = new EnsembleReadOuts();
    readOuts.prepare(months.stream().mapToDouble(ReadOut::day).toArray(), SIZE);
    for (int d = 0; d < months.size(); d++) {
      for (Observable observable : Observable.values()) {
        Arrays.fill(readOuts.at(observable, d), value(observable, months.get(d), p));
      }
    }
    Map<Observable, Level> levels =
        Map.of(
            Observable.LUMBAR_SPINE, level(scales, Observable.LUMBAR_SPINE),
            Observable.FEMORAL_NECK, level(scales, Observable.FEMORAL_NECK),
            Observable.TOTAL_HIP, level(scales, Observable.TOTAL_HIP),
            Observable.CTX, level(scales, Observable.CTX),
            Observable.P1NP, level(scales, Observable.P1NP));
    Diagnostics diagnostics =
        new Diagnostics(SIZE, 1, SIZE, 1.0 / SIZE, 0, Verdict.FITS, List.of(), List.of());
    return new Posterior(Members.typical(SIZE, body), readOuts, weights, levels, diagnostics);
  }

  private static Level level(Map<Observable, PatientLevels.Scale> scales, Observable observable) {
    PatientLevels.Scale scale = Objects.requireNonNull(scales.get(observable));
    double[] mean = new double[SIZE];
    Arrays.fill(mean, scale.level().mean());
    return new Level(mean, scale.level().sd(), scale.lastDay(), scale.drift(), scale.error());
  }

  private static double value(Observable observable, ReadOut r, Parameters p) {
    return switch (observable) {
      case LUMBAR_SPINE -> r.ls();
      case FEMORAL_NECK -> r.fn();
      case TOTAL_HIP -> r.th();
      case CTX -> r.ctx();
      case P1NP -> r.p1np();
      case ESTRADIOL -> r.e2();
      case TESTOSTERONE -> r.t();
      case IGF1 -> r.igf();
      case RANKL_OPG -> r.rankl() / r.opg();
      case TRABECULAR_VOLUME -> r.bvTv();
      case TRABECULAR_NUMBER -> r.tbN();
      case CORTICAL_VOLUME -> 1 - (1 - r.ctTh()) / (1 - p.readOut().fPo());
      case TBS -> r.tbs();
    };
  }
}
