package org.trabecula.engine.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.engine.RandomCourse;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;

class PanelsTest {

  private static final double YEAR = Physiology.YEAR;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everySwitchIsABoundaryWithShortPanelsAfterIt(long seed) {
    RandomCourse course = RandomCourse.of(seed);
    Panels panels = panels(course);
    assertThat(panels.ends()).isSorted().doesNotHaveDuplicates();
    assertThat(panels.ends()[panels.count() - 1]).isEqualTo(10 * YEAR);
    for (double change : course.exposure().switches()) {
      if (change < 10 * YEAR) {
        assertThat(panels.ends()).contains(change);
        assertThat(longest(panels, change, change + 7)).isLessThan(YEAR / 40);
        assertThat(longest(panels, change, change + YEAR / 4)).isLessThan(YEAR / 6);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatMembersDoAtTheirOwnTimeIsResolvedForAllOfThem(long seed) {
    RandomCourse course = RandomCourse.of(seed);
    Physiology body = course.body();
    Members members = Accuracy.members(seed, body, 20);
    Panels panels = panels(course, members);
    for (Onset onset : Onset.of(Parameters.shipped().endocrine(), body, members)) {
      if (onset.dated()) {
        double from = (onset.first() - onset.width() - body.ageAtZero()) * YEAR;
        double to = (onset.last() + onset.width() - body.ageAtZero()) * YEAR;
        assertThat(longest(panels, from, to)).isLessThanOrEqualTo(0.61 * onset.width() * YEAR);
      }
    }
  }

  @Test
  void panelsAreLongWhereNothingHappens() {
    Physiology body = RandomCourse.of(2).body();
    Panels panels =
        Panels.between(
            Parameters.shipped(),
            body,
            org.trabecula.engine.model.Exposure.NONE,
            new Onset[0],
            0,
            10 * YEAR);
    assertThat(panels.count()).isLessThanOrEqualTo(12);
    assertThat(panels.ends()[panels.count() - 1]).isCloseTo(10 * YEAR, within(1e-9));
  }

  private static Panels panels(RandomCourse course) {
    return panels(course, Members.typical(3, course.body()));
  }

  private static Panels panels(RandomCourse course, Members members) {
    Parameters p = Parameters.shipped();
    Onset[] onsets = Onset.of(p.endocrine(), course.body(), members);
    return Panels.fromYoungAdult(p, course.body(), course.exposure(), onsets, 0, 10 * YEAR);
  }

  private static double longest(Panels panels, double from, double to) {
    double longest = 0;
    for (int k = 0; k < panels.count(); k++) {
      if (panels.from(k) >= from && panels.from(k) < to) {
        longest = Math.max(longest, panels.ends()[k] - panels.from(k));
      }
    }
    return longest;
  }
}
