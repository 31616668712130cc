package org.trabecula.engine.ensemble;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;
import org.trabecula.engine.model.SimulationFailure;
import org.trabecula.engine.model.Treatment;

/// The equations of `docs/model.md` for a block of members at once, and their solution over a
/// panel.
///
/// The model is a cascade, so each state is solved over a whole panel before the next one. In
/// itself a state is linear, but for the LH drive, trabecular thickness and cortical volume, which
/// take Newton sweeps. Thickness, number and cortical volume are logarithms here, and young bone is
/// a share of its compartment.
///
/// Scratch of one thread: nothing of it outlives a run.
final class Block {

  /// Days that a node at a switch of treatment stays off it.
  static final double INSIDE = 1e-6;

  static final int STATES = 11;

  private static final int N = 3;
  private static final int AXIS_SWEEPS = 4;
  private static final int TISSUE_SWEEPS = 2;
  private static final double LARGEST = 1e100;
  private static final double LN_YEAR = StrictMath.log(Physiology.YEAR);

  /// One state over a panel: values and slopes at its start, middle and end.
  private static final class Course {
    final double[][] y = lanes();
    final double[][] f = lanes();

    /// The end becomes the start.
    void advance() {
      swap(y);
      swap(f);
    }

    private static void swap(double[][] a) {
      double[] start = a[0];
      a[0] = a[2];
      a[2] = start;
    }
  }

  /// What one node or one output needs beside the states.
  private static final class Feel {
    final double[] e2 = Lanes.array();
    final double[] t = Lanes.array();
    final double[] dE = Lanes.array();
    final double[] dA = Lanes.array();
    final double[] lnG = Lanes.array();
    final double[] lnI = Lanes.array();
    final double[] lnS = Lanes.array();

    /// A man's testosterone is `capacity LH / (kLey + LH) + tGiven`.
    final double[] capacity = Lanes.array();

    final double[] tGiven = Lanes.array();
    final double[] central = Lanes.array();

    /// What the feedback feels is `x0 + x1 LH / (kLey + LH)`.
    final double[] x0 = Lanes.array();

    final double[] x1 = Lanes.array();

    /// `-fG lnG - ageT decades`, and with `ageC`.
    final double[] madeT = Lanes.array();

    final double[] madeC = Lanes.array();
    double lhAdded;
    boolean slowRecovery;
  }

  private final Lanes l;

  private final Course lh = new Course();
  private final Course igf = new Course();
  private final Course osteoclasts = new Course();
  private final Course precursors = new Course();
  private final Course osteoblasts = new Course();
  private final Course sclerostin = new Course();
  private final Course lnThickness = new Course();
  private final Course lnNumber = new Course();
  private final Course youngT = new Course();
  private final Course lnCortical = new Course();
  private final Course youngC = new Course();
  private final Course[] all = {
    lh,
    igf,
    osteoclasts,
    precursors,
    osteoblasts,
    sclerostin,
    lnThickness,
    lnNumber,
    youngT,
    lnCortical,
    youngC
  };

  private final Feel[] nodes = {new Feel(), new Feel(), new Feel()};
  private final Feel seen = new Feel();

  private final double[][] g = lanes();
  private final double[][] b = lanes();
  private final double[][] formed = lanes();
  private final double[][] resorbed = lanes();
  private final double[][] lost = lanes();
  private final double[] u = Lanes.array();
  private final double[] v = Lanes.array();
  private final double[] w = Lanes.array();

  private final double[] zero = Lanes.array();
  private final double[] one = Lanes.array();
  private final double[] kQ = Lanes.array();
  private final double[][] perTauI = same();
  private final double[][] perTauS = same();
  private final double[][] perTauP = same();
  private final double[] lnTauP = Lanes.array();
  private final double[] lnTauB = Lanes.array();
  private final double[] halfE = Lanes.array();
  private final double[] halfA = Lanes.array();
  private final double[] referenceE = Lanes.array();
  private final double[] referenceA = Lanes.array();
  private final double[] qE = Lanes.array();
  private final double[] qA = Lanes.array();
  private final double[] qI = Lanes.array();
  private final double[] cA = Lanes.array();
  private final double[] cI = Lanes.array();
  private final double[] fG = Lanes.array();
  private final double[] ageT = Lanes.array();
  private final double[] ageC = Lanes.array();
  private final double[] lnRhoT = Lanes.array();
  private final double[] lnRhoC = Lanes.array();
  private final double[] formT = Lanes.array();
  private final double[] lnTurnover = Lanes.array();
  private final double[] wholeT = Lanes.array();
  private final double[] wholeC = Lanes.array();
  private final double[] femaleT = Lanes.array();
  private final double[] tExposure = Lanes.array();
  private final double[] estradiol = Lanes.array();
  private final double[] estradiolPost = Lanes.array();
  private final double[] e2Exposure = Lanes.array();
  private final double[] igfAxis = Lanes.array();
  private final double[] lessKapL = Lanes.array();
  private final double[] lessKapH = Lanes.array();
  private final double[][] onset = new double[4][Lanes.WIDTH];

  private Parameters parameters = Parameters.shipped();
  private Parameters.Endocrine p = parameters.endocrine();
  private Parameters.Cell cell = parameters.cell();
  private Parameters.Tissue tissue = parameters.tissue();
  private Onset[] onsets = new Onset[0];
  private final @Nullable SimulationFailure[] failures = new SimulationFailure[Lanes.WIDTH];
  private int first;
  private boolean male;
  private double kapGH;
  private double pituitary;
  private double cortisol;
  private boolean replacedCortisol;
  private double fat;
  private double lnPth;
  private double lnWeight;

  Block(Lanes lanes) {
    this.l = lanes;
  }

  /// The same at all nodes.
  private static double[][] same() {
    double[] a = Lanes.array();
    return new double[][] {a, a, a};
  }

  private static double[][] lanes() {
    return new double[N][Lanes.WIDTH];
  }

  /// Takes up the members from `from` on. Lanes beyond the last member repeat it.
  void load(Parameters typical, Physiology body, Onset[] events, Members members, int from) {
    parameters = typical;
    p = typical.endocrine();
    cell = typical.cell();
    tissue = typical.tissue();
    onsets = events;
    first = from;
    Arrays.fill(failures, null);
    male = body.male();
    kapGH = body.kapGH();
    pituitary = body.pituitary();
    cortisol = body.cortisol();
    replacedCortisol = body.replacedCortisol();
    fat = StrictMath.sqrt(body.bmi() / p.bmiRef());
    double lack = Math.clamp((p.vitDRef() - body.vitaminD()) / p.vitDRef(), 0.0, 1.0);
    lnPth = StrictMath.log(1 + p.pthGain() * lack);
    lnWeight = StrictMath.log(body.weightRatio());

    l.fill(one, 1);
    l.fill(kQ, cell.kQ());
    l.fill(perTauI[0], 1 / p.tauI());
    l.fill(perTauS[0], 1 / cell.tauS());

    gather(Trait.TAU_P, members, u);
    l.linear(u, 0, cell.tauP(), u);
    l.log(lnTauP, u);
    l.div(perTauP[0], one, u);
    gather(Trait.TAU_B, members, u);
    l.linear(u, 0, cell.tauB(), u);
    l.log(lnTauB, u);

    gather(Trait.K_E, members, u);
    l.linear(u, 0, cell.kE(), u);
    power(halfE, u, cell.hE());
    l.fill(u, cell.kA());
    power(halfA, u, cell.hA());
    l.fill(u, male ? p.e2RefM() : p.e2RefF());
    power(u, u, cell.hE());
    l.hill(referenceE, male ? cell.eM() : 1, u, halfE, zero);
    l.fill(u, male ? p.tRefM() : p.tRefF());
    power(u, u, cell.hA());
    l.hill(referenceA, 1, u, halfA, zero);

    gather(Trait.A_LE, members, u);
    l.linear(qE, -cell.aOE(), -cell.aLE(), u);
    gather(Trait.A_LA, members, u);
    l.linear(qA, 0, -cell.aLA(), u);
    gather(Trait.A_LI, members, u);
    l.linear(qI, 0, cell.aLI(), u);
    gather(Trait.C_A, members, u);
    l.linear(cA, 0, cell.cA(), u);
    gather(Trait.C_I, members, u);
    l.linear(cI, 0, cell.cI(), u);

    gather(Trait.F_G, members, u);
    l.linear(fG, 0, tissue.fG(), u);
    gather(Trait.AGE_T, members, u);
    l.linear(ageT, 0, tissue.ageT(), u);
    gather(Trait.AGE_C, members, u);
    l.linear(ageC, 0, tissue.ageC(), u);
    gather(Trait.G_FT, members, u);
    l.linear(formT, 1, tissue.gFT(), u);
    Parameters.ReadOut readOut = typical.readOut();
    gather(Trait.RHO_T, members, u);
    l.linear(u, 0, tissue.rhoT(), u);
    gather(Trait.RHO_C, members, v);
    l.linear(v, 0, tissue.rhoC(), v);
    l.linear(w, 0, readOut.mT(), u, 1 - readOut.mT(), v);
    l.log(lnTurnover, w);
    l.log(lnRhoT, u);
    l.log(lnRhoC, v);
    youngShare(youngT.y[0], u);
    youngShare(youngC.y[0], v);
    l.linear(wholeT, 1, readOut.mp() - 1, youngT.y[0]);
    l.linear(wholeC, 1, readOut.mp() - 1, youngC.y[0]);

    gather(Trait.FEMALE_TESTOSTERONE, members, femaleT);
    gather(Trait.TESTOSTERONE_EXPOSURE, members, tExposure);
    gather(Trait.ESTRADIOL, members, estradiol);
    gather(Trait.ESTRADIOL_POST, members, estradiolPost);
    gather(Trait.ESTRADIOL_EXPOSURE, members, e2Exposure);
    gather(Trait.IGF, members, igfAxis);
    gather(Trait.KAP_L, members, u);
    l.linear(lessKapL, -1, 1, u);
    gather(Trait.KAP_H, members, u);
    l.linear(lessKapH, -1, 1, u);
    for (int k = 0; k < onset.length; k++) {
      gather(events[k].trait(), members, onset[k]);
      for (int i = 0; i < Lanes.WIDTH; i++) {
        onset[k][i] = events[k].ownFactor(onset[k][i]);
      }
    }
  }

  private void gather(Trait trait, Members members, double[] to) {
    gather(members.of(trait), members.size(), to);
  }

  private void gather(double[] from, int size, double[] to) {
    int count = Math.min(Lanes.WIDTH, size - first);
    System.arraycopy(from, first, to, 0, count);
    for (int i = count; i < Lanes.WIDTH; i++) {
      to[i] = to[count - 1];
    }
  }

  /// Share of bone that is young at steady turnover.
  private void youngShare(double[] d, double[] rho) {
    l.linear(d, 1 / tissue.tauM(), 1, rho);
    l.div(d, rho, d);
  }

  /// The young adult: every ratio 1, young bone at steady turnover.
  void reset() {
    for (Course ratio : new Course[] {lh, igf, osteoclasts, precursors, osteoblasts, sclerostin}) {
      l.fill(ratio.y[0], 1);
    }
    for (Course logarithm : new Course[] {lnThickness, lnNumber, lnCortical}) {
      l.fill(logarithm.y[0], 0);
    }
    for (Course course : all) {
      l.fill(course.f[0], 0);
    }
  }

  /// Solves all states over a panel.
  ///
  /// @param moments at its start, middle and end; the start is not read unless `fresh`
  /// @param fresh whether the slopes at the start must be found anew
  void panel(double from, double to, Moment[] moments, boolean fresh) {
    double h = to - from;
    int begin = fresh ? 0 : 1;
    for (int i = begin; i < N; i++) {
      hormonesBeforeLh(nodes[i], moments[i]);
    }
    if (male) {
      solveLh(h, fresh);
    }
    for (int i = begin; i < N; i++) {
      hormonesAfterLh(nodes[i], moments[i], lh.y[i]);
      igfTarget(g[i], moments[i]);
      l.mul(g[i], g[i], perTauI[i]);
    }
    solve(h, igf, perTauI, fresh);

    for (int i = begin; i < N; i++) {
      sclerostinTarget(g[i], nodes[i]);
    }
    solve(h, sclerostin, perTauS, fresh);

    for (int i = begin; i < N; i++) {
      l.log(nodes[i].lnI, igf.y[i]);
      l.log(nodes[i].lnS, sclerostin.y[i]);
      lnRanklOpg(u, nodes[i]);
      l.exp(u, u);
      l.hill(g[i], (1 + cell.kQ()) / cell.tauC(), u, kQ, zero);
      l.linear(b[i], 1 / cell.tauC(), cell.dEap() / cell.tauC(), nodes[i].dE);
    }
    solve(h, osteoclasts, b, fresh);

    for (int i = begin; i < N; i++) {
      recruited(g[i], i);
    }
    solve(h, precursors, perTauP, fresh);

    for (int i = begin; i < N; i++) {
      osteoblasts(g[i], b[i], i);
    }
    solve(h, osteoblasts, b, fresh);

    solveTissue(h, begin, fresh);
    check(from, to);
  }

  /// A lane that has failed goes on from where everybody starts, so that the others are not held
  /// up.
  private void backToTheYoungAdult(int lane) {
    for (Course course : all) {
      boolean logarithm = course == lnThickness || course == lnNumber || course == lnCortical;
      boolean share = course == youngT || course == youngC;
      for (int i = 0; i < N; i++) {
        course.y[i][lane] = logarithm ? 0 : share ? 0.1 : 1;
        course.f[i][lane] = 0;
      }
    }
  }

  /// Tells which members of the block have failed, once all of their days are read out.
  void failures(EnsembleReadOuts out) {
    for (int lane = 0; lane < Math.min(Lanes.WIDTH, out.size() - first); lane++) {
      SimulationFailure failure = failures[lane];
      if (failure != null) {
        out.fail(first + lane, failure);
      }
    }
  }

  /// Keeps the states at the end of the panel just solved.
  void save(double[][] states, int size) {
    for (int k = 0; k < all.length; k++) {
      System.arraycopy(all[k].y[0], 0, states[k], first, Math.min(Lanes.WIDTH, size - first));
      for (int lane = 0; lane < Math.min(Lanes.WIDTH, size - first); lane++) {
        if (failures[lane] != null) {
          states[k][first + lane] = Double.NaN;
        }
      }
    }
  }

  /// Goes on from states that were kept.
  void restore(double[][] states, int size) {
    for (int k = 0; k < all.length; k++) {
      gather(states[k], size, all[k].y[0]);
    }
  }

  /// The end of the panel just solved becomes the start of the next one.
  void advance() {
    for (Course course : all) {
      course.advance();
    }
  }

  /// Solves one state from `g` and its rate.
  private void solve(double h, Course x, double[][] rate, boolean fresh) {
    if (fresh) {
      l.mul(u, rate[0], x.y[0]);
      l.sub(x.f[0], g[0], u);
    }
    l.solve(h, x.y, x.f, g, rate);
  }

  // Equations 1 to 9.

  private void onset(double[] d, int which, Moment moment) {
    if (onsets[which].acts()) {
      l.onset(d, moment.onsets()[which], onset[which]);
    } else {
      l.fill(d, 0);
    }
  }

  private void hormonesBeforeLh(Feel x, Moment moment) {
    Treatment rx = moment.rx();
    l.linear(x.tGiven, 0, moment.tGiven(), tExposure);
    if (male) {
      onset(u, Onset.HYPOGONADISM, moment);
      l.fma(v, lessKapL, u, one);
      l.linear(x.capacity, 0, moment.tOwn() * (1 + p.kLey()), v);
      l.fma(v, lessKapH, u, one);
      double gnrh = 1 - p.sGnrhM() * rx.gnrhSuppression();
      l.linear(x.central, 0, (1 + p.kFb()) * gnrh, v);
      x.lhAdded = p.gonadDrive() * rx.gonadorelin() * pituitary;
      x.slowRecovery = rx.slowRecovery();

      // What the feedback feels of testosterone and of estradiol.
      double ofT = (1 - p.phiE()) * (1 - rx.androgenBlock()) / p.tRefM();
      double ofE2 = p.phiE() * (1 - moment.hidden()) / p.e2RefM();
      double aromatised = ofE2 * moment.aromatase() * fat;
      l.linear(u, ofT, aromatised * p.aE(), estradiol);
      l.mul(x.x1, u, x.capacity);
      l.linear(v, aromatised * p.e0(), ofE2 * rx.estradiol(), e2Exposure);
      l.fma(x.x0, u, x.tGiven, v);
    } else {
      double suppressed = p.sGnrhF() * rx.gnrhSuppression();
      onset(u, Onset.MENOPAUSE, moment);
      l.linear(u, suppressed, 1 - suppressed, u);
      double post = p.e2Post() * fat * fat * moment.aromatase();
      l.linear(v, 0, -p.e2RefF(), estradiol, post, estradiolPost);
      l.mul(v, v, u);
      l.linear(x.e2, 0, p.e2RefF(), estradiol, rx.estradiol(), e2Exposure);
      l.add(x.e2, x.e2, v);
      l.linear(x.e2, 0, p.aEf() * moment.aromatase(), x.tGiven, 1, x.e2);
      l.linear(x.t, 0, moment.tOwn(), femaleT, 1, x.tGiven);
    }
    cortisol(x.lnG, moment);
    l.linear(u, 0, -moment.decades(), ageT);
    l.linear(v, 0, -moment.decades(), ageC);
    l.mul(w, fG, x.lnG);
    l.sub(x.madeT, u, w);
    l.sub(x.madeC, v, w);
  }

  private void solveLh(double h, boolean fresh) {
    if (fresh) {
      linearised(0);
    }
    System.arraycopy(lh.y[0], 0, lh.y[1], 0, Lanes.WIDTH);
    System.arraycopy(lh.y[0], 0, lh.y[2], 0, Lanes.WIDTH);
    for (int sweep = 0; sweep < AXIS_SWEEPS; sweep++) {
      linearised(1);
      linearised(2);
      solve(h, lh, b, fresh && sweep == 0);
    }
  }

  /// The slope of the LH drive about its value at a node, as `g - b G`.
  private void linearised(int i) {
    Feel x = nodes[i];
    double[] drive = lh.y[i];
    // v: LH / (kLey + LH); w: what is felt
    l.linear(u, p.kLey(), 1, drive);
    l.div(v, drive, u);
    l.fma(w, x.x1, v, x.x0);
    // Derivative of x1 v, over what is felt.
    l.div(u, one, u);
    l.mul(u, u, u);
    l.mul(u, u, x.x1);
    l.linear(u, 0, p.kLey() * p.nFb(), u);
    l.div(u, u, w);
    power(w, w, p.nFb());
    l.linear(w, 0, p.kFb(), w);
    l.linear(v, 1, 1, w);
    l.div(w, w, v);
    l.div(v, x.central, v);
    l.mul(u, u, w);
    l.mul(u, u, v);
    // u: fall of the target per LH; v: the target
    l.linear(v, x.lhAdded, 1, v);
    double fast = 1 / p.tauG();
    if (x.slowRecovery) {
      l.choose(w, v, drive, 1 / p.tauGslow(), fast);
    } else {
      l.fill(w, fast);
    }
    l.fma(v, u, drive, v);
    l.mul(g[i], v, w);
    l.fma(b[i], u, w, w);
  }

  private void hormonesAfterLh(Feel x, Moment moment, double[] drive) {
    if (male) {
      l.linear(u, p.kLey(), 1, drive);
      l.div(u, drive, u);
      l.fma(x.t, x.capacity, u, x.tGiven);
      l.linear(u, 0, p.aE(), estradiol);
      l.mul(u, u, x.t);
      double aromatised = moment.aromatase() * fat;
      double given = moment.rx().estradiol();
      l.linear(x.e2, aromatised * p.e0(), aromatised, u, given, e2Exposure);
    }
    power(u, x.e2, cell.hE());
    l.hill(x.dE, male ? cell.eM() : 1, u, halfE, referenceE);
    power(u, x.t, cell.hA());
    l.hill(x.dA, 1 - moment.rx().androgenBlock(), u, halfA, referenceA);
  }

  private void igfTarget(double[] d, Moment moment) {
    Treatment rx = moment.rx();
    onset(u, Onset.GROWTH_HORMONE_DEFICIENCY, moment);
    l.linear(u, 1, kapGH - 1, u);
    l.mul(u, u, igfAxis);
    boolean oral = rx.oralEstrogen();
    l.linear(u, rx.gh() * (oral ? p.ghOral() : 1), 1 + rx.ghStimulus() * pituitary, u);
    l.min(u, p.iMax(), u);
    l.linear(d, 0, oral ? p.iOral() : 1, u);
  }

  private void cortisol(double[] d, Moment moment) {
    double dosed = moment.rx().glucocorticoid() / p.gcDose();
    if (replacedCortisol && dosed > 0) {
      l.fill(d, ScalarLanes.log(Math.max(p.gcFloor(), dosed)));
    } else if (onsets[Onset.CORTISOL].acts()) {
      onset(u, Onset.CORTISOL, moment);
      l.linear(u, 1 + dosed, cortisol - 1, u);
      l.log(d, u);
    } else {
      l.fill(d, ScalarLanes.log(1 + dosed));
    }
  }

  // Equations 12 to 18.

  private void lnRanklOpg(double[] d, Feel x) {
    l.linear(d, cell.aLP() * lnPth, cell.aLG() + cell.aOG(), x.lnG, cell.aLS(), x.lnS);
    l.fma(d, qE, x.dE, d);
    l.fma(d, qA, x.dA, d);
    l.fma(d, qI, x.lnI, d);
  }

  /// Over its time constant, like all below.
  private void sclerostinTarget(double[] d, Feel x) {
    double ofLoad = -cell.sW() * lnWeight - ScalarLanes.log(cell.tauS());
    l.linear(u, ofLoad, -cell.sEs(), x.dE, cell.sG(), x.lnG);
    l.exp(d, u);
  }

  private void recruited(double[] d, int i) {
    Feel x = nodes[i];
    l.mul(u, igf.y[i], igf.y[i]);
    l.div(u, one, u);
    l.linear(u, 0.5, -0.5, u);
    l.linear(v, 0, cell.cE(), x.dE, -cell.cG(), x.lnG, -1, lnTauP);
    l.fma(v, cA, x.dA, v);
    l.fma(v, cI, u, v);
    l.exp(v, v);
    power(u, osteoclasts.y[i], cell.gC());
    l.mul(d, u, v);
  }

  private void osteoblasts(double[] made, double[] lostPer, int i) {
    Feel x = nodes[i];
    l.linear(u, 0, -cell.oE(), x.dE, cell.oG(), x.lnG, -1, lnTauB);
    l.exp(lostPer, u);
    l.linear(u, 0, -cell.gS(), x.lnS, -1, lnTauB);
    l.exp(u, u);
    l.mul(made, u, precursors.y[i]);
  }

  // Equations 19 to 24, per volume: with V = N Th, d ln V / dt = (F - R) / V.

  private void solveTissue(double h, int begin, boolean fresh) {
    for (int i = begin; i < N; i++) {
      lossOfTrabeculae(lost[i], osteoclasts.y[i]);
    }
    if (fresh) {
      l.linear(lnNumber.f[0], 0, -1, lost[0]);
    }
    l.linear(lnNumber.f[1], 0, -1, lost[1]);
    l.linear(lnNumber.f[2], 0, -1, lost[2]);
    l.along(lnNumber.y[1], lnNumber.y[0], h * 5 / 24, h / 3, -h / 24, lnNumber.f);
    l.along(lnNumber.y[2], lnNumber.y[0], h / 6, h * 2 / 3, h / 6, lnNumber.f);

    solveVolume(h, lnThickness, true, fresh);
    solveYoung(h, youngT, fresh);
    solveVolume(h, lnCortical, false, fresh);
    solveYoung(h, youngC, fresh);
  }

  private void lossOfTrabeculae(double[] d, double[] c) {
    l.linear(u, -1, 1, c);
    l.max(u, 0, u);
    l.linear(v, tissue.uN(), 1, u);
    l.mul(u, u, u);
    l.div(u, u, v);
    l.linear(d, 0, tissue.kN() / Physiology.YEAR, u);
  }

  private void solveVolume(double h, Course x, boolean trabecular, boolean fresh) {
    if (fresh) {
      turnover(x, 0, trabecular);
      l.sub(x.f[0], formed[0], resorbed[0]);
      if (trabecular) {
        l.add(x.f[0], x.f[0], lost[0]);
      }
    }
    l.linear(u, 0, h / 2, x.f[0]);
    l.add(x.y[1], x.y[0], u);
    l.linear(u, 0, h, x.f[0]);
    l.add(x.y[2], x.y[0], u);
    for (int sweep = 0; sweep < TISSUE_SWEEPS; sweep++) {
      for (int i = 1; i < N; i++) {
        turnover(x, i, trabecular);
        double resorbs = 1 - (trabecular ? tissue.gRT() : tissue.gRC());
        if (trabecular) {
          l.mul(u, formT, formed[i]);
        } else {
          l.linear(u, 0, 1 + tissue.gFC(), formed[i]);
        }
        l.linear(b[i], 0, 1, u, -resorbs, resorbed[i]);
        l.sub(v, formed[i], resorbed[i]);
        if (trabecular) {
          l.add(v, v, lost[i]);
        }
        l.fma(g[i], b[i], x.y[i], v);
      }
      l.solve(h, x.y, x.f, g, b);
    }
  }

  /// Formation and resorption over volume, 1/d.
  private void turnover(Course x, int i, boolean trabecular) {
    double[] lnRho = trabecular ? lnRhoT : lnRhoC;
    double perDay = -LN_YEAR;
    if (trabecular) {
      l.mul(u, formT, x.y[i]);
      l.linear(v, perDay, 1, lnRho, 1, nodes[i].madeT, -1, u);
    } else {
      l.linear(u, perDay, -(1 + tissue.gFC()), x.y[i], 1, nodes[i].madeC);
      l.add(v, u, lnRho);
    }
    l.exp(v, v);
    l.mul(formed[i], v, osteoblasts.y[i]);
    double resorbs = 1 - (trabecular ? tissue.gRT() : tissue.gRC());
    l.linear(u, perDay, 1, lnRho, -resorbs, x.y[i]);
    l.exp(u, u);
    l.mul(resorbed[i], u, osteoclasts.y[i]);
  }

  /// The young share y of a compartment: `dy/dt = F/V (1 - y) - y / tauM`.
  private void solveYoung(double h, Course x, boolean fresh) {
    for (int i = fresh ? 0 : 1; i < N; i++) {
      System.arraycopy(formed[i], 0, g[i], 0, Lanes.WIDTH);
      l.linear(b[i], 1 / (tissue.tauM() * Physiology.YEAR), 1, formed[i]);
    }
    solve(h, x, b, fresh);
  }

  /// `d = x^exponent`, without a logarithm where the exponent needs none.
  private void power(double[] d, double[] x, double exponent) {
    if (exponent == 1) {
      if (d != x) {
        System.arraycopy(x, 0, d, 0, Lanes.WIDTH);
      }
    } else if (exponent == 2 || exponent == 4) {
      l.mul(d, x, x);
      if (exponent == 4) {
        l.mul(d, d, d);
      }
    } else {
      l.log(d, x);
      l.linear(d, 0, exponent, d);
      l.exp(d, d);
    }
  }

  private void check(double from, double to) {
    for (int i = 1; i < N; i++) {
      double day = i == 1 ? (from + to) / 2 : to;
      if (male) {
        check(day, "G", lh.y[i], 0, LARGEST);
      }
      check(day, "I", igf.y[i], 0, LARGEST);
      check(day, "C", osteoclasts.y[i], 0, LARGEST);
      check(day, "P", precursors.y[i], 0, LARGEST);
      check(day, "B", osteoblasts.y[i], 0, LARGEST);
      check(day, "S", sclerostin.y[i], 0, LARGEST);
      check(day, "ln Th", lnThickness.y[i], -LARGEST, LARGEST);
      check(day, "ln N", lnNumber.y[i], -LARGEST, LARGEST);
      check(day, "VyT/VT", youngT.y[i], 0, 1);
      check(day, "ln VC", lnCortical.y[i], -LARGEST, LARGEST);
      check(day, "VyC/VC", youngC.y[i], 0, 1);
    }
  }

  private void check(double day, String state, double[] values, double low, double high) {
    for (int lane = l.outside(values, low, high); lane >= 0; lane = l.outside(values, low, high)) {
      if (failures[lane] == null) {
        failures[lane] = new SimulationFailure(day, state, values[lane], first + lane);
      }
      backToTheYoungAdult(lane);
    }
  }

  // Equations 25 to 31.

  /// Reads a day within the panel just solved, on its collocation polynomials.
  ///
  /// @param moment just before that day
  void readOut(double from, double to, double day, Moment moment, EnsembleReadOuts out, int index) {
    double h = to - from;
    double x = Math.max(0, (day - from) / h);
    double w0 = h * x * (1 + x * (x * 2 / 3 - 1.5));
    double w1 = h * x * x * (2 - x * 4 / 3);
    double w2 = h * x * x * (x * 2 / 3 - 0.5);
    int count = Math.min(Lanes.WIDTH, out.size() - first);
    Parameters.ReadOut r = parameters.readOut();

    hormonesBeforeLh(seen, moment);
    if (male) {
      along(formed[0], lh, w0, w1, w2);
    }
    hormonesAfterLh(seen, moment, formed[0]);
    put(Observable.ESTRADIOL, seen.e2, out, index, count);
    put(Observable.TESTOSTERONE, seen.t, out, index, count);

    along(u, igf, w0, w1, w2);
    put(Observable.IGF1, u, out, index, count);
    l.log(seen.lnI, u);
    along(u, sclerostin, w0, w1, w2);
    l.log(seen.lnS, u);
    lnRanklOpg(u, seen);
    l.exp(u, u);
    put(Observable.RANKL_OPG, u, out, index, count);

    double[] thickness = g[0];
    double[] number = g[1];
    double[] cortical = g[2];
    along(thickness, lnThickness, w0, w1, w2);
    along(number, lnNumber, w0, w1, w2);
    along(cortical, lnCortical, w0, w1, w2);
    l.linear(u, 0, r.tbsN(), number, r.tbsTh(), thickness);
    l.exp(u, u);
    put(Observable.TBS, u, out, index, count);
    l.exp(u, number);
    put(Observable.TRABECULAR_NUMBER, u, out, index, count);

    double[] mineralT = b[0];
    double[] mineralC = b[1];
    l.add(v, thickness, number);
    l.exp(u, v);
    put(Observable.TRABECULAR_VOLUME, u, out, index, count);
    along(v, youngT, w0, w1, w2);
    l.linear(v, 1, r.mp() - 1, v);
    l.mul(mineralT, u, v);
    l.div(mineralT, mineralT, wholeT);
    l.exp(u, cortical);
    put(Observable.CORTICAL_VOLUME, u, out, index, count);
    along(v, youngC, w0, w1, w2);
    l.linear(v, 1, r.mp() - 1, v);
    l.mul(mineralC, u, v);
    l.div(mineralC, mineralC, wholeC);
    bmd(Observable.LUMBAR_SPINE, r.wLS(), moment.spine(), mineralT, mineralC, out, index, count);
    bmd(Observable.FEMORAL_NECK, r.wFN(), 1, mineralT, mineralC, out, index, count);
    bmd(Observable.TOTAL_HIP, r.wTH(), 1, mineralT, mineralC, out, index, count);

    // Turnover of the whole skeleton: weighted by compartment, over that of a young adult.
    double lnShareT = ScalarLanes.log(r.mT());
    double lnShareC = ScalarLanes.log(1 - r.mT());
    l.linear(u, lnShareT, 1, lnRhoT, tissue.gRT(), thickness, 1, number);
    l.sub(u, u, lnTurnover);
    l.exp(u, u);
    l.linear(v, lnShareC, 1, lnRhoC, tissue.gRC(), cortical, -1, lnTurnover);
    l.exp(v, v);
    l.add(u, u, v);
    along(v, osteoclasts, w0, w1, w2);
    l.mul(u, u, v);
    power(u, u, r.qC());
    put(Observable.CTX, u, out, index, count);

    l.linear(u, 1, -1, formT);
    l.mul(u, u, thickness);
    l.linear(v, lnShareT, 1, lnRhoT, 1, number, 1, seen.madeT);
    l.add(u, u, v);
    l.sub(u, u, lnTurnover);
    l.exp(u, u);
    l.linear(v, lnShareC, 1, lnRhoC, -tissue.gFC(), cortical, 1, seen.madeC);
    l.sub(v, v, lnTurnover);
    l.exp(v, v);
    l.add(u, u, v);
    along(v, osteoblasts, w0, w1, w2);
    l.mul(u, u, v);
    power(u, u, r.qP());
    put(Observable.P1NP, u, out, index, count);
  }

  private void along(double[] d, Course x, double w0, double w1, double w2) {
    l.along(d, x.y[0], w0, w1, w2, x.f);
  }

  private void bmd(
      Observable site,
      double weight,
      double artefact,
      double[] mineralT,
      double[] mineralC,
      EnsembleReadOuts out,
      int index,
      int count) {
    l.linear(u, 0, artefact * weight, mineralT, artefact * (1 - weight), mineralC);
    put(site, u, out, index, count);
  }

  private void put(Observable what, double[] a, EnsembleReadOuts out, int index, int count) {
    System.arraycopy(a, 0, out.at(what, index), first, count);
  }
}
