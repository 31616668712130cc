package org.trabecula.engine;

import org.trabecula.engine.model.GonadalAxis;
import org.trabecula.engine.model.Hormones;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;
import org.trabecula.engine.model.Physiology.HormoneShift;
import org.trabecula.engine.model.ReadOut;

/// Lets measured hormones inform the terms behind them without overwriting any: one Gaussian update
/// in logs. Each result has a sensitivity to each term, its share in the predicted level; under
/// treatment a level is therefore mostly news about the exposure, and in a cycling woman it is
/// hardly news.
final class HormoneUpdate {

  private static final int T_OWN = 0;
  private static final int T_EXPOSURE = 1;
  private static final int E2_OWN = 2;
  private static final int E2_POST = 3;
  private static final int E2_EXPOSURE = 4;
  private static final int IGF = 5;
  private static final int TERMS = 6;

  private static final double PG_PER_ML_PER_PMOL_PER_L = 1 / 3.671;
  private static final double NG_PER_DL_PER_NMOL_PER_L = 1 / 0.03467;

  private final Parameters p;
  private final Physiology body;
  private final double[] mean = new double[TERMS];
  private final double[][] covariance = new double[TERMS][TERMS];

  HormoneUpdate(Parameters p, Physiology body) {
    this.p = p;
    this.body = body;
    Parameters.Uncertainty u = p.uncertainty();
    boolean hypogonadal = body.hypogonadism() < Double.POSITIVE_INFINITY;
    prior(T_OWN, hypogonadal ? u.sdTHypogonadal() : u.sdT());
    prior(T_EXPOSURE, u.sdTExposure());
    prior(E2_OWN, body.male() ? u.sdE2M() : u.sdE2Pre());
    prior(E2_POST, u.sdE2Post());
    prior(E2_EXPOSURE, u.sdE2Exposure());
    prior(IGF, u.sdIgf());
  }

  static boolean reads(Analyte analyte) {
    return analyte == Analyte.TESTOSTERONE
        || analyte == Analyte.ESTRADIOL
        || analyte == Analyte.IGF1;
  }

  /// @param predicted the population's read-out at the time of the result
  void learn(Observation observation, ReadOut predicted) {
    Hormones levels = predicted.hormones();
    double[] sensitivity = new double[TERMS];
    switch (observation.analyte()) {
      case TESTOSTERONE -> {
        sensitivity[T_OWN] = levels.tOwn() / levels.t();
        sensitivity[T_EXPOSURE] = levels.tGiven() / levels.t();
        double observed = observation.value() * NG_PER_DL_PER_NMOL_PER_L;
        update(sensitivity, ratio(observed, levels.t()), p.uncertainty().errT());
      }
      case ESTRADIOL -> {
        double e2 = levels.e2();
        double aromatised = levels.e2FromOwnT() + levels.e2FromGivenT();
        sensitivity[T_OWN] = levels.e2FromOwnT() / e2;
        sensitivity[T_EXPOSURE] = levels.e2FromGivenT() / e2;
        sensitivity[E2_OWN] = (body.male() ? aromatised : levels.e2Cycle()) / e2;
        sensitivity[E2_POST] = body.male() ? 0 : levels.e2Basal() / e2;
        sensitivity[E2_EXPOSURE] = levels.e2Given() / e2;
        double observed = observation.value() * PG_PER_ML_PER_PMOL_PER_L;
        boolean cycling = levels.e2Cycle() > e2 / 2;
        double error = cycling ? p.uncertainty().errE2Cycle() : p.uncertainty().errE2();
        update(sensitivity, ratio(observed, e2), error);
      }
      case IGF1 -> {
        sensitivity[IGF] = 1;
        double age = body.ageAtZero() + predicted.day() / Physiology.YEAR;
        double reference =
            p.endocrine().igfRef30() * StrictMath.exp(-p.endocrine().igfSlope() * (age - 30));
        double observed = observation.value() / reference;
        update(sensitivity, ratio(observed, predicted.igf()), p.uncertainty().errIgf());
      }
      default -> throw new IllegalArgumentException(observation.analyte() + " is no hormone level");
    }
  }

  /// The body with its shifted terms. A man's own testosterone moves through the capacities of his
  /// axis: from the onset of a diagnosed hypogonadism, else throughout life.
  Physiology posterior(GonadalAxis.Fault fault) {
    Physiology shifted =
        body.withShift(
            new HormoneShift(
                body.male() ? 1 : factor(T_OWN),
                factor(T_EXPOSURE),
                factor(E2_OWN),
                factor(E2_POST),
                factor(E2_EXPOSURE),
                factor(IGF)));
    if (!body.male() || mean[T_OWN] == 0) {
      return shifted;
    }
    double age = body.ageAtZero();
    double target = GonadalAxis.resting(age, p.endocrine(), body) * factor(T_OWN);
    return GonadalAxis.explain(target, age, fault, p.endocrine(), shifted.hypogonadalForLife());
  }

  private double factor(int term) {
    return StrictMath.exp(mean[term]);
  }

  private void prior(int term, double sd) {
    covariance[term][term] = sd * sd;
  }

  private static double ratio(double observed, double predicted) {
    return StrictMath.log(observed / predicted);
  }

  private void update(double[] sensitivity, double residual, double error) {
    double[] shared = new double[TERMS];
    double variance = error * error;
    double innovation = residual;
    for (int i = 0; i < TERMS; i++) {
      for (int j = 0; j < TERMS; j++) {
        shared[i] += covariance[i][j] * sensitivity[j];
      }
      variance += sensitivity[i] * shared[i];
      innovation -= sensitivity[i] * mean[i];
    }
    for (int i = 0; i < TERMS; i++) {
      mean[i] += shared[i] / variance * innovation;
      for (int j = 0; j < TERMS; j++) {
        covariance[i][j] -= shared[i] * shared[j] / variance;
      }
    }
  }
}
