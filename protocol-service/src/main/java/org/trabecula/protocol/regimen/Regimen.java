package org.trabecula.protocol.regimen;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned.Flag;
import org.trabecula.contracts.RegimenAssigned.Protocol;
import org.trabecula.contracts.RegimenAssigned.Step;

/// What was ordered for a patient, until it ends. What was ordered never changes.
@Entity
class Regimen {
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
  Regimen(UUID patientId, int version, RegimenOrder order, List<Flag> flags, Instant assignedAt) {
    this.id = UUID.randomUUID();
    this.patientId = patientId;
    this.sequence = version;
    this.version = version;
    Protocol protocol = order.protocol();
    this.protocolCode = protocol == null ? null : protocol.code();
    this.protocolVersion = protocol == null ? null : protocol.version();
    this.steps = order.steps();
    this.flags = flags;
    this.assignedAt = assignedAt;
  }

  @Nullable Protocol protocol() {
    return protocolCode == null || protocolVersion == null
        ? null
        : new Protocol(protocolCode, protocolVersion);
  }

  boolean active() {
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
    return steps.stream().map(Step::start).min(LocalDate::compareTo).orElseThrow();
  }

  /// The steps as they were taken: none goes beyond the end, and what had not begun by then never
  /// was.
  List<Step> taken() {
    LocalDate end = endedOn;
    return end == null
        ? steps
        : steps.stream()
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
