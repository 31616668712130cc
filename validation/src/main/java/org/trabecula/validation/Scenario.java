package org.trabecula.validation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Cohort;
import org.trabecula.engine.Cohort.Course;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.model.ReadOut;
import org.trabecula.validation.FreeNumber.Numbers;

/// A typical person and a treatment that the report follows over time.
enum Scenario {
  MENOPAUSE("Natural menopause, untreated", 5, 15, woman(46, 51, List.of())),
  EARLY_POSTMENOPAUSE(
      "Woman, 2 y after the last period, untreated", 0, 6, woman(53, 51, List.of())),
  LATE_POSTMENOPAUSE(
      "Woman, 15 y after the last period, untreated", 0, 6, woman(66, 51, List.of())),
  MHT(
      "Estradiol patch 50 ug/d for 3 y, then stopped",
      0,
      6,
      woman(53, 51, List.of(years("estradiol-patch", 50, "ug/d", 1, 3)))),
  TESTOSTERONE(
      "Hypogonadal man (200 ng/dL), testosterone",
      0,
      4,
      man(50, Hypogonadism.CENTRAL, 200.0, List.of(testosterone()))),
  TESTOSTERONE_AND_ANASTROZOLE(
      "The same man, testosterone and anastrozole",
      0,
      4,
      man(50, Hypogonadism.CENTRAL, 200.0, List.of(testosterone(), anastrozole()))),
  ANASTROZOLE(
      "Man of 70 (300 ng/dL), anastrozole alone",
      0,
      4,
      man(70, Hypogonadism.NONE, 300.0, List.of(anastrozole()))),
  GROWTH_HORMONE(
      "GH-deficient man, somatropin, net of none",
      0,
      4,
      deficient(List.of(always("somatropin", 0.4, "mg", 1))),
      deficient(List.of())),
  GH_PEPTIDE(
      "The same man, tesamorelin, net of none",
      0,
      4,
      deficient(List.of(always("tesamorelin", 2, "mg", 1))),
      deficient(List.of())),
  PREDNISONE(
      "Man of 55, prednisone 7.5 mg/d",
      0,
      4,
      man(55, Hypogonadism.NONE, null, List.of(always("prednisone", 7.5, "mg", 1)))),
  GNRH_AGONIST(
      "Woman of 32, GnRH agonist for 6 months",
      0,
      4,
      woman(32, 51, List.of(years("gnrh-agonist", 3.75, "mg", 28, 0.5))));

  private static final double YEAR = 365.25;

  private final String title;
  private final double zero;
  private final double years;
  private final Cohort arm;
  private final @Nullable Cohort control;

  Scenario(String title, double zero, double years, Cohort arm) {
    this(title, zero, years, arm, null);
  }

  Scenario(String title, double zero, double years, Cohort arm, @Nullable Cohort control) {
    this.title = title;
    this.zero = zero;
    this.years = years;
    this.arm = arm;
    this.control = control;
  }

  String title() {
    return title;
  }

  /// Years from baseline to the event that the course is about.
  double zero() {
    return zero;
  }

  double years() {
    return years;
  }

  /// Per cent from baseline, net of the control where there is one.
  ///
  /// @param years from baseline, ascending
  double[] change(Numbers numbers, Measure measure, double... years) {
    double[] change = ofArm(numbers, arm, measure, years);
    if (control != null) {
      double[] without = ofArm(numbers, control, measure, years);
      Arrays.setAll(change, i -> change[i] - without[i]);
    }
    return change;
  }

  /// Per cent in the arm alone.
  double[] changeInArm(Numbers numbers, Measure measure, double... years) {
    return ofArm(numbers, arm, measure, years);
  }

  private static double[] ofArm(Numbers numbers, Cohort cohort, Measure measure, double[] years) {
    double[] days =
        DoubleStream.concat(DoubleStream.of(0), Arrays.stream(years).map(y -> y * YEAR))
            .distinct()
            .toArray();
    List<ReadOut> course = cohort.course(numbers.parameters(), numbers.agents(), days);
    double[] values =
        course.stream()
            .mapToDouble(readOut -> measure.of(readOut, numbers.parameters().readOut()))
            .toArray();
    int first = days.length - years.length;
    double[] change = new double[years.length];
    Arrays.setAll(change, i -> 100 * (values[first + i] / values[0] - 1));
    return change;
  }

  private static Cohort woman(double age, double finalPeriod, List<Course> courses) {
    return cohort(
        SexForClinicalUse.FEMALE, age, finalPeriod, Hypogonadism.NONE, null, false, courses);
  }

  private static Cohort man(
      double age, Hypogonadism hypogonadism, @Nullable Double t, List<Course> courses) {
    return cohort(SexForClinicalUse.MALE, age, null, hypogonadism, t, false, courses);
  }

  private static Cohort deficient(List<Course> courses) {
    return cohort(SexForClinicalUse.MALE, 45, null, Hypogonadism.NONE, null, true, courses);
  }

  private static Cohort cohort(
      SexForClinicalUse sex,
      double age,
      @Nullable Double finalPeriod,
      Hypogonadism hypogonadism,
      @Nullable Double t,
      boolean growthHormoneDeficiency,
      List<Course> courses) {
    return new Cohort(
        sex, age, finalPeriod, false, hypogonadism, t, null, growthHormoneDeficiency, 27, courses);
  }

  private static Course testosterone() {
    return always("testosterone-cypionate", 100, "mg", 7);
  }

  private static Course anastrozole() {
    return always("anastrozole", 1, "mg", 1);
  }

  private static Course always(String agent, double dose, String unit, double interval) {
    return new Course(agent, dose, unit, interval, 0, Double.POSITIVE_INFINITY);
  }

  private static Course years(
      String agent, double dose, String unit, double interval, double years) {
    return new Course(agent, dose, unit, interval, 0, years * 365.25);
  }
}
