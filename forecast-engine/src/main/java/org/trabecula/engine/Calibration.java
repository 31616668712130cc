package org.trabecula.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Agent.Effect;
import org.trabecula.engine.AgentEvidence.Grade;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;

/// How far a forecast can lean on what the model was fitted to, and what each agent adds.
final class Calibration {

  private static final double YOUNGEST = 30;
  private static final double OLDEST = 85;
  private static final double PMOL_PER_L_PER_PG_PER_ML = 3.671;
  private static final double NMOL_PER_L_PER_NG_PER_DL = 0.03467;
  private static final double NG_PER_DL_PER_MG_PER_L = 1e5;

  private final Parameters p;
  private final Physiology body;
  private final List<Dosing> relevant;
  private final Notes warnings = new Notes();

  /// @param dosings those given or planned within the horizon
  Calibration(Parameters p, Physiology body, List<Dosing> dosings) {
    this.p = p;
    this.body = body;
    this.relevant = dosings;
  }

  List<Note> warnings() {
    if (body.ageAtZero() < YOUNGEST || body.ageAtZero() > OLDEST) {
      warnings.add(
          "AGE_OUTSIDE_CALIBRATION",
          "The model was fitted to trials in people of %.0f to %.0f years."
              .formatted(YOUNGEST, OLDEST));
    }
    relevant.forEach(this::warn);
    if (effects() > 1) {
      warnings.add(
          "COMBINATION_NOT_TESTED",
          "Agents are added up through their shared pathways; no trial of this combination was used.");
    }
    return warnings.all();
  }

  private void warn(Dosing dosing) {
    Agent agent = dosing.agent();
    if (agent.maxDailyDose() > 0 && dosing.dailyDose() > agent.maxDailyDose() * (1 + 1e-9)) {
      warnings.add(
          "DOSE_ABOVE_CALIBRATION",
          "%s is above the highest usual dose; the effect is extrapolated."
              .formatted(agent.code()));
    }
    Grade grade = grade(agent);
    if (grade == Grade.D && agent.effect() != Effect.NO_BONE_EFFECT) {
      warnings.add(
          "AGENT_WITHOUT_BONE_DATA",
          "No bone data support the effect of %s; it follows from mechanism alone."
              .formatted(agent.code()));
    } else if (grade == Grade.C) {
      warnings.add(
          "AGENT_EXTRAPOLATED",
          "The effect of %s on bone is extrapolated from hormone levels.".formatted(agent.code()));
    }
    if (agent.effect() == Effect.TESTOSTERONE && body.male()) {
      warnings.add(
          "TESTOSTERONE_FRACTURES",
          "In a large trial testosterone did not lower fractures (hazard ratio 1.43); a gain in BMD"
              + " is no claim about them.");
    }
    boolean needsAxis =
        agent.effect() == Effect.FEEDBACK_BLOCK || agent.effect() == Effect.GONADORELIN;
    if (needsAxis && !body.male()) {
      warnings.add(
          "AGENT_WITHOUT_EFFECT_IN_WOMEN",
          "%s acts on the male axis only in this model.".formatted(agent.code()));
    }
  }

  List<AgentEvidence> evidence() {
    Map<String, AgentEvidence> byAgent = new LinkedHashMap<>();
    for (Dosing dosing : relevant) {
      Agent agent = dosing.agent();
      byAgent.putIfAbsent(
          agent.code(),
          new AgentEvidence(agent.code(), grade(agent), agent.evidence(), agent.source()));
    }
    return List.copyOf(byAgent.values());
  }

  /// The grade of the regimen: the weakest of its agents that act on bone, for the forecast leans
  /// on each of them; and no better than C when they act in different ways, since the trials behind
  /// them gave one at a time. Agents without an effect on bone do not count, so that a progestogen
  /// costs an estrogen nothing. Null when no agent acts on bone.
  @Nullable Grade regimenGrade() {
    Grade weakest =
        relevant.stream()
            .map(Dosing::agent)
            .filter(agent -> agent.effect() != Effect.NO_BONE_EFFECT)
            .map(this::grade)
            .max(Comparator.naturalOrder())
            .orElse(null);
    return weakest != null && effects() > 1 && weakest.compareTo(Grade.C) < 0 ? Grade.C : weakest;
  }

  /// Different ways in which the regimen acts on bone.
  private long effects() {
    return relevant.stream()
        .map(dosing -> dosing.agent().effect())
        .filter(effect -> effect != Effect.NO_BONE_EFFECT)
        .distinct()
        .count();
  }

  List<AgentExposure> exposures() {
    List<AgentExposure> exposures = new ArrayList<>();
    for (Dosing dosing : relevant) {
      double response = dosing.agent().response(dosing.dailyDose());
      if (dosing.agent().effect() == Effect.ESTROGEN) {
        double added = response * body.shift().estradiolExposure() * PMOL_PER_L_PER_PG_PER_ML;
        exposures.add(exposure(dosing, Quantity.ESTRADIOL, added));
      } else if (dosing.agent().effect() == Effect.TESTOSTERONE) {
        double clearance = body.male() ? p.endocrine().clM() : p.endocrine().clF();
        double added = response / clearance * NG_PER_DL_PER_MG_PER_L;
        added *= body.shift().testosteroneExposure() * NMOL_PER_L_PER_NG_PER_DL;
        exposures.add(exposure(dosing, Quantity.TESTOSTERONE, added));
      }
    }
    return exposures;
  }

  private static AgentExposure exposure(Dosing dosing, Quantity quantity, double mean) {
    boolean depot = dosing.agent().depot();
    return new AgentExposure(
        dosing.agent().code(),
        quantity,
        mean,
        depot ? mean * dosing.peakRatio() : null,
        depot ? mean * dosing.troughRatio() : null);
  }

  private Grade grade(Agent agent) {
    return body.male() ? agent.gradeMen() : agent.gradeWomen();
  }
}
