package org.trabecula.protocol.regimen;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Flag;
import org.trabecula.contracts.RegimenAssigned.Protocol;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;

/// What was ordered for a patient, until it ends. What was ordered never changes.
@Entity
public class Regimen {
  @TenantId
  @Column(name = "clinic")
  String clinic;

  @Id UUID id;

  @Column(name = "patient_id")
  UUID patientId;

  int sequence;
  int version;

  @Column(name = "protocol_code")
  @Nullable String protocolCode;

  @Column(name = "protocol_version")
  @Nullable Integer protocolVersion;

  @JdbcTypeCode(SqlTypes.JSON)
  List<Step> steps;

  @JdbcTypeCode(SqlTypes.JSON)
  List<Flag> flags;

  /// Whose prescribing law the order names; the clinic's or the patient's when null.
  @Enumerated(EnumType.STRING)
  @Column(name = "ordered_jurisdiction")
  @Nullable Region orderedJurisdiction;

  /// Whose it was when rules were asked last; unknown when null.
  @Enumerated(EnumType.STRING)
  @Nullable Region jurisdiction;

  /// Version of the rules that were asked last; null for what was ordered before there were any.
  @Column(name = "rule_set")
  @Nullable String ruleSet;

  @JdbcTypeCode(SqlTypes.JSON)
  List<Finding> findings;

  @JdbcTypeCode(SqlTypes.JSON)
  List<SetAside> overrides;

  @JdbcTypeCode(SqlTypes.JSON)
  List<Acknowledged> acknowledged;

  @Column(name = "evaluated_at")
  Instant evaluatedAt;

  /// When rules are to be asked again; null when not before something changes.
  @Column(name = "due_at")
  @Nullable Instant dueAt;

  @Column(name = "assigned_at")
  Instant assignedAt;

  @Column(name = "ended_on")
  @Nullable LocalDate endedOn;

  @Column(name = "end_reason")
  @Nullable String endReason;

  @Column(name = "ended_at")
  @Nullable Instant endedAt;

  @SuppressWarnings("NullAway.Init")
  Regimen() {}

  @SuppressWarnings("NullAway.Init")
  Regimen(UUID patientId, int version, RegimenOrder order, Instant assignedAt) {
    this.id = UUID.randomUUID();
    this.patientId = patientId;
    this.sequence = version;
    this.version = version;
    Protocol protocol = order.protocol();
    this.protocolCode = protocol == null ? null : protocol.code();
    this.protocolVersion = protocol == null ? null : protocol.version();
    this.steps = order.steps();
    this.orderedJurisdiction = order.jurisdiction();
    this.flags = List.of();
    this.findings = List.of();
    this.overrides = List.of();
    this.acknowledged = List.of();
    this.evaluatedAt = assignedAt;
    this.assignedAt = assignedAt;
  }

  @Nullable Protocol protocol() {
    return protocolCode == null || protocolVersion == null
        ? null
        : new Protocol(protocolCode, protocolVersion);
  }

  /// A rule whose findings a clinician has read.
  ///
  /// @param by subject of the token
  public record Acknowledged(String rule, String by, Instant at) {}

  /// Takes what rules and regulators say now. False when they say what they said before.
  boolean take(Evaluation evaluation, Instant now) {
    boolean news =
        !evaluation.findings().equals(findings)
            || !evaluation.flags().equals(flags)
            || !evaluation.ruleSet().equals(ruleSet);
    findings = evaluation.findings();
    flags = evaluation.flags();
    ruleSet = evaluation.ruleSet();
    jurisdiction = evaluation.plan().jurisdiction();
    evaluatedAt = now;
    dueAt = null;
    return news;
  }

  /// As it is published.
  ///
  /// @param history every step that was taken before
  RegimenAssigned event(List<Step> history) {
    return new RegimenAssigned(
        id,
        patientId,
        version,
        protocol(),
        steps,
        history,
        flags,
        jurisdiction,
        ruleSet,
        ruleSet == null ? null : stated(),
        assignedAt);
  }

  /// What rules find, with what a prescriber has set aside.
  public List<Finding> stated() {
    return findings.stream()
        .map(
            finding ->
                overrides.stream()
                    .filter(aside -> aside.rule().equals(finding.rule()))
                    .findFirst()
                    .map(aside -> aside.on(finding))
                    .orElse(finding))
        .toList();
  }

  void acknowledge(Collection<String> rules, String by, Instant at) {
    var all = new ArrayList<>(acknowledged);
    for (String rule : rules) {
      if (all.stream().noneMatch(known -> known.rule().equals(rule))) {
        all.add(new Acknowledged(rule, by, at));
      }
    }
    acknowledged = List.copyOf(all);
  }

  public UUID id() {
    return id;
  }

  public UUID patientId() {
    return patientId;
  }

  /// As they were ordered: what has ended did not last longer than the regimen.
  public List<Step> steps() {
    return steps;
  }

  public Instant assignedAt() {
    return assignedAt;
  }

  public Instant evaluatedAt() {
    return evaluatedAt;
  }

  public List<Acknowledged> acknowledged() {
    return acknowledged;
  }

  /// First day without it; null while it is active.
  public @Nullable LocalDate endedOn() {
    return endedOn;
  }

  public boolean active() {
    return endedOn == null;
  }

  /// @param day first day without it
  /// @param reason null when another regimen follows
  void end(LocalDate day, @Nullable String reason, int newVersion, Instant now) {
    endedOn = day;
    endReason = reason;
    endedAt = now;
    version = newVersion;
  }

  LocalDate start() {
    return start(steps);
  }

  static LocalDate start(List<Step> steps) {
    return steps.stream().map(Step::start).min(LocalDate::compareTo).orElseThrow();
  }

  /// The steps as they were taken: none goes beyond the end, and what had not begun by then never
  /// was.
  List<Step> taken() {
    return endedOn == null ? steps : takenUntil(endedOn);
  }

  /// @param end first day without it
  public List<Step> takenUntil(LocalDate end) {
    return steps.stream()
        .filter(step -> step.start().isBefore(end))
        .map(step -> until(step, end))
        .toList();
  }

  private static Step until(Step step, LocalDate end) {
    LocalDate stop = step.stop();
    return stop != null && !stop.isAfter(end)
        ? step
        : new Step(
            step.agent(),
            step.dose(),
            step.route(),
            step.intervalDays(),
            step.asNeededPerWeek(),
            step.cycle(),
            step.indication(),
            step.start(),
            end);
  }
}
