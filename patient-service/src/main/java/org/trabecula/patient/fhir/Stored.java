package org.trabecula.patient.fhir;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.kit.clinic.CurrentClinic;

/// What the door has to know of what is stored before it can tell a command what to do.
@Singleton
class Stored {
  private final EntityManager entities;
  private final CurrentClinic clinic;

  Stored(EntityManager entities, CurrentClinic clinic) {
    this.entities = entities;
    this.clinic = clinic;
  }

  /// @param version the present one
  record Row(UUID id, int version) {}

  /// What the source of a measurement calls it; empty when the id is none of ours.
  Optional<Source> measurementSource(String id) {
    return SearchValues.uuid(id)
        .flatMap(
            uuid ->
                rows(
                        "select source_system, source_id from measurement where clinic = ? and id = ?",
                        List.of(clinic.id(), uuid))
                    .stream()
                    .findFirst())
        .map(row -> new Source((String) row[0], (String) row[1]));
  }

  /// Those that are there. Nobody changes them until the transaction ends.
  ///
  /// @param table `measurement` or `statement`
  List<Row> lock(String table, Collection<Source> sources) {
    if (sources.isEmpty()) {
      return List.of();
    }
    String system = sources.iterator().next().system();
    Clause wanted =
        Clause.of("clinic = ? and source_system = ?", clinic.id(), system)
            .and(Clause.in("source_id", sources.stream().map(Source::id).toList()));
    return rows(
            "select id, version from %s where %s order by id for no key update"
                .formatted(table, wanted.sql()),
            wanted.values())
        .stream()
        .map(Stored::row)
        .toList();
  }

  /// The present versions.
  Map<UUID, Integer> versions(String table, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Clause wanted = Clause.of("clinic = ?", clinic.id()).and(Clause.in("id", ids));
    return rows(
            "select id, version from %s where %s".formatted(table, wanted.sql()), wanted.values())
        .stream()
        .map(Stored::row)
        .collect(Collectors.toMap(Row::id, Row::version));
  }

  private static Row row(Object[] row) {
    return new Row((UUID) row[0], ((Number) row[1]).intValue());
  }

  private List<Object[]> rows(String sql, List<Object> values) {
    var query = entities.createNativeQuery(sql, Object[].class);
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
    List<?> rows = query.getResultList();
    return rows.stream().map(Object[].class::cast).toList();
  }
}
