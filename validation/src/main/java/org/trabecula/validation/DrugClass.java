package org.trabecula.validation;

import java.util.Collection;
import java.util.List;
import org.trabecula.engine.Agent;
import org.trabecula.engine.Agents;
import org.trabecula.validation.TrialRow.Sex;

/// The groups by which errors are reported.
enum DrugClass {
  UNTREATED_WOMEN("no hormone, women"),
  UNTREATED_MEN("no hormone, men"),
  CONJUGATED_ESTROGENS("conjugated and esterified estrogens"),
  ESTRADIOL_ORAL("estradiol, oral"),
  ESTRADIOL_PARENTERAL("estradiol, patch, gel or implant"),
  OTHER_ESTROGEN("other estrogens"),
  TESTOSTERONE("testosterone, men"),
  TESTOSTERONE_AND_BLOCKER("testosterone with an aromatase inhibitor"),
  AROMATASE_INHIBITOR("aromatase inhibitors"),
  SEX_STEROID_SUPPRESSION("GnRH agonists and castration"),
  ANTIANDROGEN("antiandrogens alone"),
  GROWTH_HORMONE("growth hormone and secretagogues"),
  GLUCOCORTICOID("glucocorticoids"),
  FEEDBACK("clomiphene, enclomiphene, gonadorelin");

  private final String title;

  DrugClass(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /// By the agent that matters most to bone.
  static DrugClass of(Collection<String> engineCodes, Sex sex, Agents agents) {
    List<Agent> given = engineCodes.stream().map(code -> agents.find(code).orElseThrow()).toList();
    boolean testosterone = has(given, Agent.Effect.TESTOSTERONE);
    boolean blocker = has(given, Agent.Effect.AROMATASE_INHIBITOR);
    if (has(given, Agent.Effect.GLUCOCORTICOID)) {
      return GLUCOCORTICOID;
    }
    if (has(given, Agent.Effect.GNRH_SUPPRESSION)) {
      return SEX_STEROID_SUPPRESSION;
    }
    if (has(given, Agent.Effect.ESTROGEN)) {
      return estrogen(given);
    }
    if (testosterone) {
      return blocker ? TESTOSTERONE_AND_BLOCKER : TESTOSTERONE;
    }
    if (blocker) {
      return AROMATASE_INHIBITOR;
    }
    if (has(given, Agent.Effect.ANDROGEN_BLOCK)) {
      return ANTIANDROGEN;
    }
    if (has(given, Agent.Effect.SOMATROPIN) || has(given, Agent.Effect.GH_SECRETAGOGUE)) {
      return GROWTH_HORMONE;
    }
    if (has(given, Agent.Effect.FEEDBACK_BLOCK) || has(given, Agent.Effect.GONADORELIN)) {
      return FEEDBACK;
    }
    return sex == Sex.M ? UNTREATED_MEN : UNTREATED_WOMEN;
  }

  private static DrugClass estrogen(List<Agent> given) {
    Agent first =
        given.stream().filter(a -> a.effect() == Agent.Effect.ESTROGEN).findFirst().orElseThrow();
    return switch (first.code()) {
      case "conjugated-estrogens-oral", "esterified-estrogens-oral" -> CONJUGATED_ESTROGENS;
      case "estradiol-oral", "estradiol-valerate-oral" -> ESTRADIOL_ORAL;
      case "estradiol-patch", "estradiol-gel", "estradiol-implant" -> ESTRADIOL_PARENTERAL;
      default -> OTHER_ESTROGEN;
    };
  }

  private static boolean has(List<Agent> given, Agent.Effect effect) {
    return given.stream().anyMatch(agent -> agent.effect() == effect);
  }
}
