package org.trabecula.patient.statement;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.patient.Page;
import org.trabecula.patient.Sql;
import org.trabecula.patient.profile.JsonColumn;
import org.trabecula.patient.statement.Statement.Kind;
import org.trabecula.patient.statement.Statement.Standing;

/// The present clinic's statements.
@ApplicationScoped
public class Statements implements PanacheRepositoryBase<Statement, UUID> {
  private static final String INSERT =
      """
      insert into statement (
        clinic, id, patient_id, version, kind, code, content, standing, source_system, source_id, recorded_at)
      values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
      on conflict do nothing
      """;
  private static final String KEEP =
      """
      insert into statement_superseded (clinic, id, version, content, superseded_at)
      select clinic, id, version, to_jsonb(statement), ? from statement where clinic = ? and id = ?
      """;
  private static final String REPLACE =
      """
      update statement set version = ?, kind = ?, code = ?, content = ?::jsonb, standing = ?, recorded_at = ?
      where clinic = ? and id = ?
      """;
  private static final String HISTORY =
      """
      select statement_id, source_system, source_id, version, standing, content, recorded_at from (
        select id as statement_id, patient_id, kind, code, source_system, source_id, version, standing,
          content::text as content, recorded_at
        from statement where clinic = ?
        union all
        select id, (content->>'patient_id')::uuid, content->>'kind', content->>'code', content->>'source_system',
          content->>'source_id', version, content->>'standing', content->>'content',
          (content->>'recorded_at')::timestamptz
        from statement_superseded where clinic = ? and id in (
          select id from statement where clinic = ? and patient_id = ?)) versions
      where patient_id = ? and kind = ? and (code = ? or statement_id = ?)
      order by recorded_at, statement_id, version
      """;
  private static final String LOCK =
      "select id from statement where clinic = ?1 and id = any(?2) order by id for no key update";

  private final CurrentClinic clinic;
  private final DataSource database;

  Statements(CurrentClinic clinic, DataSource database) {
    this.clinic = clinic;
    this.database = database;
  }

  /// Null asks for all.
  ///
  /// @param code of the fact or the agent
  public record Filter(
      @Nullable UUID patient,
      @Nullable Kind kind,
      @Nullable String code,
      @Nullable Standing standing) {}

  /// By the time of recording, oldest first.
  public List<Statement> page(Filter filter, Page.Ask ask) {
    var query = new StringBuilder("(recordedAt > :at or recordedAt = :at and id > :id)");
    var parameters = new HashMap<String, Object>();
    parameters.put("at", ask.after().at());
    parameters.put("id", ask.after().id());
    restrict(query, parameters, "patient", filter.patient());
    restrict(query, parameters, "kind", filter.kind());
    restrict(query, parameters, "code", filter.code());
    restrict(query, parameters, "standing", filter.standing());
    query.append(" order by recordedAt, id");
    return find(query.toString(), parameters).range(0, ask.size()).list();
  }

  private static void restrict(
      StringBuilder query, Map<String, Object> parameters, String field, @Nullable Object value) {
    if (value != null) {
      query.append(" and ").append(field).append(" = :").append(field);
      parameters.put(field, value);
    }
  }

  public Optional<Statement> find(UUID patient, UUID id) {
    return findByIdOptional(id).filter(statement -> statement.patient.equals(patient));
  }

  /// A statement as it stood or stands.
  public record Version(
      UUID id, Source source, int version, Standing standing, Stated content, Instant recordedAt) {}

  /// All versions of what was stated about a fact or an agent, or of one statement, oldest first.
  List<Version> history(UUID patient, Kind kind, @Nullable String code, @Nullable UUID id) {
    return Sql.query(
        database,
        HISTORY,
        row ->
            new Version(
                row.getObject("statement_id", UUID.class),
                new Source(row.getString("source_system"), row.getString("source_id")),
                row.getInt("version"),
                Standing.valueOf(row.getString("standing")),
                JsonColumn.read(row.getString("content"), Stated.class),
                Sql.instant(row, "recorded_at")),
        clinic.id(),
        clinic.id(),
        clinic.id(),
        patient,
        patient,
        kind.name(),
        code,
        id);
  }

  /// Those that count.
  List<Statement> active(UUID patient) {
    return list("patient = ?1 and standing = ?2", patient, Standing.ACTIVE);
  }

  /// Nobody else changes them until the transaction ends; what is read of them is what they are
  /// now.
  Map<UUID, Statement> lock(Collection<UUID> ids) {
    var entities = getEntityManager();
    UUID[] wanted = ids.toArray(UUID[]::new);
    entities
        .createNativeQuery(LOCK, UUID.class)
        .setParameter(1, clinic.id())
        .setParameter(2, wanted)
        .getResultList();
    entities.clear();
    return list("id in ?1", List.of(wanted)).stream()
        .collect(Collectors.toMap(Statement::id, Function.identity()));
  }

  /// Inserts those whose natural key is free. Waits for whoever is inserting the same key at this
  /// moment.
  ///
  /// @param statements in the order of their identifiers
  /// @return those that are there already
  List<UUID> insert(List<Statement> statements) {
    int[] inserted = Sql.batch(database, INSERT, statements.stream().map(Statements::row).toList());
    var present = new ArrayList<UUID>();
    for (int i = 0; i < inserted.length; i++) {
      if (inserted[i] == 0) {
        present.add(statements.get(i).id);
      }
    }
    return present;
  }

  /// @param statements their next versions
  void replace(List<Statement> statements, Instant now) {
    Sql.batch(
        database,
        KEEP,
        statements.stream().map(one -> new @Nullable Object[] {now, clinic.id(), one.id}).toList());
    Sql.batch(database, REPLACE, statements.stream().map(Statements::replacement).toList());
    // Whoever asks now is told of the next versions, not of those that Hibernate has read.
    getEntityManager().clear();
  }

  private static @Nullable Object[] row(Statement one) {
    return new @Nullable Object[] {
      one.clinic,
      one.id,
      one.patient,
      one.version,
      one.kind.name(),
      one.code,
      JsonColumn.write(one.content),
      one.standing.name(),
      one.sourceSystem,
      one.sourceId,
      one.recordedAt
    };
  }

  private static @Nullable Object[] replacement(Statement one) {
    return new @Nullable Object[] {
      one.version,
      one.kind.name(),
      one.code,
      JsonColumn.write(one.content),
      one.standing.name(),
      one.recordedAt,
      one.clinic,
      one.id
    };
  }
}
