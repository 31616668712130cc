package org.trabecula.engine;

import java.util.List;
import java.util.stream.DoubleStream;
import org.trabecula.engine.model.Exposure;
import org.trabecula.engine.model.Treatment;

/// A patient's medication, past and planned, as the model's inputs. Agents add up; nothing else is
/// known of combinations.
final class ExposureHistory implements Exposure {

  private static final double SUPPRESSING_DAYS = 182;

  private static final int EFFECTS = Agent.Effect.values().length;

  private final List<Dosing> dosings;
  private final double stackCeiling;

  /// @param stackCeiling saturation of several GH secretagogues
  ExposureHistory(List<Dosing> dosings, double stackCeiling) {
    this.dosings = List.copyOf(dosings);
    this.stackCeiling = stackCeiling;
  }

  List<Dosing> dosings() {
    return dosings;
  }

  @Override
  public double[] switches() {
    return dosings.stream()
        .flatMapToDouble(dosing -> DoubleStream.of(dosing.start(), dosing.stop()))
        .filter(Double::isFinite)
        .toArray();
  }

  @Override
  public Treatment at(double day) {
    double[] sum = new double[EFFECTS];
    double strongestSecretagogue = 0;
    boolean oralEstrogen = false;
    for (Dosing dosing : dosings) {
      double acting = dosing.acting(day);
      if (acting > 0) {
        Agent agent = dosing.agent();
        double response = agent.response(acting);
        sum[agent.effect().ordinal()] += response;
        oralEstrogen |= agent.firstPass();
        if (agent.effect() == Agent.Effect.GH_SECRETAGOGUE) {
          strongestSecretagogue = Math.max(strongestSecretagogue, response);
        }
      }
    }
    return new Treatment(
        sum[Agent.Effect.TESTOSTERONE.ordinal()],
        sum[Agent.Effect.ESTROGEN.ordinal()],
        oralEstrogen,
        sum[Agent.Effect.AROMATASE_INHIBITOR.ordinal()],
        sum[Agent.Effect.FEEDBACK_BLOCK.ordinal()],
        sum[Agent.Effect.GONADORELIN.ordinal()],
        sum[Agent.Effect.GNRH_SUPPRESSION.ordinal()] > 0 ? 1 : 0,
        Math.min(1, sum[Agent.Effect.ANDROGEN_BLOCK.ordinal()]),
        stacked(sum[Agent.Effect.GH_SECRETAGOGUE.ordinal()], strongestSecretagogue),
        sum[Agent.Effect.SOMATROPIN.ordinal()],
        sum[Agent.Effect.GLUCOCORTICOID.ordinal()],
        recoversSlowly(day));
  }

  /// Never less than the strongest alone.
  private double stacked(double sum, double strongest) {
    return sum > strongest
        ? Math.max(strongest, stackCeiling * (1 - StrictMath.exp(-sum / stackCeiling)))
        : sum;
  }

  private boolean recoversSlowly(double day) {
    double given = 0;
    for (Dosing dosing : dosings) {
      if (dosing.agent().effect() == Agent.Effect.TESTOSTERONE && dosing.start() <= day) {
        if (dosing.on(day)) {
          return false;
        }
        given += dosing.stop() - dosing.start();
      }
    }
    return given > SUPPRESSING_DAYS;
  }
}
