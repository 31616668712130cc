package org.trabecula.patient.measurement;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.patient.Page;
import org.trabecula.patient.Sql;
import org.trabecula.patient.measurement.Measurement.Standing;

/// The present clinic's measurements.
@ApplicationScoped
public class Measurements implements PanacheRepositoryBase<Measurement, UUID> {
  private static final String INSERT =
      """
      insert into measurement (
        clinic, id, patient_id, version, analyte, value, unit, original_value, original_unit, comparator,
        effective_at, effective_precision, status, fasting, method, laboratory, device, source_system, source_id,
        recorded_at, unit_as_sent, unit_confirmed, specimen, region, note, interval_low, interval_high, assessment)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
      on conflict do nothing
      """;
  private static final String KEEP =
      """
      insert into measurement_superseded (clinic, id, version, content, superseded_at)
      select clinic, id, version, to_jsonb(measurement), ? from measurement where clinic = ? and id = ?
      """;
  private static final String CORRECT =
      """
      update measurement set
        version = ?, analyte = ?, value = ?, unit = ?, original_value = ?, original_unit = ?, comparator = ?,
        effective_at = ?, effective_precision = ?, status = ?, fasting = ?, method = ?, laboratory = ?, device = ?,
        recorded_at = ?, unit_as_sent = ?, unit_confirmed = ?, specimen = ?, region = ?, note = ?, interval_low = ?,
        interval_high = ?, assessment = ?::jsonb
      where clinic = ? and id = ?
      """;
  private static final String WITHDRAW =
      """
      update measurement set version = ?, status = ?, recorded_at = ?, withdrawn_because = ?, assessment = null
      where clinic = ? and id = ?
      """;
  private static final String REASSESS =
      "update measurement set version = ?, recorded_at = ?, assessment = ?::jsonb where clinic = ? and id = ?";

  /// So many results before and after a new one decide what is said of it and its neighbours.
  private static final int FEW = 20;

  /// By the index on patient, analyte and time: a few rows, however many there are.
  private static final String AROUND =
      """
      select m.* from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::timestamptz[]) as a (patient, analyte, first, last),
      lateral (
        (select * from measurement where clinic = ? and patient_id = a.patient and analyte = a.analyte
          and effective_at < a.first order by effective_at desc limit %1$d)
        union all
        (select * from measurement where clinic = ? and patient_id = a.patient and analyte = a.analyte
          and effective_at between a.first and a.last)
        union all
        (select * from measurement where clinic = ? and patient_id = a.patient and analyte = a.analyte
          and effective_at > a.last order by effective_at limit %1$d)) m
      """
          .formatted(FEW);

  private static final String SUPERSEDED =
      """
      select cast(content as text) from measurement_superseded where clinic = ?1 and id = ?2
      order by version
      """;

  private static final AssessmentColumn ASSESSMENT = new AssessmentColumn();

  /// Fits well within the number of parameters that a statement may have.
  private static final int AT_ONCE = 1_000;

  private final CurrentClinic clinic;
  private final DataSource database;

  Measurements(CurrentClinic clinic, DataSource database) {
    this.clinic = clinic;
    this.database = database;
  }

  record Filter(
      UUID patient,
      @Nullable String analyte,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Standing status) {}

  /// By effective time, oldest first.
  List<Measurement> page(Filter filter, Page.Ask ask) {
    var query = new StringBuilder("patient = :patient");
    var parameters = new HashMap<String, Object>();
    parameters.put("patient", filter.patient());
    query.append(" and (effectiveAt > :at or effectiveAt = :at and id > :id)");
    parameters.put("at", ask.after().at());
    parameters.put("id", ask.after().id());
    if (filter.analyte() != null) {
      query.append(" and analyte = :analyte");
      parameters.put("analyte", filter.analyte());
    }
    if (filter.from() != null) {
      query.append(" and effectiveAt >= :from");
      parameters.put("from", filter.from());
    }
    if (filter.to() != null) {
      query.append(" and effectiveAt < :to");
      parameters.put("to", filter.to());
    }
    if (filter.status() != null) {
      query.append(" and status = :status");
      parameters.put("status", filter.status());
    }
    query.append(" order by effectiveAt, id");
    return find(query.toString(), parameters).range(0, ask.size()).list();
  }

  Optional<Measurement> find(UUID patient, UUID id) {
    getEntityManager().clear();
    return findByIdOptional(id).filter(measurement -> measurement.patient.equals(patient));
  }

  /// As they are stored now: what was read before in this transaction may have been written since,
  /// past Hibernate.
  List<Measurement> ofPatients(Collection<UUID> patients, Collection<String> analytes) {
    getEntityManager().clear();
    return list("patient in ?1 and analyte in ?2", patients, analytes);
  }

  List<Measurement> around(List<Around> spans) {
    if (spans.isEmpty()) {
      return List.of();
    }
    return Sql.query(
        database,
        AROUND,
        Measurement::of,
        array(spans, Around::patient),
        array(spans, Around::analyte),
        array(spans, Around::first),
        array(spans, Around::last),
        clinic.id(),
        clinic.id(),
        clinic.id());
  }

  /// Versions that a correction, a withdrawal or another assessment superseded, oldest first.
  List<Measurement> superseded(UUID id) {
    Stream<?> contents =
        getEntityManager()
            .createNativeQuery(SUPERSEDED, String.class)
            .setParameter(1, clinic.id())
            .setParameter(2, id)
            .getResultStream();
    return contents.map(content -> StoredRow.read((String) content)).toList();
  }

  private static String array(List<Around> spans, Function<Around, Object> part) {
    return Sql.array(spans.stream().map(part).toList());
  }

  /// Nobody else changes them until the transaction ends. They are locked in the order of their
  /// identifiers, as they are inserted.
  Map<UUID, Measurement> lock(Collection<UUID> ids) {
    getEntityManager().clear();
    var found = new HashMap<UUID, Measurement>();
    List<UUID> ordered = ids.stream().sorted().toList();
    for (int from = 0; from < ordered.size(); from += AT_ONCE) {
      find("id in ?1 order by id", ordered.subList(from, Math.min(from + AT_ONCE, ordered.size())))
          .withLock(LockModeType.PESSIMISTIC_WRITE)
          .stream()
          .forEach(measurement -> found.put(measurement.id, measurement));
    }
    return found;
  }

  /// Nobody else changes any of the patient's until the transaction ends.
  ///
  /// @return their identifiers, withdrawn ones included
  public List<UUID> lockAll(UUID patient) {
    return find("patient = ?1 order by id", patient)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .stream()
        .map(Measurement::id)
        .toList();
  }

  /// Inserts those whose natural key is free. Waits for whoever is inserting the same key at this
  /// moment.
  ///
  /// @param measurements in the order of their identifiers
  /// @return those that are there already
  List<Measurement> insert(List<Measurement> measurements) {
    int[] inserted =
        Sql.batch(database, INSERT, measurements.stream().map(Measurements::row).toList());
    var present = new ArrayList<Measurement>();
    for (int i = 0; i < inserted.length; i++) {
      if (inserted[i] == 0) {
        present.add(measurements.get(i));
      }
    }
    return present;
  }

  void correct(List<Measurement> measurements, Instant now) {
    keep(measurements, now);
    Sql.batch(database, CORRECT, measurements.stream().map(Measurements::correction).toList());
  }

  /// @param reasons why, in the order of the measurements
  void withdraw(List<Measurement> measurements, List<String> reasons, Instant now) {
    keep(measurements, now);
    var rows = new ArrayList<@Nullable Object[]>();
    for (int i = 0; i < measurements.size(); i++) {
      Measurement m = measurements.get(i);
      rows.add(
          new @Nullable Object[] {
            m.version + 1, Standing.WITHDRAWN.name(), now, reasons.get(i), clinic.id(), m.id
          });
    }
    Sql.batch(database, WITHDRAW, rows);
  }

  /// @param superseded those whose present version is kept
  void reassess(List<Measurement> superseded, Collection<Measurement> reassessed, Instant now) {
    keep(superseded, now);
    Sql.batch(
        database,
        REASSESS,
        reassessed.stream()
            .map(
                m ->
                    new @Nullable Object[] {
                      m.version,
                      m.recordedAt,
                      ASSESSMENT.convertToDatabaseColumn(m.assessment),
                      clinic.id(),
                      m.id
                    })
            .toList());
  }

  private void keep(List<Measurement> measurements, Instant now) {
    Sql.batch(
        database,
        KEEP,
        measurements.stream().map(m -> new @Nullable Object[] {now, clinic.id(), m.id}).toList());
  }

  private static @Nullable Object[] row(Measurement m) {
    return new @Nullable Object[] {
      m.clinic,
      m.id,
      m.patient,
      m.version,
      m.analyte,
      m.value,
      m.unit,
      m.originalValue,
      m.originalUnit,
      name(m.comparator),
      m.effectiveAt,
      m.effectivePrecision.name(),
      m.status.name(),
      m.fasting.name(),
      m.method,
      m.laboratory,
      m.device,
      m.sourceSystem,
      m.sourceId,
      m.recordedAt,
      m.unitAsSent,
      m.unitConfirmed,
      m.specimen,
      m.region,
      m.note,
      m.intervalLow,
      m.intervalHigh,
      ASSESSMENT.convertToDatabaseColumn(m.assessment)
    };
  }

  private static @Nullable Object[] correction(Measurement m) {
    return new @Nullable Object[] {
      m.version,
      m.analyte,
      m.value,
      m.unit,
      m.originalValue,
      m.originalUnit,
      name(m.comparator),
      m.effectiveAt,
      m.effectivePrecision.name(),
      m.status.name(),
      m.fasting.name(),
      m.method,
      m.laboratory,
      m.device,
      m.recordedAt,
      m.unitAsSent,
      m.unitConfirmed,
      m.specimen,
      m.region,
      m.note,
      m.intervalLow,
      m.intervalHigh,
      ASSESSMENT.convertToDatabaseColumn(m.assessment),
      m.clinic,
      m.id
    };
  }

  private static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }
}
