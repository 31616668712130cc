package org.trabecula.engine;

/// One administration on the model's clock, as the dose per day that acts. A depot fills and
/// empties exponentially: the mean of the superposed single doses, in closed form.
///
/// @param start day of the first dose, from `asOf`
/// @param stop day of the last dose; infinite while it goes on
/// @param dailyDose in the unit of [Agent#dailyDose]
/// @param intervalDays between doses
record Dosing(Agent agent, double start, double stop, double dailyDose, double intervalDays) {

  boolean on(double day) {
    return day >= start && day < stop;
  }

  /// Dose per day that acts at `day`.
  double acting(double day) {
    if (day < start) {
      return 0;
    }
    if (!agent.depot()) {
      return on(day) ? dailyDose : 0;
    }
    double k = rate();
    if (on(day)) {
      return dailyDose * (1 - StrictMath.exp(-k * (day - start)));
    }
    double atStop = dailyDose * (1 - StrictMath.exp(-k * (stop - start)));
    return atStop * StrictMath.exp(-k * (day - stop));
  }

  /// Peak over mean at steady state; superposition of equal doses at equal intervals.
  double peakRatio() {
    double x = rate() * intervalDays;
    return x / (1 - StrictMath.exp(-x));
  }

  double troughRatio() {
    return peakRatio() * StrictMath.exp(-rate() * intervalDays);
  }

  private double rate() {
    return StrictMath.log(2) / agent.halfLifeDays();
  }
}
