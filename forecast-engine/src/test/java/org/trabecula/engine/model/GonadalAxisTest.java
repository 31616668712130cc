package org.trabecula.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.engine.model.GonadalAxis.Capacities;
import org.trabecula.engine.model.GonadalAxis.Fault;
import org.trabecula.engine.model.Physiology.HormoneShift;

class GonadalAxisTest {

  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final Parameters.Endocrine P = Parameters.shipped().endocrine();

  /// The axis, left to itself with these capacities, comes to rest where it was asked to.
  @ParameterizedTest
  @CsvSource({
    "LEYDIG, 30, 40, 1", "LEYDIG, 300, 60, 1.4", "CENTRAL, 30, 75, 0.6", "CENTRAL, 300, 40, 1",
    "BOTH, 30, 60, 1", "BOTH, 550, 30, 1", "BOTH, 300, 60, 0.7", "LEYDIG, 900, 40, 1",
    "CENTRAL, 900, 40, 1", "BOTH, 1400, 70, 1.3"
  })
  void explainsALevel(Fault fault, double testosterone, double age, double aromatisation) {
    Physiology man = man(age, aromatisation);
    Physiology explained = GonadalAxis.explain(testosterone, age, fault, P, man);
    assertThat(GonadalAxis.resting(age, P, explained))
        .isCloseTo(testosterone, within(1e-9 * testosterone));
  }

  @ParameterizedTest
  @CsvSource({"LEYDIG", "CENTRAL", "BOTH"})
  void aHealthyLevelNeedsNoFault(Fault fault) {
    double healthy = GonadalAxis.resting(50, P, man(50, 1));
    Capacities found = GonadalAxis.capacities(healthy, 50, fault, P, man(50, 1));
    assertThat(found.leydig()).isCloseTo(1, within(1e-9));
    assertThat(found.central()).isCloseTo(1, within(1e-9));
    Capacities low = GonadalAxis.capacities(0.4 * healthy, 50, fault, P, man(50, 1));
    assertThat(low.leydig() < 1).isEqualTo(fault != Fault.CENTRAL);
    assertThat(low.central() < 1).isEqualTo(fault != Fault.LEYDIG);
  }

  private static Physiology man(double age, double aromatisation) {
    HormoneShift shift = new HormoneShift(1, 1, aromatisation, 1, 1, 1);
    return new Physiology(
        true, age, NEVER, 0, 1, NEVER, 1, 1, NEVER, 1, 1, NEVER, 1, false, 30, 27, 1, shift);
  }
}
