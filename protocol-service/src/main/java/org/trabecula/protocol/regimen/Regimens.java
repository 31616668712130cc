package org.trabecula.protocol.regimen;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.trabecula.contracts.RegimenAssigned.Step;

/// The regimens of the present clinic's patients.
@ApplicationScoped
public class Regimens implements PanacheRepositoryBase<Regimen, UUID> {

  public Optional<Regimen> active(UUID patient) {
    return find("patientId = ?1 and endedOn is null", patient).singleResultOptional();
  }

  /// The active one and those before it.
  public List<Regimen> all(UUID patient) {
    return list("patientId", patient);
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
  List<Regimen> page(UUID patient, long before, int limit) {
    int sequence = Math.clamp(before, 0, Integer.MAX_VALUE);
    return find("patientId = ?1 and sequence < ?2", Sort.descending("sequence"), patient, sequence)
        .page(Page.ofSize(limit))
        .list();
  }

  /// Every step that was taken and has ended with its regimen, oldest first.
  public List<Step> history(UUID patient) {
    return find("patientId = ?1 and endedOn is not null", Sort.by("sequence"), patient).stream()
        .flatMap(regimen -> regimen.taken().stream())
        .sorted(Comparator.comparing(Step::start))
        .toList();
  }

  /// The same, and every step of the active regimen as it would be if another followed it.
  List<Step> historyIfReplaced(UUID patient, LocalDate on) {
    return Stream.concat(
            history(patient).stream(),
            active(patient).stream().flatMap(regimen -> regimen.takenUntil(on).stream()))
        .toList();
  }

  /// The same as [#history], of many patients.
  Map<UUID, List<Step>> histories(Collection<UUID> patients) {
    return find("patientId in ?1 and endedOn is not null", Sort.by("sequence"), patients).stream()
        .collect(
            groupingBy(
                regimen -> regimen.patientId,
                flatMapping(
                    regimen -> regimen.taken().stream(),
                    collectingAndThen(toList(), Regimens::byStart))));
  }

  private static List<Step> byStart(List<Step> steps) {
    return steps.stream().sorted(Comparator.comparing(Step::start)).toList();
  }
}
