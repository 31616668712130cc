package org.trabecula.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.trabecula.engine.Agent.Effect;
import org.trabecula.engine.model.Exposure;
import org.trabecula.engine.model.GonadalAxis;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;

/// A body, a medication history with starts, stops and changes, and the days to look at: months
/// for ten years and some dates of results. All from a seed.
public record RandomCourse(Physiology body, Exposure exposure, double[] days) {

  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final double YEAR = Physiology.YEAR;

  public static RandomCourse of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean male = random.nextBoolean();
    double age = random.nextDouble(30, 80);
    return new RandomCourse(body(male, age, random), exposure(male, random), days(random));
  }

  private static Physiology body(boolean male, double age, SplittableRandom random) {
    Parameters.Endocrine p = Parameters.shipped().endocrine();
    boolean surgical = random.nextInt(4) == 0;
    double fmp = surgical ? random.nextDouble(32, 50) : random.nextGaussian(p.fmpMean(), p.fmpSd());
    boolean deficient = random.nextInt(5) == 0;
    boolean cushing = random.nextInt(8) == 0;
    boolean hypogonadal = male && random.nextInt(2) == 0;
    Physiology body =
        new Physiology(
            male,
            age,
            male ? NEVER : fmp,
            surgical ? p.fmpLagSurgical() : p.fmpLag(),
            surgical ? p.fmpWidthSurgical() : p.fmpWidth(),
            hypogonadal ? age - random.nextDouble(0.2, 20) : NEVER,
            1,
            1,
            deficient ? age - random.nextDouble(0.2, 20) : NEVER,
            deficient ? p.kapGhd() : 1,
            deficient ? p.pituitaryGhd() : 1,
            cushing ? age - random.nextDouble(0.2, 10) : NEVER,
            cushing ? p.hypercortisolism() : 1,
            !cushing && random.nextInt(8) == 0,
            random.nextDouble(8, 40),
            random.nextDouble(18, 38),
            random.nextDouble(0.7, 1.4),
            Physiology.HormoneShift.NONE);
    if (!male || random.nextInt(3) == 0) {
      return body;
    }
    GonadalAxis.Fault fault =
        GonadalAxis.Fault.values()[random.nextInt(GonadalAxis.Fault.values().length)];
    double testosterone = hypogonadal ? random.nextDouble(50, 300) : random.nextDouble(250, 800);
    return GonadalAxis.explain(testosterone, age, fault, p, body).hypogonadalForLife();
  }

  /// Up to four courses of agents, among them changes of dose.
  private static Exposure exposure(boolean male, SplittableRandom random) {
    List<Agent> agents =
        Agents.shipped().codes().stream()
            .map(code -> Agents.shipped().find(code).orElseThrow())
            .filter(agent -> !agent.outsideModel() && agent.effect() != Effect.NO_BONE_EFFECT)
            .filter(agent -> !male || agent.effect() != Effect.ESTROGEN)
            .toList();
    List<Dosing> dosings = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Agent agent = agents.get(random.nextInt(agents.size()));
      double most = agent.maxDailyDose() > 0 ? agent.maxDailyDose() : 1;
      if (!male && agent.effect() == Effect.TESTOSTERONE) {
        most /= 10;
      }
      double start = random.nextBoolean() ? 0 : Math.rint(random.nextDouble(-6 * YEAR, 8 * YEAR));
      double stop =
          random.nextBoolean() ? NEVER : start + Math.rint(random.nextDouble(20, 5 * YEAR));
      double change = start + Math.rint(random.nextDouble(10, 400));
      double dose = most * random.nextDouble(0.2, 1);
      if (random.nextInt(3) == 0 && change < stop) {
        dosings.add(new Dosing(agent, start, change, dose / 2, 1));
        start = change;
      }
      dosings.add(new Dosing(agent, start, stop, dose, 1));
    }
    return new ExposureHistory(dosings, Parameters.shipped().endocrine().iStack());
  }

  private static double[] days(SplittableRandom random) {
    DoubleStream results = IntStream.range(0, 6).mapToDouble(i -> random.nextDouble(-3 * YEAR, 0));
    DoubleStream months = IntStream.rangeClosed(0, 120).mapToDouble(m -> m * YEAR / 12);
    double[] days = DoubleStream.concat(results, months).toArray();
    Arrays.sort(days);
    return days;
  }
}
