package org.trabecula.kit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// Something that a clinic keeps: the least that shows what the kit does for a service.
@Entity
class Note {
  @TenantId String clinic;
  @Id UUID id;
  UUID patient;
  String text;

  Note() {}

  Note(UUID id, UUID patient, String text) {
    this.id = id;
    this.patient = patient;
    this.text = text;
  }
}
