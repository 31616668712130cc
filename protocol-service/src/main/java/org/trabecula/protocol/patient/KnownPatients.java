package org.trabecula.protocol.patient;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;

/// The patients of the present clinic.
@ApplicationScoped
public class KnownPatients implements PanacheRepositoryBase<KnownPatient, UUID> {

  /// Holds the patient until the transaction ends: a patient's changes come one by one.
  public Optional<KnownPatient> hold(UUID id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
  }
}
