package org.trabecula.protocol.patient;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.trabecula.clinicalrules.safety.Chart.Result;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.MeasurementRecorded.Status;
import org.trabecula.contracts.MeasurementWithdrawn;
import org.trabecula.contracts.Quantity;
import org.trabecula.kit.clinic.CurrentClinic;

/// The results of the present clinic's patients that rules ask for.
///
/// A result that is withdrawn stays, as one that does not count: what comes late must not bring it
/// back.
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class KnownResults {
  private static final String RECORD =
      """
      insert into known_result
        (clinic, measurement_id, patient_id, version, counts, analyte, value, unit, effective_at, method)
      values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, cast(?10 as text))
      on conflict (clinic, measurement_id) do update set
        version = excluded.version, counts = excluded.counts, analyte = excluded.analyte, value = excluded.value,
        unit = excluded.unit, effective_at = excluded.effective_at, method = excluded.method
      where known_result.version < excluded.version and known_result.patient_id = excluded.patient_id
      """;
  private static final String WITHDRAW =
      """
      insert into known_result
        (clinic, measurement_id, patient_id, version, counts, analyte, value, unit, effective_at)
      values (?1, ?2, ?3, ?4, false, '', 0, '', now())
      on conflict (clinic, measurement_id) do update set version = excluded.version, counts = false
      where known_result.version < excluded.version and known_result.patient_id = excluded.patient_id
      """;
  private static final String FORGET =
      "delete from known_result where clinic = ?1 and patient_id = ?2 and measurement_id = ?3";
  private static final String OF_PATIENTS =
      """
      select patient_id, analyte, value, unit, effective_at, method from known_result
      where clinic = ?1 and patient_id in ?2 and counts
      """;

  private final EntityManager entities;
  private final CurrentClinic clinic;

  KnownResults(EntityManager entities, CurrentClinic clinic) {
    this.entities = entities;
    this.clinic = clinic;
  }

  /// False when this or a later version is known.
  boolean record(MeasurementRecorded recorded) {
    return entities
            .createNativeQuery(RECORD)
            .setParameter(1, clinic.id())
            .setParameter(2, recorded.measurementId())
            .setParameter(3, recorded.patientId())
            .setParameter(4, recorded.version())
            .setParameter(5, recorded.status() != Status.PRELIMINARY)
            .setParameter(6, recorded.analyte())
            .setParameter(7, recorded.value().value())
            .setParameter(8, recorded.value().unit())
            .setParameter(9, recorded.effectiveAt())
            .setParameter(10, recorded.method())
            .executeUpdate()
        > 0;
  }

  /// False when this or a later version is known.
  boolean withdraw(MeasurementWithdrawn withdrawn) {
    return entities
            .createNativeQuery(WITHDRAW)
            .setParameter(1, clinic.id())
            .setParameter(2, withdrawn.measurementId())
            .setParameter(3, withdrawn.patientId())
            .setParameter(4, withdrawn.version())
            .executeUpdate()
        > 0;
  }

  /// False when there was none.
  boolean forget(UUID patient, UUID measurement) {
    return entities
            .createNativeQuery(FORGET)
            .setParameter(1, clinic.id())
            .setParameter(2, patient)
            .setParameter(3, measurement)
            .executeUpdate()
        > 0;
  }

  /// By patient, in no particular order.
  @SuppressWarnings("unchecked")
  Map<UUID, List<Result>> of(Set<UUID> patients) {
    List<Object[]> rows =
        entities
            .createNativeQuery(OF_PATIENTS)
            .setParameter(1, clinic.id())
            .setParameter(2, patients)
            .getResultList();
    return rows.stream()
        .collect(groupingBy(row -> (UUID) row[0], mapping(KnownResults::result, toList())));
  }

  private static Result result(Object[] row) {
    return new Result(
        (String) row[1],
        new Quantity((BigDecimal) row[2], (String) row[3]),
        (Instant) row[4],
        (String) row[5]);
  }
}
