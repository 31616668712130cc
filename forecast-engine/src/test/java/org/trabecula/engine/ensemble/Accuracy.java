package org.trabecula.engine.ensemble;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.trabecula.engine.RandomCourse;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;

/// How far an ensemble is from the same members one by one at short Runge-Kutta steps, over random
/// bodies, regimens and members. `main` looks at as many seeds as it is told, at as many steps a
/// year, and prints the worst.
final class Accuracy {

  static final int MEMBERS = 2;

  private Accuracy() {}

  /// The largest relative deviation of each observable over days and members.
  static Map<Observable, Double> worst(long seed, double stepsPerYear) {
    RandomCourse course = RandomCourse.of(seed);
    Parameters typical = Parameters.shipped();
    Members members = members(seed, course.body(), MEMBERS);
    EnsembleReadOuts fast = new EnsembleReadOuts();
    EnsembleSimulation.run(typical, course.body(), course.exposure(), members, course.days(), fast);
    EnsembleReadOuts truth = new EnsembleReadOuts();
    double start = EnsembleSimulation.start(typical, course.body(), course.exposure(), members);
    OneByOne.run(
        typical,
        course.body(),
        course.exposure(),
        members,
        Math.min(start, course.days()[0]),
        course.days(),
        stepsPerYear,
        truth);
    Map<Observable, Double> worst = new EnumMap<>(Observable.class);
    for (Observable observable : Observable.values()) {
      for (int d = 0; d < course.days().length; d++) {
        for (int i = 0; i < MEMBERS; i++) {
          double error = fast.at(observable, d)[i] / truth.at(observable, d)[i] - 1;
          worst.merge(observable, Math.abs(error), Accuracy::larger);
        }
      }
    }
    return worst;
  }

  /// Also where one is not a number.
  static double larger(double a, double b) {
    return a >= b ? a : b;
  }

  /// Members that differ as patients do.
  static Members members(long seed, Physiology body, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    Members members = Members.typical(size, body);
    for (Trait trait : Trait.values()) {
      double[] values = members.of(trait);
      for (int i = 0; i < size; i++) {
        values[i] =
            switch (trait) {
              case FMP -> values[i] + (body.fmpWidth() < 0.2 ? 0 : random.nextGaussian(0, 1));
              case HYPOGONADISM, GHD, CORTISOL_ONSET -> values[i];
              default -> values[i] * Math.exp(random.nextGaussian(0, 0.25));
            };
      }
    }
    return members;
  }

  public static void main(String[] arguments) {
    int cases = Integer.parseInt(arguments[0]);
    double stepsPerYear = Double.parseDouble(arguments[1]);
    Map<Observable, Double> worst = new EnumMap<>(Observable.class);
    Map<Observable, Long> at = new EnumMap<>(Observable.class);
    for (long seed = 1; seed <= cases; seed++) {
      for (var entry : worst(seed, stepsPerYear).entrySet()) {
        Double before = worst.get(entry.getKey());
        if (before == null || !(before >= entry.getValue())) {
          worst.put(entry.getKey(), entry.getValue());
          at.put(entry.getKey(), seed);
        }
      }
    }
    worst.forEach(
        (what, error) -> System.out.printf("%-20s %.1e  seed %d%n", what, error, at.get(what)));
  }
}
