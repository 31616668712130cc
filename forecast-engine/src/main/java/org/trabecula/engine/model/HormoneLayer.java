package org.trabecula.engine.model;

/// Equations 1 to 9: age, history and treatment give hormone levels. Bone never feeds back on them.
public final class HormoneLayer {

  private static final double MG_PER_L_TO_NG_PER_DL = 1e5;

  /// Share of the way to its target that the LH drive goes at a time: safe up to a loop gain of 5.
  private static final double TOWARDS_TARGET = 0.3;

  private static final int SETTLING = 40;

  private final Parameters.Endocrine p;
  private final Physiology body;
  private final double fat;

  public HormoneLayer(Parameters.Endocrine p, Physiology body) {
    this.p = p;
    this.body = body;
    this.fat = StrictMath.sqrt(body.bmi() / p.bmiRef());
  }

  /// @param lh LH drive, the state G
  public Hormones at(double day, double lh, Treatment rx) {
    return body.male() ? man(day, lh, rx) : woman(day, rx);
  }

  /// The levels at which a man's axis comes to rest under a treatment that goes on as it is; in
  /// women, whose LH drive is held, those of the moment.
  public Hormones settled(double day, Treatment rx) {
    double lh = 1;
    Hormones levels = at(day, lh, rx);
    for (int i = 0; i < SETTLING; i++) {
      lh += TOWARDS_TARGET * (levels.lhTarget() - lh);
      levels = at(day, lh, rx);
    }
    return levels;
  }

  private Hormones man(double day, double lh, Treatment rx) {
    double age = body.age(day);
    double deficit = sigmoid(age - body.hypogonadism(), p.onsetWidth());
    double kL = 1 + (body.kapL() - 1) * deficit;
    double kH = 1 + (body.kapH() - 1) * deficit;

    double tEnd = ownTestosterone(age, lh, kL);
    double tEx = exogenousTestosterone(rx, p.clM());

    double aromatase = 1 - block(rx.aromataseInhibitor(), p.iAroM(), p.d50AroM());
    double perT = p.aE() * body.shift().estradiol() * aromatase * fat;
    double e2Basal = p.e0() * aromatase * fat;
    double e2Ex = rx.estradiol() * body.shift().estradiolExposure();
    double e2 = e2Basal + perT * (tEnd + tEx) + e2Ex;

    double e2Felt = e2 * (1 - hiddenFromFeedback(rx));
    double tFelt = (tEnd + tEx) * (1 - rx.androgenBlock());
    double drive = kH * feedback(tFelt, e2Felt);
    double lhTarget =
        drive * (1 - p.sGnrhM() * rx.gnrhSuppression())
            + p.gonadDrive() * rx.gonadorelin() * body.pituitary();
    double rate = 1 / (rx.slowRecovery() && lhTarget > lh ? p.tauGslow() : p.tauG());
    return new Hormones(
        0,
        e2Basal,
        perT * tEnd,
        perT * tEx,
        e2Ex,
        tEnd,
        tEx,
        lhTarget,
        rate,
        igfTarget(age, rx),
        cortisol(age, rx),
        rx.androgenBlock());
  }

  private Hormones woman(double day, Treatment rx) {
    double age = body.age(day);
    double cycling = cycling(p, body, body.fmp(), age, rx);
    double silent = 1 - cycling;

    double tOwn =
        p.tRefF() * (1 - p.tAgeF() * sigmoid(age - 45, 8)) * body.shift().femaleTestosterone();
    double tEx = exogenousTestosterone(rx, p.clF());

    double aromatase = 1 - block(rx.aromataseInhibitor(), p.iAroF(), p.d50AroF());
    double e2Cycle = p.e2RefF() * cycling * body.shift().estradiol();
    double e2Basal = p.e2Post() * fat * fat * silent * aromatase * body.shift().estradiolPost();
    double e2Ex = rx.estradiol() * body.shift().estradiolExposure();
    return new Hormones(
        e2Cycle,
        e2Basal,
        0,
        p.aEf() * tEx * aromatase,
        e2Ex,
        tOwn,
        tEx,
        1,
        1 / p.tauG(),
        igfTarget(age, rx),
        cortisol(age, rx),
        rx.androgenBlock());
  }

  /// Share of a young woman's cycle that is left: 1 before menopause, 0 after it.
  ///
  /// @param fmp age at the final menstrual period, instead of the body's own
  public static double cycling(
      Parameters.Endocrine p, Physiology body, double fmp, double age, Treatment rx) {
    double after = sigmoid(age - fmp - body.fmpLag(), body.fmpWidth());
    return (1 - after) * (1 - p.sGnrhF() * rx.gnrhSuppression());
  }

  /// The untreated testosterone, in ng/dL, at which this man's axis comes to rest.
  double restingTestosterone(double age, double kapL, double kapH) {
    return ownTestosterone(age, restingLh(age, kapL, kapH), kapL);
  }

  /// Rate of the fastest mode of a man's axis, 1/d: the loop of LH, testosterone and feedback, at
  /// its steepest between a healthy drive and this man's own at rest. Explicit steps must follow
  /// it.
  double axisRate() {
    double age = Math.min(body.ageAtZero(), 40);
    double rest = restingLh(age, body.kapL(), body.kapH());
    double low = Math.min(1, rest);
    double high = Math.max(1, rest);
    double step = 1e-4;
    double steepest = 0;
    for (int i = 0; i <= 20; i++) {
      double lh = low + (high - low) * i / 20;
      double slope =
          untreatedTarget(age, lh, body.kapL(), body.kapH())
              - untreatedTarget(age, lh + step, body.kapL(), body.kapH());
      steepest = Math.max(steepest, slope / step);
    }
    return (1 + steepest) / p.tauG();
  }

  private double restingLh(double age, double kapL, double kapH) {
    double low = 0;
    double high = kapH * (1 + p.kFb());
    for (int i = 0; i < 60; i++) {
      double lh = (low + high) / 2;
      if (untreatedTarget(age, lh, kapL, kapH) > lh) {
        low = lh;
      } else {
        high = lh;
      }
    }
    return (low + high) / 2;
  }

  private double untreatedTarget(double age, double lh, double kapL, double kapH) {
    return kapH * untreatedDrive(ownTestosterone(age, lh, kapL));
  }

  /// LH drive of a healthy pituitary at an untreated testosterone, with the estradiol made of it.
  double untreatedDrive(double t) {
    double e2 = (p.e0() + p.aE() * body.shift().estradiol() * t) * fat;
    return feedback(t, e2);
  }

  private double ownTestosterone(double age, double lh, double kL) {
    return testosteroneOfAge(age) * kL * (1 + p.kLey()) * lh / (p.kLey() + lh);
  }

  /// LH drive of a healthy pituitary that feels these levels.
  private double feedback(double t, double e2) {
    double x = (1 - p.phiE()) * t / p.tRefM() + p.phiE() * e2 / p.e2RefM();
    return (1 + p.kFb()) / (1 + p.kFb() * Power.of(x, p.nFb()));
  }

  /// ng/dL at an LH drive of 1 and a healthy testis.
  double testosteroneOfAge(double age) {
    return p.tRefM() * StrictMath.exp(-p.tAgeM() * Math.max(0, age - 40));
  }

  private double exogenousTestosterone(Treatment rx, double clearance) {
    return rx.testosterone()
        / clearance
        * MG_PER_L_TO_NG_PER_DL
        * body.shift().testosteroneExposure();
  }

  private double hiddenFromFeedback(Treatment rx) {
    double serm = block(rx.enclomiphene(), p.bSerm(), p.d50Serm());
    return 1 - (1 - serm) * (1 - p.bAr() * rx.androgenBlock());
  }

  private double igfTarget(double age, Treatment rx) {
    double own = 1 + (body.kapGH() - 1) * sigmoid(age - body.ghd(), p.onsetWidth());
    double stimulated =
        own * body.shift().igf() * (1 + rx.ghStimulus() * body.pituitary())
            + rx.gh() * (rx.oralEstrogen() ? p.ghOral() : 1);
    return Math.min(p.iMax(), stimulated) * (rx.oralEstrogen() ? p.iOral() : 1);
  }

  private double cortisol(double age, Treatment rx) {
    double dosed = rx.glucocorticoid() / p.gcDose();
    double own = 1 + (body.cortisol() - 1) * sigmoid(age - body.cortisolOnset(), p.cortisolWidth());
    if (body.replacedCortisol()) {
      return dosed > 0 ? Math.max(p.gcFloor(), dosed) : own;
    }
    return own + dosed;
  }

  private static double block(double dose, double ceiling, double half) {
    return dose > 0 ? ceiling * dose / (dose + half) : 0;
  }

  static double sigmoid(double x, double width) {
    double z = Math.clamp(x / width, -60, 60);
    return 1 / (1 + StrictMath.exp(-z));
  }
}
