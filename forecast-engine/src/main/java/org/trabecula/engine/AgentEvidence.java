package org.trabecula.engine;

/// What is known of an agent's effect on bone density in this patient's sex.
public record AgentEvidence(String agent, Grade grade, String text, String source) {

  public enum Grade {
    /// Randomised trials with BMD as an outcome.
    A,
    /// BMD outcomes without randomisation, or randomised for a close relative of the agent.
    B,
    /// Trials of hormone levels only; the effect on bone is extrapolated.
    C,
    /// Mechanism only.
    D
  }
}
