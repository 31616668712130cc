package org.trabecula.protocol.regimen;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Flag;
import org.trabecula.contracts.RegimenAssigned.Protocol;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;

/// What somebody proposes for a patient. It is no order and never becomes one by itself: a
/// clinician who accepts it makes an order of it.
@Entity
public class Proposal {
  enum Decision {
    ACCEPTED,
    DECLINED
  }

  @TenantId
  @Column(name = "clinic")
  String clinic;

  @Id UUID id;

  @Column(name = "patient_id")
  UUID patientId;

  @Generated
  @Column(insertable = false, updatable = false)
  long sequence;

  @Column(name = "protocol_code")
  @Nullable String protocolCode;

  @Column(name = "protocol_version")
  @Nullable Integer protocolVersion;

  /// Stated with the proposal; the clinic's or the patient's when null.
  @Enumerated(EnumType.STRING)
  @Nullable Region jurisdiction;

  @JdbcTypeCode(SqlTypes.JSON)
  List<Step> steps;

  /// When it was proposed; when it is accepted, rules are asked again.
  @JdbcTypeCode(SqlTypes.JSON)
  List<Finding> findings;

  @JdbcTypeCode(SqlTypes.JSON)
  List<Flag> flags;

  @Column(name = "rule_set")
  String ruleSet;

  @Column(name = "proposed_by")
  String proposedBy;

  @Column(name = "proposed_at")
  Instant proposedAt;

  @Enumerated(EnumType.STRING)
  @Nullable Decision decision;

  @Column(name = "decided_by")
  @Nullable String decidedBy;

  @Column(name = "decided_at")
  @Nullable Instant decidedAt;

  @Column(name = "decision_reason")
  @Nullable String decisionReason;

  @Column(name = "regimen_id")
  @Nullable UUID regimenId;

  @SuppressWarnings("NullAway.Init")
  Proposal() {}

  @SuppressWarnings("NullAway.Init")
  Proposal(
      UUID patientId,
      RegimenOrder order,
      Evaluation evaluation,
      String proposedBy,
      Instant proposedAt) {
    this.id = UUID.randomUUID();
    this.patientId = patientId;
    Protocol protocol = order.protocol();
    this.protocolCode = protocol == null ? null : protocol.code();
    this.protocolVersion = protocol == null ? null : protocol.version();
    this.jurisdiction = order.jurisdiction();
    this.steps = order.steps();
    this.findings = evaluation.findings();
    this.flags = evaluation.flags();
    this.ruleSet = evaluation.ruleSet();
    this.proposedBy = proposedBy;
    this.proposedAt = proposedAt;
  }

  @Nullable Protocol protocol() {
    return protocolCode == null || protocolVersion == null
        ? null
        : new Protocol(protocolCode, protocolVersion);
  }

  public UUID id() {
    return id;
  }

  public UUID patientId() {
    return patientId;
  }

  public List<Step> steps() {
    return steps;
  }

  public Instant proposedAt() {
    return proposedAt;
  }

  public boolean open() {
    return decision == null;
  }

  void decide(Decision made, String by, Instant at) {
    decision = made;
    decidedBy = by;
    decidedAt = at;
  }
}
