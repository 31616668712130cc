package org.trabecula.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.model.BoneModel;
import org.trabecula.engine.model.GonadalAxis;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;
import org.trabecula.engine.model.Physiology.HormoneShift;
import org.trabecula.engine.model.ReadOut;
import org.trabecula.engine.model.Simulation;

/// A group of people as a trial describes an arm: by means. Its course is that of its typical
/// member, without uncertainty.
///
/// Means of many are exact where one result of a patient is not: the levels given here set the
/// typical member's own hormones.
///
/// @param age mean age at day 0, y
/// @param finalMenstrualPeriod mean age at the final menstrual period or the oophorectomy; null in
/// men and where there was none yet
/// @param surgical whether it was an oophorectomy
/// @param hypogonadism of men, before day 0; its onset lies as far back as one of unknown date
/// @param testosterone mean untreated level of men, ng/dL; null when not stated
/// @param estradiol mean untreated level of men, pg/mL; null when not stated
/// @param growthHormoneDeficiency of adult onset, as far back as one of unknown date
/// @param bmi kg/m2
/// @param courses all medication, before and after day 0
public record Cohort(
    SexForClinicalUse sex,
    double age,
    @Nullable Double finalMenstrualPeriod,
    boolean surgical,
    Hypogonadism hypogonadism,
    @Nullable Double testosterone,
    @Nullable Double estradiol,
    boolean growthHormoneDeficiency,
    double bmi,
    List<Course> courses) {

  private static final double NEVER = Double.POSITIVE_INFINITY;

  /// One agent over one stretch of time.
  ///
  /// @param agent engine code
  /// @param dose per administration, for a rate (`ug/d`) per day
  /// @param start day of the first dose
  /// @param stop day of the last; infinite while it goes on
  public record Course(
      String agent, double dose, String unit, double intervalDays, double start, double stop) {

    public Course {
      if (!(dose > 0 && intervalDays > 0 && stop > start)) {
        throw new IllegalArgumentException(
            "%s: dose %s every %s days from day %s to %s"
                .formatted(agent, dose, intervalDays, start, stop));
      }
    }
  }

  public Cohort {
    if (sex == SexForClinicalUse.UNKNOWN) {
      throw new IllegalArgumentException("sex must be known");
    }
    if (!(age >= 18 && age <= 100)) {
      throw new IllegalArgumentException("age must be 18 to 100, not " + age);
    }
    courses = List.copyOf(courses);
  }

  /// @param days ascending, from day 0
  /// @throws IllegalArgumentException if an agent is unknown or outside the model
  public List<ReadOut> course(Parameters parameters, Agents agents, double[] days) {
    Parameters.Endocrine p = parameters.endocrine();
    ExposureHistory exposure = new ExposureHistory(dosings(agents), p.iStack());
    return Simulation.run(new BoneModel(parameters, body(p), exposure), days);
  }

  private Physiology body(Parameters.Endocrine p) {
    boolean male = sex == SexForClinicalUse.MALE;
    boolean deficient =
        hypogonadism == Hypogonadism.PRIMARY || hypogonadism == Hypogonadism.CENTRAL;
    Physiology body =
        new Physiology(
            male,
            age,
            finalMenstrualPeriod == null ? NEVER : finalMenstrualPeriod,
            surgical ? p.fmpLagSurgical() : p.fmpLag(),
            surgical ? p.fmpWidthSurgical() : p.fmpWidth(),
            male && deficient ? onset(p) : NEVER,
            1,
            1,
            growthHormoneDeficiency ? onset(p) : NEVER,
            growthHormoneDeficiency ? p.kapGhd() : 1,
            growthHormoneDeficiency ? p.pituitaryGhd() : 1,
            NEVER,
            1,
            false,
            p.vitDRef(),
            bmi,
            bmi / p.bmiRef(),
            HormoneShift.NONE);
    return male ? withOwnLevels(body, deficient, p) : body;
  }

  private Physiology withOwnLevels(Physiology body, boolean deficient, Parameters.Endocrine p) {
    Double t = testosterone == null && deficient ? (Double) p.tHypogonadal() : testosterone;
    Physiology own = body;
    if (estradiol != null) {
      double resting = t == null ? GonadalAxis.resting(age, p, body) : t;
      double fat = StrictMath.sqrt(bmi / p.bmiRef());
      double aromatised = Math.max(0.1 * estradiol, estradiol / fat - p.e0());
      own = body.withShift(new HormoneShift(1, 1, aromatised / (p.aE() * resting), 1, 1, 1));
    }
    return t == null
        ? own
        : GonadalAxis.explain(t, age, fault(), p, deficient ? own : own.hypogonadalForLife());
  }

  private GonadalAxis.Fault fault() {
    return switch (hypogonadism) {
      case PRIMARY -> GonadalAxis.Fault.LEYDIG;
      case CENTRAL -> GonadalAxis.Fault.CENTRAL;
      case NONE, UNKNOWN -> GonadalAxis.Fault.BOTH;
    };
  }

  private double onset(Parameters.Endocrine p) {
    return Math.max(age - p.onsetBefore(), Math.min(18, age));
  }

  private List<Dosing> dosings(Agents agents) {
    List<Dosing> dosings = new ArrayList<>();
    for (Course course : courses) {
      Agent agent =
          agents
              .find(course.agent())
              .orElseThrow(() -> new IllegalArgumentException("no agent " + course.agent()));
      if (agent.outsideModel()) {
        throw new IllegalArgumentException(course.agent() + " is outside the model");
      }
      double daily = agent.dailyDose(course.dose(), course.unit(), 1 / course.intervalDays());
      dosings.add(new Dosing(agent, course.start(), course.stop(), daily, course.intervalDays()));
    }
    return dosings;
  }
}
