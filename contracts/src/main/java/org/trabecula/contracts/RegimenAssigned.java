package org.trabecula.contracts;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The regimen that a patient is on, with everything that was taken before it: the topic keeps one
/// record per patient, and a forecast needs the whole history.
///
/// @param version counts up from 1 with each change of the patient's regimen
/// @param protocol the template it follows; null when it follows none
/// @param steps what is taken now or from a stated day
/// @param history steps that were stopped, oldest first
/// @param flags what the regulator says of each agent
/// @param jurisdiction whose prescribing law holds; unknown when null
/// @param ruleSet version of the rules that were asked; none were when null
/// @param findings what the rules found, the gravest first; null when none were asked
public record RegimenAssigned(
    UUID regimenId,
    UUID patientId,
    int version,
    @Nullable Protocol protocol,
    List<Step> steps,
    List<Step> history,
    List<Flag> flags,
    @Nullable Region jurisdiction,
    @Nullable String ruleSet,
    @Nullable List<Finding> findings,
    Instant assignedAt)
    implements Event {

  /// A published protocol template.
  public record Protocol(String code, int version) {}

  /// One agent, taken one way for one period.
  ///
  /// @param agent agent code
  /// @param dose a single administration: mg, ug, or ug/d released by a patch
  /// @param route how it is given
  /// @param intervalDays days between administrations; 1 for daily
  /// @param asNeededPerWeek administrations expected a week when taken as needed; null otherwise
  /// @param cycle the days of each cycle on which it is taken; null when on all
  /// @param indication what for, as the regulators' table codes it; not stated when null
  /// @param start first day
  /// @param stop first day without it; null while open
  public record Step(
      String agent,
      Quantity dose,
      Route route,
      @Nullable BigDecimal intervalDays,
      @Nullable BigDecimal asNeededPerWeek,
      @Nullable Cycle cycle,
      @Nullable String indication,
      LocalDate start,
      @Nullable LocalDate stop) {}

  /// Taken on the first days of each cycle, such as 12 of 28.
  public record Cycle(int daysOn, int lengthDays) {}

  public enum Route {
    ORAL,
    TRANSDERMAL,
    INTRAMUSCULAR,
    SUBCUTANEOUS,
    IMPLANT,
    INTRANASAL,
    VAGINAL,
    INTRAUTERINE
  }

  /// What is known of the agent where the patient is treated.
  ///
  /// @param status `UNKNOWN` when the table has no row
  /// @param controlledSubstance schedule, or `none`
  /// @param confidence `high`, `medium` or `low`
  /// @param asOf month at which the status was checked, such as `2026-11`
  public record Flag(
      String agent,
      Region region,
      RegulatoryStatus status,
      @Nullable String form,
      @Nullable String population,
      @Nullable String indication,
      @Nullable String controlledSubstance,
      @Nullable String notes,
      @Nullable String source,
      @Nullable String confidence,
      @Nullable String asOf) {}

  /// What a rule found in the regimen and in what is known of the patient.
  ///
  /// @param rule such as `HRT-01`
  /// @param message the fact, the rule and what to do about it, in words
  /// @param evidence where the rule comes from
  /// @param agents the agents that it speaks of
  /// @param basis what it went by
  /// @param missing codes of clinical facts that nobody has stated and it asked for
  /// @param override why it was set aside; null when it was not
  public record Finding(
      String rule,
      Severity severity,
      String message,
      String evidence,
      List<String> agents,
      List<Basis> basis,
      List<String> missing,
      @Nullable Overridden override) {}

  public enum Severity {
    /// The regimen cannot become active, or be renewed, unless a prescriber sets the rule aside.
    BLOCK,
    /// To be acknowledged.
    WARN,
    /// To be shown.
    INFO
  }

  /// @param fact code of a clinical fact, of an analyte, or of what the profile states
  /// @param stated what was known of it, in words, with its unit
  /// @param on when it was stated or measured; unknown when null
  public record Basis(String fact, String stated, @Nullable LocalDate on) {}

  /// @param role in which it was set aside
  public record Overridden(String reason, String role, Instant at) {}
}
