package org.trabecula.engine;

import java.util.Set;
import org.trabecula.engine.Administration.Form;
import org.trabecula.engine.Administration.Route;
import org.trabecula.engine.AgentEvidence.Grade;

/// One row of `agents.csv`, which explains each column.
///
/// @param available share of a dose that reaches the blood as the active substance
/// @param halfLifeDays 0 when not a depot
/// @param maxDailyDose highest usual dose per day; 0 when there is none to check
public record Agent(
    String code,
    Effect effect,
    double coefficient,
    double half,
    double available,
    double halfLifeDays,
    boolean firstPass,
    double residualYears,
    Set<Route> routes,
    Set<Form> forms,
    Set<String> units,
    double maxDailyDose,
    Grade gradeWomen,
    Grade gradeMen,
    String evidence,
    String source) {

  /// The input of the model that an agent moves.
  public enum Effect {
    ESTROGEN,
    TESTOSTERONE,
    AROMATASE_INHIBITOR,
    FEEDBACK_BLOCK,
    GONADORELIN,
    GH_SECRETAGOGUE,
    SOMATROPIN,
    GLUCOCORTICOID,
    GNRH_SUPPRESSION,
    ANDROGEN_BLOCK,
    NO_BONE_EFFECT,
    OUTSIDE_MODEL
  }

  public boolean outsideModel() {
    return effect == Effect.OUTSIDE_MODEL;
  }

  boolean depot() {
    return halfLifeDays > 0;
  }

  /// Linear, or saturating where the row has a half dose.
  double response(double dailyDose) {
    double dose = dailyDose * available;
    return half > 0 ? coefficient * dose / (dose + half) : coefficient * dose;
  }

  /// Average per day: mg; ug for a patch, which states a rate, and for gonadorelin.
  ///
  /// @param perDay administrations per day
  double dailyDose(double dose, String unit, double perDay) {
    return switch (unit) {
      case "ug/24h", "ug/d" -> dose;
      case "ug" -> dose * perDay * (effect == Effect.GONADORELIN ? 1 : 1e-3);
      case "mg" -> dose * perDay * (effect == Effect.GONADORELIN ? 1e3 : 1);
      case "IU" -> dose * perDay / 3;
      default -> throw new IllegalArgumentException(code + " has no unit " + unit);
    };
  }

  static boolean isRate(String unit) {
    return unit.startsWith("ug/");
  }
}
