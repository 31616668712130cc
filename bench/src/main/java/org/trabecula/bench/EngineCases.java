package org.trabecula.bench;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.trabecula.engine.ensemble.EnsembleSimulation;
import org.trabecula.engine.ensemble.EnsembleState;
import org.trabecula.engine.ensemble.Members;
import org.trabecula.engine.ensemble.Trait;
import org.trabecula.engine.model.Exposure;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;
import org.trabecula.engine.model.Physiology.HormoneShift;
import org.trabecula.engine.model.Treatment;

/// What the engine is measured on: five invented patients, each as an ensemble that stands at the
/// day a treatment starts, and ten years of months.
final class EngineCases {
  static final int MEMBERS = 1000;
  static final int MONTHS = 120;
  static final Parameters TYPICAL = Parameters.shipped();
  static final double[] DAYS =
      IntStream.rangeClosed(0, MONTHS).mapToDouble(m -> m * Physiology.YEAR / 12).toArray();

  private static final double NEVER = Double.POSITIVE_INFINITY;

  /// Released doses per day from day 0 on.
  ///
  /// @param depotRate at which testosterone wears off, 1/d; 0 when it is at steady state at once
  record Dose(
      double depotRate, double testosterone, double estradiol, double anastrozole, double gh)
      implements Exposure {

    @Override
    public Treatment at(double day) {
      if (day < 0) {
        return Treatment.NONE;
      }
      double filled = depotRate > 0 ? 1 - StrictMath.exp(-depotRate * day) : 1;
      return new Treatment(
          testosterone * filled, estradiol, false, anastrozole, 0, 0, 0, 0, 0, gh, 0, false);
    }

    @Override
    public double[] switches() {
      return new double[] {0};
    }
  }

  /// @param now where the members stand on day 0
  record Case(String name, Physiology body, Dose dose, Members members, EnsembleState now) {}

  private EngineCases() {}

  static List<Case> all() {
    return List.of(
        of("menopause", woman(50.5, 51), new Dose(0, 0, 0, 0, 0)),
        of("estradiol patch", woman(55, 51), new Dose(0, 0, 37.5, 0, 0)),
        of("testosterone", man(58, 48, 0.065, NEVER), new Dose(Math.log(2) / 8, 7, 0, 0, 0)),
        of("anastrozole", man(70, 60, 0.6, NEVER), new Dose(0, 0, 0, 1, 0)),
        of("growth hormone", man(48, NEVER, 1, 38), new Dose(0, 0, 0, 0, 0.65)));
  }

  private static Case of(String name, Physiology body, Dose dose) {
    Members members = spread(body);
    EnsembleState now = EnsembleSimulation.at(0, TYPICAL, body, dose, members);
    return new Case(name, body, dose, members, now);
  }

  private static Members spread(Physiology body) {
    SplittableRandom random = new SplittableRandom(1);
    Members members = Members.typical(MEMBERS, body);
    for (Trait trait : Trait.values()) {
      double[] values = members.of(trait);
      double sd = sd(trait);
      if (trait == Trait.FMP) {
        Arrays.setAll(values, i -> values[i] + random.nextGaussian(0, 0.5));
      } else if (sd > 0) {
        Arrays.setAll(values, i -> values[i] * StrictMath.exp(random.nextGaussian(0, sd)));
      }
    }
    return members;
  }

  private static double sd(Trait trait) {
    return switch (trait) {
      case TAU_P, TAU_B -> 0.15;
      case RHO_T, RHO_C, G_FT, ESTRADIOL, IGF -> 0.25;
      case K_E, A_LE, TESTOSTERONE_EXPOSURE, FEMALE_TESTOSTERONE, F_G -> 0.3;
      case A_LI, C_I, ESTRADIOL_POST -> 0.35;
      case A_LA, C_A, AGE_T, AGE_C, ESTRADIOL_EXPOSURE -> 0.4;
      case KAP_L, KAP_H, FMP, HYPOGONADISM, GHD, CORTISOL_ONSET -> 0;
    };
  }

  private static Physiology woman(double age, double fmp) {
    return body(false, age, fmp, NEVER, 1, NEVER);
  }

  private static Physiology man(double age, double hypogonadism, double kapL, double ghd) {
    return body(true, age, NEVER, hypogonadism, kapL, ghd);
  }

  private static Physiology body(
      boolean male, double age, double fmp, double hypogonadism, double kapL, double ghd) {
    double kapGH = ghd < NEVER ? TYPICAL.endocrine().kapGhd() : 1;
    return new Physiology(
        male,
        age,
        fmp,
        TYPICAL.endocrine().fmpLag(),
        TYPICAL.endocrine().fmpWidth(),
        hypogonadism,
        kapL,
        1,
        ghd,
        kapGH,
        1,
        NEVER,
        1,
        false,
        30,
        27,
        1,
        HormoneShift.NONE);
  }
}
