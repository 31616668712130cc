package org.trabecula.engine.model;

/// Finds the capacities of a man's axis that explain an untreated testosterone level.
public final class GonadalAxis {

  /// Where the fault lies: high LH with a low level means the testis, low or normal LH the
  /// pituitary.
  public enum Fault {
    LEYDIG,
    CENTRAL,
    BOTH
  }

  private GonadalAxis() {}

  /// Never lower than 1 % nor higher than five times the healthy capacity.
  ///
  /// @param testosterone ng/dL at rest, untreated, at `age`
  public static Physiology explain(
      double testosterone, double age, Fault fault, Parameters.Endocrine p, Physiology body) {
    HormoneLayer layer = new HormoneLayer(p, body);
    double low = 0.01;
    double high = 5;
    for (int i = 0; i < 50; i++) {
      double k = StrictMath.sqrt(low * high);
      if (layer.restingTestosterone(age, leydig(fault, k), central(fault, k)) < testosterone) {
        low = k;
      } else {
        high = k;
      }
    }
    double k = StrictMath.sqrt(low * high);
    return body.withCapacities(leydig(fault, k), central(fault, k));
  }

  /// ng/dL
  public static double resting(double age, Parameters.Endocrine p, Physiology body) {
    return new HormoneLayer(p, body).restingTestosterone(age, body.kapL(), body.kapH());
  }

  private static double leydig(Fault fault, double k) {
    return fault == Fault.CENTRAL ? 1 : k;
  }

  private static double central(Fault fault, double k) {
    return fault == Fault.LEYDIG ? 1 : k;
  }
}
