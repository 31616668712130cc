package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trabecula.engine.Cohort.Course;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.ReadOut;

/// What a naive model gets wrong: the signs and shapes that trials agree on, in per cent of the
/// spine unless said otherwise.
class SignsTest {

  private static final double MONTH = 365.25 / 12;
  private static final double FOREVER = Double.POSITIVE_INFINITY;

  @Test
  void anastrozoleAloneCostsAnOlderManSpine() {
    Arm arm = man(70).with("anastrozole", 1, "mg", 1);
    assertThat(arm.spine(12)).isNegative();
    assertThat(arm.spine(12) - man(70).spine(12)).isLessThan(-0.8);
    assertThat(arm.change(ReadOut::t, 3)).isPositive();
  }

  @Test
  void aStrongAromataseInhibitorTakesTheGainOfTestosteroneAndTurnsItIntoALoss() {
    Arm testosterone = hypogonadal().with("testosterone-cypionate", 70, "mg", 7);
    Arm some = testosterone.with("anastrozole", 0.25, "mg", 1);
    Arm strong = testosterone.with("letrozole", 2.5, "mg", 1);
    assertThat(some.spine(24)).isLessThan(testosterone.spine(24) - 0.5);
    assertThat(strong.at(24).e2()).isLessThan(10);
    for (ToDoubleFunction<ReadOut> site : sites()) {
      assertThat(strong.change(site, 24)).isNegative();
    }
    assertThat(strong.at(24).t()).isGreaterThan(400);
  }

  @Test
  void growthHormoneInDeficiencyLowersTheSpineBeforeItRaisesIt() {
    Arm deficient = new Arm(SexForClinicalUse.MALE, 48, null, Hypogonadism.NONE, null, true);
    Arm treated = deficient.with("somatropin", 0.5, "mg", 1);
    assertThat(treated.spine(6) - deficient.spine(6)).isNegative();
    assertThat(treated.spine(24) - deficient.spine(24)).isGreaterThan(1);
  }

  @Test
  void hormoneTherapyGainsMostInTheFirstYearAndGivesBackHalfWithinTwoYearsOfStopping() {
    Arm treated = woman(55, 51).with("estradiol-patch", 50, "ug/d", 1);
    double first = treated.spine(12);
    double second = treated.spine(24) - first;
    double third = treated.spine(36) - treated.spine(24);
    assertThat(first).isGreaterThan(2).isGreaterThan(2 * second).isGreaterThan(2 * third);

    Arm stopped = woman(55, 51).with("estradiol-patch", 50, "ug/d", 1, 36);
    double gain = stopped.spine(36);
    assertThat(stopped.spine(60)).isLessThan(gain / 2);
  }

  @Test
  void estradiolLowersCtxWithinThreeMonthsAndP1npFollows() {
    Arm treated = woman(55, 51).with("estradiol-patch", 50, "ug/d", 1);
    assertThat(treated.change(ReadOut::ctx, 3)).isLessThan(-20);
    assertThat(treated.change(ReadOut::p1np, 3)).isGreaterThan(treated.change(ReadOut::ctx, 3) / 2);
    assertThat(treated.change(ReadOut::p1np, 12))
        .isLessThan(treated.change(ReadOut::p1np, 3))
        .isLessThan(-15);
  }

  @Test
  void aGlucocorticoidCostsAboutThreePercentInItsFirstYear() {
    double women = woman(60, 51).with("prednisone", 15, "mg", 1).spine(12);
    double men = man(60).with("prednisone", 15, "mg", 1).spine(12);
    assertThat((women + men) / 2).isBetween(-4.0, -2.0);
  }

  @Test
  void withoutARegimenLongAfterMenopauseLossIsSlow() {
    for (ToDoubleFunction<ReadOut> site : sites()) {
      assertThat(woman(68, 51).change(site, 12)).isBetween(-1.0, -0.1);
    }
  }

  private static List<ToDoubleFunction<ReadOut>> sites() {
    return List.of(ReadOut::ls, ReadOut::fn, ReadOut::th);
  }

  private static Arm man(double age) {
    return new Arm(SexForClinicalUse.MALE, age, null, Hypogonadism.NONE, 320.0, false);
  }

  private static Arm hypogonadal() {
    return new Arm(SexForClinicalUse.MALE, 55, null, Hypogonadism.PRIMARY, 250.0, false);
  }

  private static Arm woman(double age, double finalMenstrualPeriod) {
    return new Arm(
        SexForClinicalUse.FEMALE, age, finalMenstrualPeriod, Hypogonadism.NONE, null, false);
  }

  private record Arm(
      SexForClinicalUse sex,
      double age,
      @Nullable Double finalMenstrualPeriod,
      Hypogonadism hypogonadism,
      @Nullable Double testosterone,
      boolean growthHormoneDeficiency,
      List<Course> courses) {

    Arm(
        SexForClinicalUse sex,
        double age,
        @Nullable Double finalMenstrualPeriod,
        Hypogonadism hypogonadism,
        @Nullable Double testosterone,
        boolean growthHormoneDeficiency) {
      this(
          sex,
          age,
          finalMenstrualPeriod,
          hypogonadism,
          testosterone,
          growthHormoneDeficiency,
          List.of());
    }

    Arm with(String agent, double dose, String unit, double interval) {
      return with(agent, dose, unit, interval, FOREVER);
    }

    Arm with(String agent, double dose, String unit, double interval, double months) {
      List<Course> more = new ArrayList<>(courses);
      more.add(new Course(agent, dose, unit, interval, 0, months * MONTH));
      return new Arm(
          sex,
          age,
          finalMenstrualPeriod,
          hypogonadism,
          testosterone,
          growthHormoneDeficiency,
          more);
    }

    double spine(int month) {
      return change(ReadOut::ls, month);
    }

    /// Per cent from month 0.
    double change(ToDoubleFunction<ReadOut> quantity, int month) {
      return 100 * (quantity.applyAsDouble(at(month)) / quantity.applyAsDouble(at(0)) - 1);
    }

    ReadOut at(int month) {
      Cohort cohort =
          new Cohort(
              sex,
              age,
              finalMenstrualPeriod,
              false,
              hypogonadism,
              testosterone,
              null,
              growthHormoneDeficiency,
              27,
              courses);
      double[] days = IntStream.rangeClosed(0, month).mapToDouble(m -> m * MONTH).toArray();
      return cohort.course(Parameters.shipped(), Agents.shipped(), days).getLast();
    }
  }
}
