package org.trabecula.engine.model;

/// Finds the capacities of a man's axis that explain an untreated testosterone level: equations 3,
// 4
/// and 7 at rest, solved for kapL and kapH.
public final class GonadalAxis {

  /// Where the fault lies: high LH with a low level means the testis, low or normal LH the
  /// pituitary.
  public enum Fault {
    LEYDIG,
    CENTRAL,
    BOTH
  }

  /// @param leydig kapL
  /// @param central kapH
  public record Capacities(double leydig, double central) {}

  private GonadalAxis() {}

  public static Physiology explain(
      double testosterone, double age, Fault fault, Parameters.Endocrine p, Physiology body) {
    Capacities found = capacities(testosterone, age, fault, p, body);
    return body.withCapacities(found.leydig(), found.central());
  }

  /// A level above the healthy one is no fault: both capacities then share in it.
  ///
  /// @param testosterone ng/dL at rest, untreated, at `age`
  public static Capacities capacities(
      double testosterone, double age, Fault fault, Parameters.Endocrine p, Physiology body) {
    HormoneLayer layer = new HormoneLayer(p, body);
    double f = layer.untreatedDrive(testosterone);
    double ceiling = (1 + p.kLey()) * layer.testosteroneOfAge(age);
    double half = p.kLey();
    double shared =
        (testosterone * f
                + StrictMath.sqrt(
                    testosterone * testosterone * f * f + 4 * ceiling * f * testosterone * half))
            / (2 * ceiling * f);
    if (fault == Fault.BOTH || shared > 1) {
      return new Capacities(shared, shared);
    }
    return switch (fault) {
      case LEYDIG -> new Capacities(testosterone * (half + f) / (ceiling * f), 1);
      case CENTRAL -> new Capacities(1, half * testosterone / (ceiling - testosterone) / f);
      case BOTH -> throw new AssertionError(fault);
    };
  }

  /// ng/dL
  public static double resting(double age, Parameters.Endocrine p, Physiology body) {
    return new HormoneLayer(p, body).restingTestosterone(age, body.kapL(), body.kapH());
  }
}
