package org.trabecula.protocol.patient;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.safety.Chart.Result;
import org.trabecula.kit.clinic.CurrentClinic;

/// The patients of the present clinic.
@ApplicationScoped
public class KnownPatients implements PanacheRepositoryBase<KnownPatient, UUID> {

  private final KnownResults results;
  private final CurrentClinic clinic;

  KnownPatients(KnownResults results, CurrentClinic clinic) {
    this.results = results;
    this.clinic = clinic;
  }

  /// Holds the patient until the transaction ends: a patient's changes come one by one.
  public Optional<KnownPatient> hold(UUID id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
  }

  /// All that is known of a patient.
  public Known known(KnownPatient patient) {
    return Objects.requireNonNull(known(List.of(patient)).get(patient.id()));
  }

  /// The same, of many patients.
  public Map<UUID, Known> known(Set<UUID> ids) {
    return known(list("id in ?1", ids));
  }

  /// Of the present clinic: UTC until it has settings.
  public ZoneId zone() {
    return zone(settings());
  }

  private static ZoneId zone(@Nullable KnownClinic settings) {
    return settings == null ? ZoneOffset.UTC : settings.zone;
  }

  private @Nullable KnownClinic settings() {
    return getEntityManager().find(KnownClinic.class, clinic.id());
  }

  private Map<UUID, Known> known(List<KnownPatient> found) {
    KnownClinic settings = settings();
    Map<UUID, List<Result>> byPatient =
        results.of(found.stream().map(KnownPatient::id).collect(toSet()));
    return found.stream()
        .collect(
            toMap(
                KnownPatient::id,
                patient ->
                    new Known(
                        patient.profile(),
                        byPatient.getOrDefault(patient.id(), List.of()),
                        zone(settings),
                        settings == null ? null : settings.jurisdiction)));
  }
}
