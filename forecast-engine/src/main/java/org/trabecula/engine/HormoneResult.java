package org.trabecula.engine;

import org.trabecula.engine.ensemble.Observable;
import org.trabecula.engine.model.Parameters;

/// One measured hormone in the unit of its read-out.
///
/// @param day from `asOf`
record HormoneResult(String id, Observable hormone, double day, double value) {

  private static final double PG_PER_ML_PER_PMOL_PER_L = 1 / 3.671;
  private static final double NG_PER_DL_PER_NMOL_PER_L = 1 / 0.03467;

  static boolean reads(Analyte analyte) {
    return analyte == Analyte.TESTOSTERONE
        || analyte == Analyte.ESTRADIOL
        || analyte == Analyte.IGF1;
  }

  /// @param age in years on that day
  static HormoneResult of(Observation observation, double day, double age, Parameters.Endocrine p) {
    double value = observation.value();
    String id = observation.id();
    return switch (observation.analyte()) {
      case TESTOSTERONE ->
          new HormoneResult(id, Observable.TESTOSTERONE, day, value * NG_PER_DL_PER_NMOL_PER_L);
      case ESTRADIOL ->
          new HormoneResult(id, Observable.ESTRADIOL, day, value * PG_PER_ML_PER_PMOL_PER_L);
      case IGF1 -> {
        double reference = p.igfRef30() * StrictMath.exp(-p.igfSlope() * (age - 30));
        yield new HormoneResult(id, Observable.IGF1, day, value / reference);
      }
      default -> throw new IllegalArgumentException(observation.analyte() + " is no hormone");
    };
  }

  /// SD of the log of one estradiol, which says less the more of it is a cycle's.
  ///
  /// @param cycle share of the level that comes from the cycle
  static double estradiolError(Parameters.Uncertainty u, double cycle) {
    double steady = u.errE2() * u.errE2();
    double cycling = u.errE2Cycle() * u.errE2Cycle();
    return StrictMath.sqrt(steady + cycle * cycle * (cycling - steady));
  }

  double residual(double predicted) {
    return StrictMath.log(value / predicted);
  }
}
