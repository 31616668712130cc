package org.trabecula.protocol.regimen;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.trabecula.contracts.RegimenAssigned.Step;

/// The regimens of the present clinic's patients.
@ApplicationScoped
class Regimens implements PanacheRepositoryBase<Regimen, UUID> {

  Optional<Regimen> active(UUID patient) {
    return find("patientId = ?1 and endedOn is null", patient).singleResultOptional();
  }

  /// The version of the patient's regimen: 0 before the first.
  int version(UUID patient) {
    return find("patientId", Sort.descending("version"), patient)
        .firstResultOptional()
        .map(regimen -> regimen.version)
        .orElse(0);
  }

  /// Newest first.
  ///
  /// @param before only those assigned at an earlier version
  List<Regimen> page(UUID patient, int before, int limit) {
    return find("patientId = ?1 and sequence < ?2", Sort.descending("sequence"), patient, before)
        .page(Page.ofSize(limit))
        .list();
  }

  /// Every step that was taken and has ended with its regimen, oldest first.
  List<Step> history(UUID patient) {
    return find("patientId = ?1 and endedOn is not null", Sort.by("sequence"), patient).stream()
        .flatMap(regimen -> regimen.taken().stream())
        .sorted(Comparator.comparing(Step::start))
        .toList();
  }
}
