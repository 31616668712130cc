package org.trabecula.engine.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.engine.RandomCourse;
import org.trabecula.engine.model.Exposure;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;
import org.trabecula.engine.model.SimulationFailure;
import org.trabecula.engine.model.Treatment;

/// `docs/model.md` has what the thousand cases of [Accuracy] gave.
class EnsembleSimulationTest {

  private static final Parameters TYPICAL = Parameters.shipped();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void staysWithShortRungeKuttaSteps(long seed) {
    Map<Observable, Double> worst = Accuracy.worst(seed, 384);
    assertThat(worst)
        .allSatisfy(
            (what, error) ->
                assertThat(error)
                    .as(what.name())
                    .isLessThan(
                        switch (what) {
                          case LUMBAR_SPINE, FEMORAL_NECK, TOTAL_HIP, CORTICAL_VOLUME -> 1e-4;
                          case TRABECULAR_VOLUME, TRABECULAR_NUMBER, TBS -> 3e-4;
                          case CTX, P1NP, RANKL_OPG -> 1e-3;
                          // In the weeks after a switch the loop of LH is the fastest of all.
                          case IGF1, ESTRADIOL, TESTOSTERONE -> 1e-2;
                        }));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void scalarsGiveTheBitsOfVectors(long seed) {
    RandomCourse course = RandomCourse.of(seed);
    Members members = Accuracy.members(seed, course.body(), 70);
    assertSame(
        run(course, members, new Block(new ScalarLanes())),
        run(course, members, new Block(Lanes.best())),
        false);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {3, 4})
  void aMemberDoesNotFeelItsBlock(long seed) {
    RandomCourse course = RandomCourse.of(seed);
    Members members = Accuracy.members(seed, course.body(), 130);
    Members reversed = Members.typical(130, course.body());
    for (Trait trait : Trait.values()) {
      for (int i = 0; i < 130; i++) {
        reversed.of(trait)[i] = members.of(trait)[129 - i];
      }
    }
    assertSame(run(course, members), run(course, reversed), true);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void lostTrabeculaeStayLostInEveryMember(long seed) {
    RandomCourse course = RandomCourse.of(seed);
    EnsembleReadOuts out = run(course, Accuracy.members(seed, course.body(), 70));
    for (int day = 1; day < out.days().length; day++) {
      double[] before = out.at(Observable.TRABECULAR_NUMBER, day - 1);
      double[] after = out.at(Observable.TRABECULAR_NUMBER, day);
      for (int i = 0; i < after.length; i++) {
        assertThat(after[i]).isLessThanOrEqualTo(before[i] * (1 + 1e-6));
      }
    }
  }

  @Test
  void namesDayStateAndMemberWhenAStateLeavesThePositiveNumbers() {
    RandomCourse course = RandomCourse.of(1);
    Members members = Members.typical(70, course.body());
    EnsembleReadOuts sound = run(course, members);
    members.of(Trait.IGF)[66] = -1;
    EnsembleReadOuts out = run(course, members);
    assertThat(out.failures()).containsOnlyKeys(66);
    SimulationFailure failure = out.failures().get(66);
    assertThat(failure.state()).isEqualTo("I");
    assertThat(failure.day()).isLessThan(-3652);
    assertThat(failure).hasMessageContaining("member 66");
    int last = out.days().length - 1;
    for (Observable observable : Observable.values()) {
      assertThat(out.at(observable, last)[66]).isNaN();
      assertThat(out.at(observable, last)[65]).isEqualTo(sound.at(observable, last)[65]);
    }
  }

  @Test
  void aReadOutAtASwitchIsWhatWasBeforeIt() {
    Physiology body = woman();
    double[] days = {0, 0.001};
    EnsembleReadOuts out = new EnsembleReadOuts();
    EnsembleSimulation.run(TYPICAL, body, patchFrom(0), Members.typical(1, body), days, out);
    assertThat(out.at(Observable.ESTRADIOL, 0)[0]).isLessThan(10);
    assertThat(out.at(Observable.ESTRADIOL, 1)[0]).isGreaterThan(40);
    assertThat(out.at(Observable.LUMBAR_SPINE, 1)[0])
        .isCloseTo(out.at(Observable.LUMBAR_SPINE, 0)[0], within(1e-6));
  }

  @Test
  void theFutureDoesNotReachThePast() {
    Physiology body = woman();
    double[] now = {0};
    Members members = Members.typical(1, body);
    EnsembleReadOuts with = new EnsembleReadOuts();
    EnsembleReadOuts without = new EnsembleReadOuts();
    EnsembleSimulation.run(TYPICAL, body, patchFrom(0), members, now, with);
    EnsembleSimulation.run(TYPICAL, body, Exposure.NONE, members, now, without);
    for (Observable observable : Observable.values()) {
      assertThat(with.at(observable, 0)[0] / without.at(observable, 0)[0])
          .isCloseTo(1, within(1e-7));
    }
  }

  @Test
  void goesOnFromAState() {
    RandomCourse course = RandomCourse.of(4);
    Members members = Accuracy.members(4, course.body(), 3);
    double[] days = {0, 100, 1000};
    EnsembleReadOuts whole = new EnsembleReadOuts();
    EnsembleReadOuts rest = new EnsembleReadOuts();
    EnsembleSimulation.run(TYPICAL, course.body(), course.exposure(), members, days, whole);
    EnsembleState now =
        EnsembleSimulation.at(0, TYPICAL, course.body(), course.exposure(), members);
    EnsembleSimulation.run(TYPICAL, course.body(), course.exposure(), members, now, days, rest);
    for (int d = 0; d < days.length; d++) {
      for (int i = 0; i < members.size(); i++) {
        assertThat(rest.at(Observable.LUMBAR_SPINE, d)[i])
            .isCloseTo(whole.at(Observable.LUMBAR_SPINE, d)[i], within(1e-4));
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EnsembleSimulation.run(
                    TYPICAL,
                    course.body(),
                    course.exposure(),
                    members,
                    now,
                    new double[] {-1},
                    rest))
        .withMessageContaining("-1");
  }

  @Test
  void readsADayBeforeTheRunInToo() {
    Physiology body = woman();
    EnsembleReadOuts out = new EnsembleReadOuts();
    double[] longAgo = {-40 * Physiology.YEAR};
    EnsembleSimulation.run(TYPICAL, body, Exposure.NONE, Members.typical(1, body), longAgo, out);
    assertThat(out.at(Observable.LUMBAR_SPINE, 0)[0]).isCloseTo(1, within(1e-12));
  }

  /// On scalars, because an interpreter puts vectors on the heap.
  @Test
  void allocatesLittle() {
    RandomCourse course = RandomCourse.of(12);
    Members members = Accuracy.members(12, course.body(), 200);
    EnsembleReadOuts out = new EnsembleReadOuts();
    Block block = new Block(new ScalarLanes());
    Runnable run =
        () ->
            EnsembleSimulation.run(
                TYPICAL, course.body(), course.exposure(), members, course.days(), out, block);
    run.run();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    run.run();
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2 * 1024 * 1024);
  }

  private static Physiology woman() {
    return new Physiology(
        false,
        55,
        51,
        -0.5,
        0.5,
        Double.POSITIVE_INFINITY,
        1,
        1,
        Double.POSITIVE_INFINITY,
        1,
        1,
        Double.POSITIVE_INFINITY,
        1,
        false,
        30,
        27,
        1,
        Physiology.HormoneShift.NONE);
  }

  /// 50 pg/mL of estradiol.
  private static Exposure patchFrom(double start) {
    Treatment patch = new Treatment(0, 50, false, 0, 0, 0, 0, 0, 0, 0, 0, false);
    return new Exposure() {
      @Override
      public Treatment at(double day) {
        return day < start ? Treatment.NONE : patch;
      }

      @Override
      public double[] switches() {
        return new double[] {start};
      }
    };
  }

  private static EnsembleReadOuts run(RandomCourse course, Members members) {
    return run(course, members, new Block(Lanes.best()));
  }

  private static EnsembleReadOuts run(RandomCourse course, Members members, Block block) {
    EnsembleReadOuts out = new EnsembleReadOuts();
    EnsembleSimulation.run(
        TYPICAL, course.body(), course.exposure(), members, course.days(), out, block);
    return out;
  }

  private static void assertSame(EnsembleReadOuts a, EnsembleReadOuts b, boolean reversed) {
    for (Observable observable : Observable.values()) {
      for (int d = 0; d < a.days().length; d++) {
        double[] values = b.at(observable, d).clone();
        for (int i = 0; reversed && i < values.length; i++) {
          values[i] = b.at(observable, d)[values.length - 1 - i];
        }
        assertThat(a.at(observable, d)).as("%s, day %d", observable, d).isEqualTo(values);
      }
    }
  }
}
