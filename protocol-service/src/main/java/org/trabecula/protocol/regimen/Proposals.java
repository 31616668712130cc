package org.trabecula.protocol.regimen;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The proposals for the present clinic's patients.
@ApplicationScoped
public class Proposals implements PanacheRepositoryBase<Proposal, UUID> {

  /// Those that nobody has decided.
  public List<Proposal> open(UUID patient) {
    return list("patientId = ?1 and decision is null", patient);
  }

  Optional<Proposal> of(UUID patient, UUID id) {
    return find("patientId = ?1 and id = ?2", patient, id).firstResultOptional();
  }

  /// The same, held until the transaction ends: a proposal is decided once.
  Optional<Proposal> hold(UUID patient, UUID id) {
    return find("patientId = ?1 and id = ?2", patient, id)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  /// Newest first.
  ///
  /// @param before only those proposed earlier
  List<Proposal> page(UUID patient, long before, int limit) {
    return find("patientId = ?1 and sequence < ?2", Sort.descending("sequence"), patient, before)
        .page(Page.ofSize(limit))
        .list();
  }
}
