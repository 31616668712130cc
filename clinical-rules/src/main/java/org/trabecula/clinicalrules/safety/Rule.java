package org.trabecula.clinicalrules.safety;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned.Severity;

/// One rule, as its file states it.
///
/// @param id such as `HRT-06a`
/// @param each what it is asked of: the regimen as a whole, or each of its steps or flags
/// @param agents codes or classes of the agents that it speaks of; all of the regimen when empty
/// @param applies to which regimens and patients, in CEL
/// @param when it fires, in CEL
/// @param onUnknown what follows when that cannot be told; by default a missing fact of a blocking
/// rule goes into `DATA-01`, and other rules stay silent
/// @param unknownMessage what is said then; the message when null
/// @param blocks what a blocking rule keeps from happening; anything when null
/// @param hard whether no reason sets it aside
/// @param message fact, rule and action, for a clinician; `{name}` stands for what is known of a
/// step or a flag
/// @param examples a case in which it fires and one in which it does not: each rule's own test
public record Rule(
    String id,
    Severity severity,
    Each each,
    List<String> agents,
    String applies,
    String when,
    OnUnknown onUnknown,
    @Nullable String unknownMessage,
    @Nullable Blocks blocks,
    boolean hard,
    String message,
    Evidence evidence,
    Examples examples) {

  /// @param onUnknown null for the default
  public Rule {
    each = each == null ? Each.REGIMEN : each;
    agents = agents == null ? List.of() : List.copyOf(agents);
    applies = applies == null ? "true" : applies;
    onUnknown =
        onUnknown != null
            ? onUnknown
            : severity == Severity.BLOCK ? OnUnknown.MISSING : OnUnknown.SILENT;
    if (severity != Severity.BLOCK && (blocks != null || hard)) {
      throw new IllegalArgumentException(id + ": only a rule that blocks has `blocks` or `hard`");
    }
  }

  public enum Each {
    REGIMEN,
    STEP,
    FLAG
  }

  public enum OnUnknown {
    /// The facts go into the one finding that says what is missing.
    MISSING,
    /// It is a finding all the same, of its own severity.
    FIRE,
    /// It is a finding to be acknowledged.
    WARN,
    /// Nothing is said.
    SILENT
  }

  /// What is refused while the rule blocks. The regimen that is active stays so.
  public enum Blocks {
    /// A regimen that would not lower the dose of what the rule speaks of.
    CONTINUATION,
    /// A regimen that would raise it.
    ESCALATION
  }

  /// @param provenance `found`, `recalled` or `design`
  public record Evidence(String text, String provenance) {}

  public record Examples(Example fires, Example silent) {}

  /// @param patient `woman` or `man`: somebody in whom every fact that rules ask for is known and
  /// unremarkable
  /// @param profile what differs in the profile
  /// @param facts what differs, by code: `true`, `false`, a date, a number, or `unknown`
  /// @param results latest results by analyte: value in the canonical unit, `@days` ago
  /// @param medications taken besides
  /// @param steps of the regimen
  /// @param history what was taken before
  public record Example(
      String patient,
      @Nullable Map<String, Object> profile,
      @Nullable Map<String, Object> facts,
      @Nullable Map<String, Object> results,
      @Nullable List<Map<String, Object>> medications,
      List<Map<String, Object>> steps,
      @Nullable List<Map<String, Object>> history,
      @Nullable String jurisdiction) {}
}
