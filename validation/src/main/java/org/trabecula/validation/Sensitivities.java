package org.trabecula.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.trabecula.validation.FreeNumber.Numbers;

/// How much the spine after two years of a treatment changes with each free number.
///
/// @param points of change of each scenario in the order of `SCENARIOS`, when the number moves by
/// one standard deviation of its prior
record Sensitivities(FreeNumber number, List<Double> points) {

  static final List<Scenario> SCENARIOS =
      List.of(
          Scenario.EARLY_POSTMENOPAUSE,
          Scenario.MHT,
          Scenario.TESTOSTERONE,
          Scenario.ANASTROZOLE,
          Scenario.GROWTH_HORMONE,
          Scenario.PREDNISONE);

  private static final double YEARS = 2;

  /// The free numbers that matter most to any of the scenarios, most first.
  static List<Sensitivities> top(Numbers numbers, int count) {
    return FreeNumber.all().parallelStream()
        .map(number -> of(numbers, number))
        .sorted(Comparator.comparingDouble(Sensitivities::largest).reversed())
        .limit(count)
        .toList();
  }

  double largest() {
    return points.stream().mapToDouble(Math::abs).max().orElseThrow();
  }

  private static Sensitivities of(Numbers numbers, FreeNumber number) {
    double step = number.step(number.of(numbers));
    Numbers up = number.set(numbers, number.at(step + 0.5));
    Numbers down = number.set(numbers, number.at(step - 0.5));
    List<Double> points = new ArrayList<>();
    for (Scenario scenario : SCENARIOS) {
      points.add(spine(scenario, up) - spine(scenario, down));
    }
    return new Sensitivities(number, points);
  }

  private static double spine(Scenario scenario, Numbers numbers) {
    return scenario.change(numbers, Measure.LUMBAR_SPINE, YEARS)[0];
  }
}
