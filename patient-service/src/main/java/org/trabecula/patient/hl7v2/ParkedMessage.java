package org.trabecula.patient.hl7v2;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.trabecula.patient.profile.Person.Identifier;

/// A message about a patient whom the clinic does not know, until someone says who it is.
@Entity
@Table(name = "parked_message")
@Immutable
class ParkedMessage {
  @TenantId String clinic;
  @Id UUID id;
  String sender;

  @Column(name = "control_id")
  String controlId;

  String reason;

  @JdbcTypeCode(SqlTypes.JSON)
  List<Identifier> identifiers;

  String content;

  @Column(name = "received_by")
  String receivedBy;

  @Column(name = "received_at")
  Instant receivedAt;

  /// For Hibernate, which fills it in.
  @SuppressWarnings("NullAway.Init")
  protected ParkedMessage() {}
}
